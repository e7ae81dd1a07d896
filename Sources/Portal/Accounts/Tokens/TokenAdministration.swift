package import Domain
package import Foundation
import Ground
package import Postgres

/// Why a token cannot be issued; the text tells an operator what to do.
enum TokenError: Error, Equatable, CustomStringConvertible {
  case noSuchAccount(String)
  case disabledAccount(String)
  case invalidName
  case permissionNotHeld(Permission, Role)
  case notOfTheInterface(Permission)
  case wrongArea(AreaCode, AreaCode)
  case wrongDays

  var description: String {
    switch self {
    case .noSuchAccount(let name): "没有账号“\(name)”，请核对；全部账号用 portal account list 列出"
    case .disabledAccount(let name): "账号“\(name)”已停用，不能签发令牌"
    case .invalidName: "系统名称应为 1 至 60 个字"
    case .permissionNotHeld(let permission, let role):
      "“\(role.title)”没有权限 \(permission.rawValue)，令牌的权限不能多于账号的权限"
    case .notOfTheInterface(let permission):
      "接口用不到权限 \(permission.rawValue)，可选的有："
        + APIPermissions.all.map(\.permission.rawValue).joined(separator: "、")
    case .wrongArea(let area, let own): "令牌的范围 \(area) 不在账号的区划 \(own) 之内"
    case .wrongDays: "有效天数应为 1 至 \(NewToken.longest)"
    }
  }
}

/// Tokens as an operator issues them, through the owner's login; audited as done by the command.
package struct TokenAdministration: Sendable {
  private let database: Database

  /// - Parameter database: the owner's.
  package init(database: Database) { self.database = database }

  /// Issues a token that acts for an account; its text is shown nowhere else.
  ///
  /// - Parameter area: the account's own when nil.
  /// - Throws: `TokenError`, `PostgresError`.
  package func create(
    account name: String, system: String, permissions: [Permission], area: AreaCode? = nil,
    days: Int, command: String = "portal token create", at now: Date = Date()
  ) async throws -> String {
    try await database.transaction { tx in
      guard let found = try tx.first(tokenAccount(named: name)) else {
        throw TokenError.noSuchAccount(name)
      }
      guard !found.isDisabled else { throw TokenError.disabledAccount(name) }
      let new = try NewToken(
        checking: found.principal, system: system, permissions: permissions, area: area,
        days: days, at: now)
      return try tx.issue(
        new, by: nil, named: command, .command(command, area: new.area, at: now), at: now
      ).text
    }
  }
}

extension NewToken {
  /// - Throws: `TokenError` when it would be more than its account is.
  init(
    checking account: Principal, system: String, permissions: [Permission], area: AreaCode?,
    days: Int, at now: Date
  ) throws {
    guard (1...60).contains(system.unicodeScalars.count) else { throw TokenError.invalidName }
    for permission in permissions {
      guard APIPermissions.all.contains(where: { $0.permission == permission }) else {
        throw TokenError.notOfTheInterface(permission)
      }
      guard account.role.permissions.contains(permission) else {
        throw TokenError.permissionNotHeld(permission, account.role)
      }
    }
    let area = area ?? account.area
    guard account.area.contains(area) else { throw TokenError.wrongArea(area, account.area) }
    guard (1...NewToken.longest).contains(days) else { throw TokenError.wrongDays }
    self.init(
      account: account, name: system, permissions: permissions, area: area,
      expiresAt: now.addingTimeInterval(Double(days) * 86_400))
  }
}

/// An account that a token is to act for.
struct TokenAccount: RowDecodable {
  let principal: Principal
  let isDisabled: Bool

  init(_ row: Row) throws {
    principal = try Principal(row)
    isDisabled = try row("is_disabled")
  }
}

private let tokenAccountColumns: SQL = """
  a.id, a.account, a.display_name, a.role, a.area, a.disabled_at IS NOT NULL AS is_disabled
  """

private func tokenAccount(named name: String) -> Query<TokenAccount> {
  Query("SELECT \(tokenAccountColumns) FROM accounts a WHERE a.account = \(name)")
}

/// The accounts in the administrator's area that a system can act for.
func tokenAccounts() -> Query<TokenAccount> {
  Query(
    """
    SELECT \(tokenAccountColumns) FROM accounts a
    WHERE a.disabled_at IS NULL AND a.role = ANY(\(list: APIPermissions.roles))
    ORDER BY a.account
    """)
}
