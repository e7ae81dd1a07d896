import Accounts
import Complaints
import Counties
import Demo
import Domain
import Figures
package import Foundation
package import Ground
package import Logging
package import Portal
package import Postgres
import Synchronization
import Web
import WebTesting

/// A running portal over a database of its own, with an account for every role. It and its
/// database are gone when the object is released: keep it for the whole test.
package final class TestPortal: Sendable {
  /// What its database holds besides the accounts.
  package enum County: Hashable, Sendable {
    /// The demo county, with one release that is public and one that waits.
    case demo(households: Int)
    /// A county without a single home.
    case empty
    /// Not even a county, and no account: as `deploy/start --empty` leaves it.
    case nothing
  }

  package static let password = "Qingliu-2021-ok"
  /// 2021-08-20 14:37:25.25 in China: no full hour, so that an hour can be told from it.
  package static let start = Date(timeIntervalSince1970: 1_629_441_445.25)
  /// The day that the demo county shows: the notice's plan in its own year.
  static let planDay = Day(number: 18_849)  // 2021-08-10
  package static let county = "350423"

  package let portal: Portal
  package let database: TestDatabase
  package let owner: Database
  package let keys: KeyRing
  package let clock = TestClock(start)
  private let site: DirectSite

  private init(
    database: TestDatabase, keys: KeyRing, logger: Logger,
    configure: (inout PortalConfiguration) -> Void
  ) throws {
    self.database = database
    self.keys = keys
    owner = database.database(as: .owner)
    var configuration = PortalConfiguration(
      staffDatabase: database.connectionString(as: .staff),
      publicDatabase: database.connectionString(as: .publicSide),
      inspectorDatabase: database.connectionString(as: .inspector), keys: keys,
      resources: TestFolders.root)
    configuration.passwordCost = Self.cheap
    configuration.area = Self.county
    // Tests come in quicker than a village does.
    configuration.floods = FloodSettings(complaintsPerHour: 1_000_000)
    configure(&configuration)
    portal = try Portal(configuration, logger: logger, now: { [clock] in clock.now })
    site = DirectSite(responder: try portal.responder(), logger: logger)
  }

  deinit {
    portal.close()
    owner.close()
  }

  static let cheap = PasswordHasher.Cost(logRounds: 4, blockSize: 1, parallelism: 1)

  /// - Parameter configure: changes what the portal is told from outside.
  package static func start(
    _ county: County = .demo(households: 480),
    logger: Logger? = nil, configure: (inout PortalConfiguration) -> Void = { _ in }
  ) async throws -> TestPortal {
    let database = try await TestDatabase.copy(of: CountyTemplates.shared.template(county))
    return try TestPortal(
      database: database, keys: CountyTemplates.keys.get(),
      logger: logger ?? TestLog.logger(database.name), configure: configure)
  }

  /// Another portal on the same database, which remembers nothing.
  package func restarted() throws -> TestPortal {
    try TestPortal(
      database: database, keys: keys, logger: TestLog.logger(database.name)
    ) { _ in }
  }

  /// A new browser, without cookies.
  package func browser(from address: String = "198.51.100.23") -> Browser {
    Browser(site, address: address)
  }

  /// A browser in which somebody of the demo is signed in.
  package func browser(signedInAs account: String) async throws -> Browser {
    let browser = browser(from: "203.0.113.8")
    try await browser.signIn(account)
    guard browser[cookie: "portal_session"] != nil else {
      throw NotSignedIn(account: account)
    }
    return browser
  }

  private struct NotSignedIn: Error {
    let account: String
  }
}

/// The time that a portal takes for now.
package final class TestClock: Sendable {
  private let time: Mutex<Date>

  init(_ start: Date) { time = Mutex(start) }

  package var now: Date { time.withLock { $0 } }

  package func advance(by seconds: TimeInterval) {
    time.withLock { $0.addTimeInterval(seconds) }
  }
}

enum TestFolders {
  /// Holds `sql/` and `Public/`.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path()
}

/// Seeded databases, each made once in a process and copied by every test that wants it.
private actor CountyTemplates {
  static let shared = CountyTemplates()
  /// All copies of a template are sealed with the same keys.
  static let keys = Result { try madeKeys() }

  private var making: [TestPortal.County: Task<TestDatabase, any Error>] = [:]

  /// Through a file, as an operator's are.
  private static func madeKeys() throws -> KeyRing {
    let path = NSTemporaryDirectory() + "portal-test-keys-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try KeyFile.generate().create(at: path)
    return try KeyRing(KeyFile.load(from: path))
  }

  func template(_ county: TestPortal.County) async throws -> TestDatabase {
    let task = making[county] ?? Task { try await Self.make(county) }
    making[county] = task
    return try await task.value
  }

  private static func make(_ county: TestPortal.County) async throws -> TestDatabase {
    let test = try await TestDatabase.portal()
    let owner = test.database(as: .owner)
    defer { owner.close() }
    switch county {
    case .demo(let households):
      let demo = DemoCounty(
        households: households, seed: 1, keys: try keys.get(), asOf: TestPortal.planDay,
        now: TestPortal.start)
      try await demo.write(to: owner)
      try await makeAccounts(owner)
      try await demo.writeRoster(to: owner)
      try await release(test)
      return test
    case .empty:
      try await NewCounty(
        code: TestPortal.county, name: "清流县", townships: ["350423100=龙津镇", "350423101=嵩溪镇"]
      ).write(
        to: owner, codes: AreaCatalogue(folder: TestFolders.root + "sql/data"),
        at: TestPortal.start)
    case .nothing:
      return test
    }
    try await makeAccounts(owner)
    return test
  }

  private static func makeAccounts(_ owner: Database) async throws {
    let administration = AccountAdministration(
      database: owner, passwords: PasswordHasher(cost: TestPortal.cheap))
    for account in DemoAccounts.all {
      guard let area = AreaCode(account.area) else { continue }
      try await administration.create(
        NewAccount(
          account: account.account, displayName: account.displayName, role: account.role,
          area: area, password: TestPortal.password, mustChangePassword: false),
        at: TestPortal.start)
    }
  }

  private static func release(_ test: TestDatabase) async throws {
    let (staff, publicSide) = (test.database(as: .staff), test.database(as: .publicSide))
    let inspector = test.database(as: .inspector)
    defer { for database in [staff, publicSide, inspector] { database.close() } }
    let releases = ReleaseCommand(
      databases: Databases(staff: staff, publicSide: publicSide, inspector: inspector))
    let day: TimeInterval = 86_400
    _ = try await releases.prepare(account: "zhujian-lead", at: TestPortal.start - day)
    _ = try await releases.publish(account: "zhuanban", at: TestPortal.start - day + 3_600)
    _ = try await releases.prepare(account: "zhujian-lead", at: TestPortal.start - 3_600)
  }
}
