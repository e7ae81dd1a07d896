package import Foundation
package import Ground
import Postgres
package import Web

/// Sessions in PostgreSQL: a row deleted there is a session ended at the next request.
package struct PortalSessionStore: SessionStore {
  package let databases: Databases

  package init(databases: Databases) {
    self.databases = databases
  }

  package func session(tokenHash: [UInt8], now: Date) async throws -> Session? {
    let query = runningSession(tokenHash: tokenHash, now: now)
    guard let stored = try await databases.firstOnSession(tokenHash: tokenHash, query) else {
      return nil
    }
    if now.timeIntervalSince(stored.lastSeenAt) >= SessionLimits.touchEvery {
      _ = try await databases.transactionOnSession(tokenHash: tokenHash) { tx in
        try tx.execute(touchSession(tokenHash: tokenHash, now: now))
      }
    }
    return Session(
      principal: stored.principal, tokenHash: tokenHash,
      mustChangePassword: stored.mustChangePassword)
  }
}
