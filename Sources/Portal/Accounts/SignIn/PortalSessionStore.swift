import Foundation
import Postgres
import Web

/// Sessions in PostgreSQL: a row deleted there is a session ended at the next request.
struct PortalSessionStore: SessionStore {
  let databases: Databases

  func session(tokenHash: [UInt8], now: Date) async throws -> Session? {
    let query = runningSession(tokenHash: tokenHash, now: now)
    guard let stored = try await databases.firstOnSession(tokenHash: tokenHash, query) else {
      return nil
    }
    if now.timeIntervalSince(stored.lastSeenAt) >= SessionLimits.touchEvery {
      try await databases.transactionOnSession(tokenHash: tokenHash) { tx in
        try tx.execute(touchSession(tokenHash: tokenHash, now: now))
      }
    }
    return Session(
      principal: stored.principal, tokenHash: tokenHash,
      mustChangePassword: stored.mustChangePassword)
  }
}
