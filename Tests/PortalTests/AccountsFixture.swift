import Domain
import Foundation
import Logging
import Postgres
import TestSupport
import Testing
import Web

@testable import Accounts
@testable import Ground
@testable import Pages

/// A county without data but with accounts, and what sign-in works with.
struct AccountsFixture: Sendable {
  static let password = "Qingliu-2021-ok"
  static let start = Date(timeIntervalSince1970: 1_627_800_000)

  let test: TestDatabase
  let owner: Database
  let databases: Databases
  let keys: KeyRing
  let passwords: PasswordHasher
  let signIn: SignIn

  var administration: AccountAdministration {
    AccountAdministration(database: owner, passwords: passwords)
  }

  var sessions: PortalSessionStore { PortalSessionStore(databases: databases) }

  /// - Parameter accounts: `zhujian` of the county and an account for each role named.
  init(roles: [Role] = []) async throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    test = try await TestDatabase.portal()
    owner = test.database(as: .owner)
    databases = Databases(
      staff: test.database(as: .staff, workers: 4), publicSide: test.database(as: .publicSide),
      inspector: test.database(as: .inspector))
    keys = try KeyRing(KeyFile.generate())
    // Cheap hashes: what is tried here is how many there are.
    passwords = PasswordHasher(cost: .init(logRounds: 4, blockSize: 1, parallelism: 1))
    signIn = SignIn(
      databases: databases, keys: keys, passwords: passwords,
      site: SiteStore(databases: databases, area: nil, logger: logger))
    try await owner.transaction { tx in
      try tx.execute(
        """
        INSERT INTO areas (code, name) VALUES ('3504', '三明市'), ('350423', '清流县'),
          ('350424', '宁化县'), ('350423100', '龙津镇')
        """)
      try tx.execute(
        """
        INSERT INTO site_settings (area, county_name, title, bureaus)
        VALUES ('350423', '清流县', '门户', '{}')
        """)
    }
    try await add("zhujian", .housingOfficer)
    for role in roles { try await add(Self.name(of: role), role) }
  }

  static func name(of role: Role) -> String {
    role.rawValue.replacingOccurrences(of: "_", with: "-")
  }

  @discardableResult
  func add(_ account: String, _ role: Role, area: String = "350423") async throws -> AccountID {
    try await administration.create(
      NewAccount(
        account: account, displayName: "测试员", role: role, area: try #require(AreaCode(area)),
        password: Self.password, mustChangePassword: false))
  }

  func outcome(
    _ account: String = "zhujian", _ password: String = AccountsFixture.password,
    from address: String = "192.0.2.1", after seconds: TimeInterval = 0,
    deviceCookie: String? = nil, formerToken: SessionToken? = nil
  ) async throws -> SignIn.Outcome {
    let visit = SignInVisit(
      address: try #require(ClientAddress(address)), reference: "TEST2345",
      now: Self.start.addingTimeInterval(seconds), deviceCookie: deviceCookie,
      formerToken: formerToken)
    return try await signIn.outcome(of: visit, account: account, password: password)
  }

  /// A session that has been opened for somebody.
  func welcome(
    _ account: String = "zhujian", after seconds: TimeInterval = 0,
    formerToken: SessionToken? = nil
  ) async throws -> SignIn.Welcome {
    let outcome = try await outcome(account, after: seconds, formerToken: formerToken)
    return try #require(outcome.welcome)
  }

  func session(_ hash: [UInt8], after seconds: TimeInterval) async throws -> Session? {
    try await sessions.session(
      tokenHash: hash, address: "192.0.2.1", now: Self.start.addingTimeInterval(seconds))
  }

  func principal(_ account: String) async throws -> Principal {
    try await owner.read { try $0.one(namedAccount(account)).principal }
  }

  /// Action, account and result of the events, in order.
  func events(_ action: String) async throws -> [String] {
    try await owner.read { tx in
      try tx.all(
        Query(
          """
          SELECT account || ' ' || result FROM audit_events WHERE action = \(action) ORDER BY id
          """))
    }
  }
}

extension SignIn.Outcome {
  var welcome: SignIn.Welcome? {
    if case .welcome(let welcome) = self { welcome } else { nil }
  }

  var isWrong: Bool {
    if case .wrong = self { true } else { false }
  }

  var waitingTime: Int? {
    if case .wait(let seconds) = self { seconds } else { nil }
  }
}

extension SignIn.Welcome {
  func cookie(_ name: String) -> String? { cookies.first { $0.name == name }?.value }
}
