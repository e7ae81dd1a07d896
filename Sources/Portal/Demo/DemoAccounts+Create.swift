import Accounts
import Domain
package import Postgres

extension DemoAccounts {
  /// Makes all of them with one password that need not be changed: a demo is for looking around.
  package static func create(in owner: Database, password: String) async throws {
    let administration = AccountAdministration(database: owner)
    for account in all {
      guard let area = AreaCode(account.area) else { continue }
      try await administration.create(
        NewAccount(
          account: account.account, displayName: account.displayName, role: account.role,
          area: area, password: password, mustChangePassword: false),
        command: "seed demo")
    }
  }
}
