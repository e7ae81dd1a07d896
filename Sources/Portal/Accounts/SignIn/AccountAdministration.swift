package import Domain
package import Foundation
import Ground
package import Postgres

/// An account that is to be made.
package struct NewAccount: Sendable {
  var account: String
  var displayName: String
  var role: Role
  var area: AreaCode
  var password: String
  /// Whether its owner must choose another password at first sign-in.
  var mustChangePassword: Bool

  package init(
    account: String, displayName: String, role: Role, area: AreaCode, password: String,
    mustChangePassword: Bool = true
  ) {
    self.account = account
    self.displayName = displayName
    self.role = role
    self.area = area
    self.password = password
    self.mustChangePassword = mustChangePassword
  }
}

/// Why something cannot be done to an account; the text tells an operator what to do.
enum AccountError: Error, Equatable, CustomStringConvertible {
  case invalidName(String)
  case nameTaken(String)
  case noSuchAccount(String)
  case noSuchArea(AreaCode)
  case invalidDisplayName
  case wrongLevel(Role, AreaCode)
  case weakPassword([String])
  case alreadyDisabled(String)

  var description: String {
    switch self {
    case .invalidName(let name):
      "账号名“\(name)”不行：应为 2 至 32 个小写字母、数字或连字符，以字母开头"
    case .nameTaken(let name): "账号“\(name)”已经存在，请换一个名字"
    case .noSuchAccount(let name): "没有账号“\(name)”，请核对；全部账号用 portal account list 列出"
    case .noSuchArea(let area) where area.level == .township:
      "没有行政区划 \(area.rawValue)，请先用 portal county township \(area.rawValue)=名称 增加"
    case .noSuchArea(let area): "没有行政区划 \(area.rawValue)，请先用 portal county create 建立"
    case .invalidDisplayName: "姓名应为 1 至 60 个字"
    case .wrongLevel(let role, let area):
      "“\(role.title)”不能属于\(area.level.title)一级的区划 \(area.rawValue)"
    case .weakPassword(let problems): "密码不合要求：" + problems.joined(separator: "；")
    case .alreadyDisabled(let name): "账号“\(name)”已是停用状态；重新启用请系统管理员在“账号”页办理"
    }
  }
}

/// Accounts as an operator keeps them, through the owner's login. Every change is audited as one of
/// the command that made it.
package struct AccountAdministration: Sendable {
  private let database: Database
  private let passwords: PasswordHasher
  private let policy: PasswordPolicy

  /// - Parameter database: the owner's.
  package init(
    database: Database, passwords: PasswordHasher = PasswordHasher(),
    policy: PasswordPolicy = PasswordPolicy()
  ) {
    self.database = database
    self.passwords = passwords
    self.policy = policy
  }

  /// Makes an account.
  ///
  /// - Throws: `AccountError`, `PostgresError`.
  @discardableResult
  package func create(
    _ new: NewAccount, command: String = "portal account create", at now: Date = Date()
  ) async throws -> AccountID {
    try check(new)
    let hash = try await passwords.hash(new.password)
    do {
      return try await database.transaction { tx in
        guard try tx.first(areaExists(new.area)) != nil else {
          throw AccountError.noSuchArea(new.area)
        }
        let id = try tx.one(insertAccount(new, at: now))
        try tx.execute(insertPassword(of: id, hash: hash, at: now))
        var event = AuditEvent.account(.createAccount, id)
        event.after = [
          "account": new.account, "display_name": new.displayName, "role": new.role.rawValue,
          "area": new.area.rawValue,
        ]
        try tx.audit(event, by: .command(command, area: new.area, at: now))
        return id
      }
    } catch let error as PostgresError where error.isUniqueViolation("accounts_account_key") {
      throw AccountError.nameTaken(new.account)
    }
  }

  /// One line an account, in the order of their names.
  package func list() async throws -> [String] {
    try await database.read { tx in
      try tx.all(allAccountLines()).map { line in
        [
          line.account, line.displayName, line.role.title,
          "\(line.areaName)（\(line.area.rawValue)）",
          line.isDisabled ? "已停用" : "正常",
        ].joined(separator: "\t")
      }
    }
  }

  /// Shuts an account out, and ends its sessions at once.
  package func disable(
    _ account: String, command: String = "portal account disable", at now: Date = Date()
  ) async throws {
    try await database.transaction { tx in
      let found = try tx.account(named: account)
      guard try tx.execute(disabling(of: found.id, version: found.version, at: now)) == 1 else {
        throw AccountError.alreadyDisabled(account)
      }
      try tx.execute(endSessions(of: found.id))
      try tx.audit(
        .account(.disableAccount, found.id), by: .command(command, area: found.area, at: now))
    }
  }

  /// Gives an account another password, ends its sessions, and by default asks for a new one at the
  /// next sign-in.
  package func setPassword(
    _ password: String, of account: String, mustChange: Bool = true,
    command: String = "portal account password", at now: Date = Date()
  ) async throws {
    try checkPassword(password, account: account)
    let hash = try await passwords.hash(password)
    try await database.transaction { tx in
      let found = try tx.account(named: account)
      try tx.execute(markPasswordReset(of: found.id, mustChange: mustChange))
      try tx.execute(resetPassword(of: found.id, to: hash, at: now))
      try tx.execute(endSessions(of: found.id))
      try tx.audit(
        .account(.resetPassword, found.id), by: .command(command, area: found.area, at: now))
    }
  }

  private func check(_ new: NewAccount) throws {
    guard AccountName.isValid(new.account) else { throw AccountError.invalidName(new.account) }
    guard (1...60).contains(new.displayName.unicodeScalars.count) else {
      throw AccountError.invalidDisplayName
    }
    guard new.role.allowedLevels.contains(new.area.level) else {
      throw AccountError.wrongLevel(new.role, new.area)
    }
    try checkPassword(new.password, account: new.account)
  }

  private func checkPassword(_ password: String, account: String) throws {
    let problems = policy.problems(password, account: account)
    guard problems.isEmpty else { throw AccountError.weakPassword(problems) }
  }
}

extension Role {
  /// The levels of area that an account of this role can belong to.
  var allowedLevels: Set<AreaLevel> {
    switch self {
    case .townOfficer: [.township]
    case .counterClerk: [.county, .township]
    case .cityViewer: [.city, .province]
    case .systemAdmin, .securityAdmin, .auditAdmin: [.county, .city, .province]
    case .housingOfficer, .housingLead, .civilAffairs, .naturalResources, .publicSecurity,
      .taskForce, .inspector:
      [.county]
    }
  }
}

/// What commands need to know of an account.
private struct AccountStub: Sendable {
  let id: AccountID
  let area: AreaCode
  let version: Int
}

extension Transaction {
  fileprivate func account(named name: String) throws -> AccountStub {
    let query = Query<AccountStub>(
      "SELECT id, area, version FROM accounts WHERE account = \(name) FOR UPDATE"
    ) { row in
      AccountStub(id: try row("id"), area: try row("area"), version: try row("version"))
    }
    guard let found = try first(query) else { throw AccountError.noSuchAccount(name) }
    return found
  }
}

private func areaExists(_ area: AreaCode) -> Query<AreaCode> {
  Query("SELECT code FROM areas WHERE code = \(area)")
}

private func insertAccount(_ new: NewAccount, at now: Date) -> Query<AccountID> {
  Query(
    """
    INSERT INTO accounts (account, display_name, role, area, must_change_password, created_at)
    VALUES (\(new.account), \(new.displayName), \(new.role), \(new.area),
      \(new.mustChangePassword), \(now))
    RETURNING id
    """)
}

private func insertPassword(of id: AccountID, hash: String, at now: Date) -> SQL {
  """
  INSERT INTO account_passwords (account_id, password_hash, changed_at)
  VALUES (\(id), \(hash), \(now))
  """
}
