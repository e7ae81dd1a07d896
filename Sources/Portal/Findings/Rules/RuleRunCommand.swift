import Domain
package import Foundation
import Ground
package import Logging
import Postgres

/// `portal rules run --account NAME`: enters a run of the rules over the whole area of an account. The portal that
/// is running takes it up, or the one that starts next.
package struct RuleRunCommand: Sendable {
  enum Refusal: Error, CustomStringConvertible {
    case notPermitted

    var description: String { "这个账号没有处理疑点的权限，不能运行规则" }
  }

  private let connectionString: String
  private let logger: Logger

  /// - Parameter connectionString: of the staff login: the same rules hold as on screen.
  package init(connectionString: String, logger: Logger) {
    self.connectionString = connectionString
    self.logger = logger
  }

  /// - Returns: the number of the run, and whether it is a new one: while one waits or goes on, none is entered.
  /// - Throws: `UnknownAccount`, `Refusal`, `PostgresError`.
  package func enter(
    account: String, at now: Date = Date()
  ) async throws -> (id: Int64, isNew: Bool) {
    let access = CommandAccess(
      connectionString: connectionString, name: "portal-rules", logger: logger)
    return try await access.perform(as: account) { databases, actor in
      guard actor.may(.workFindings) else { throw Refusal.notPermitted }
      let origin = AuditOrigin.staff(actor, address: "portal rules", reference: "", at: now)
      let (id, isNew) = try await databases.transaction(as: actor) { tx in
        try tx.enterOnlyRuleRun(over: .area, by: origin, actor, at: now)
      }
      return (id.rawValue, isNew)
    }
  }
}
