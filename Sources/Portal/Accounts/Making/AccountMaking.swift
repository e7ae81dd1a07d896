import Domain
import Foundation
import Ground
import Postgres
import Web

/// An account that is to be made on screen, with the password that its slip shows.
struct MadeAccount: Sendable {
  let account: String
  let typed: TypedAccount
  let password: String
  let hash: String
}

extension Transaction {
  /// Makes an account as the administrator who is signed in; the database looks whether they may.
  ///
  /// - Throws: `AccountError.nameTaken`.
  func make(_ new: MadeAccount, by origin: AuditOrigin, at now: Date) throws {
    let typed = new.typed
    let made: AccountID?
    do {
      made = try one(
        Query<AccountID?>(
          """
          SELECT create_account(\(new.account), \(typed.displayName), \(typed.role), \(typed.area),
            \(new.hash), \(now)) AS id
          """
        ) { row in try row("id") })
    } catch let error as PostgresError where error.isUniqueViolation("accounts_account_key") {
      // Perhaps one of another county, which nobody here sees.
      throw AccountError.nameTaken(new.account)
    }
    guard let made else { throw WebError.refused("您不能建立这个角色或区划的账号，没有建立任何账号。") }
    var event = AuditEvent.account(.createAccount, made)
    event.after = typed.audited.merging(["account": new.account]) { first, _ in first }
    try audit(event, by: origin)
  }

  /// - Returns: false when somebody else was faster.
  func correct(_ id: AccountID, to typed: TypedAccount, version: Int) throws -> Bool {
    try one(
      Query<Bool>(
        """
        SELECT correct_account(\(id), \(version)::integer, \(typed.displayName), \(typed.role),
          \(typed.area))
        """))
  }
}

/// The names of the accounts that the administrator sees.
func takenNames() -> Query<String> { Query("SELECT account FROM accounts") }
