import Domain
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

  package func session(
    tokenHash: [UInt8], address: String, now: Date
  ) async throws -> Session? {
    let query = runningSession(tokenHash: tokenHash, now: now)
    guard let stored = try await databases.firstOfSessions(query) else { return nil }
    if !address.isEmpty, address != stored.address {
      try await move(stored, to: address, tokenHash, now)
    } else if now.timeIntervalSince(stored.lastSeenAt) >= SessionLimits.touchEvery {
      _ = try await databases.transactionOfNobody { tx in
        try tx.execute(touchSession(tokenHash: tokenHash, from: nil, now: now))
      }
    }
    return Session(
      principal: stored.principal, tokenHash: tokenHash,
      mustChangePassword: stored.mustChangePassword, passwordAt: stored.passwordAt)
  }

  /// What the audit says of a session's address is what the database knows of it: that it is another one now is an
  /// event itself.
  private func move(
    _ stored: StoredSession, to address: String, _ tokenHash: [UInt8], _ now: Date
  ) async throws {
    let id = stored.principal.accountID
    let origin = AuditOrigin.staff(stored.principal, address: address, reference: "", at: now)
    try await databases.transactionOnIdentity(of: stored.principal) { tx in
      try tx.execute(touchSession(tokenHash: tokenHash, from: address, now: now))
      guard let former = stored.address else { return }
      var event = AuditEvent.account(.moveSession, id)
      event.before = ["address": former]
      event.after = ["address": address]
      try tx.audit(event, by: origin)
    }
  }
}
