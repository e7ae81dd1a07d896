import Accounts
import Cases
import Complaints
import Counter
import Counties
import Deliveries
import Desk
import Domain
import Figures
import Files
import Findings
package import Foundation
import Ground
import HTML
import Hummingbird
import Imports
package import Logging
import Pages
import Postgres
import Register
import ServiceLifecycle
import Visits
package import Web

/// The portal: its services, its routes, and the application that serves them.
package struct Portal: Sendable {
  package let services: PortalServices
  let routes: RouteTable
  private let configuration: PortalConfiguration
  private let now: @Sendable () -> Date
  private let logger: Logger

  /// Makes everything and reaches for nothing: a database that is down does not keep the portal
  /// from starting.
  package init(
    _ configuration: PortalConfiguration, logger: Logger,
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws {
    func login(
      _ connectionString: String, workers: Int, _ name: String,
      _ change: (inout DatabaseConfiguration) -> Void = { _ in }
    ) -> Database {
      var settings = DatabaseConfiguration(
        connectionString: connectionString, workers: workers, applicationName: "portal-\(name)")
      change(&settings)
      return Database(settings, logger: logger)
    }
    let databases = Databases(
      staff: login(configuration.staffDatabase, workers: 4, "staff"),
      publicSide: login(configuration.publicDatabase, workers: 3, "public"),
      inspector: login(configuration.inspectorDatabase, workers: 2, "inspector"),
      exports: login(configuration.staffDatabase, workers: 2, "exports") {
        // A large workbook is put together while its transaction waits; the next export waits for it.
        $0.idleInTransactionTimeout = .seconds(120)
        $0.waitLimit = .seconds(60)
      })
    let site = SiteStore(
      databases: databases, area: try Self.area(configuration.area), logger: logger)
    let program = JobProgram()
    let photos = PhotoCleaner(folder: try TemporaryFolder.path() + "/photos", logger: logger)
    let rules = RulesAfterDelivery(
      databases: databases, keys: configuration.keys, logger: logger, program: program, now: now)
    services = PortalServices(
      base: Services(
        databases: databases, keys: configuration.keys, site: site,
        navigation: DeskNavigation(databases: databases), logger: logger),
      releases: ReleaseCache(
        databases: databases, site: site, connectionString: configuration.publicDatabase,
        logger: logger),
      photos: photos,
      passwords: PasswordHasher(cost: configuration.passwordCost),
      passwordPolicy: configuration.passwordPolicy,
      figures: DeskFigures(databases: databases),
      estates: EstateOverview(databases: databases),
      caseCounts: CaseCounts(databases: databases),
      householdCounts: HouseholdCounts(databases: databases),
      counter: CounterDesk(databases: databases, keys: configuration.keys),
      tokens: PortalTokenStore(databases: databases),
      jobs: JobRunner(
        connectionString: configuration.staffDatabase, program: program,
        kinds: importJobs(keys: configuration.keys) + ruleJobs(keys: configuration.keys)
          + deliveryJobs(keys: configuration.keys) { await rules.deliveryDone($0, by: $1) }
          + visitJobs
          + [
            FileCleaning(
              connectionString: configuration.publicDatabase, cleaner: photos,
              keys: configuration.keys, logger: logger)
          ],
        logger: logger, now: now),
      rules: rules,
      limits: FloodLimits(configuration.floods),
      codes: AreaCatalogue(folder: configuration.resources + "/sql/data"),
      address: configuration.publicURL)
    routes = Self.routes(
      services,
      migrations: try Migrator(folder: configuration.resources + "/sql").migrations.map(\.file))
    self.configuration = configuration
    self.now = now
    self.logger = logger
  }

  private static func area(_ text: String?) throws -> AreaCode? {
    guard let text else { return nil }
    guard let area = AreaCode(text) else { throw ConfigurationError.area(text) }
    return area
  }

  /// What answers requests, without a server around it.
  package func responder() throws -> WebResponder {
    var web = try WebConfiguration(
      secret: configuration.keys.webSecret, publicURL: configuration.publicURL,
      uploadFolder: TemporaryFolder.path() + "/uploads", logger: logger)
    guard let proxies = TrustedProxies(configuration.trustedProxies) else {
      throw ConfigurationError.trustedProxies
    }
    web.trustedProxies = proxies
    web.sessions = PortalSessionStore(databases: services.databases)
    web.tokens = services.tokens
    web.apiCalls = RateLimiter(
      burst: configuration.apiCallsPerMinute, perMinute: Double(configuration.apiCallsPerMinute))
    web.errorPages = errorPages(site: services.site)
    web.staticFiles = try StaticFiles(folder: configuration.resources + "/Public")
    web.passwordChange = Paths.password
    web.passwordCheck = Paths.passwordCheck
    web.passwordIsFreshFor = Double(configuration.freshPasswordMinutes) * 60
    web.now = now
    web.webError = { error in
      (error as? PostgresError)?.isUnavailable == true ? .unavailable : nil
    }
    return try routes.build(web)
  }

  /// Serves until the task is cancelled or the process is asked to end.
  /// - Parameter onReady: told the port once people can connect.
  package func run(
    host: String, port: Int, onReady: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    let application = WebApplication.make(
      try responder(), address: .hostname(host, port: port),
      services: [
        services.releases, SiteRefresh(site: services.site), nameIndexer, services.jobs,
        ReportSettling(databases: services.databases, logger: logger),
        FileWatch(databases: services.databases),
      ],
      connectionsPerAddress: configuration.connectionsPerAddress, logger: logger
    ) { if let port = $0 { onReady(port) } }
    try await application.runService()
    close()
  }

  private var nameIndexer: NameIndexer {
    NameIndexer(
      connect: { [configuration, logger] in
        Database(
          DatabaseConfiguration(
            connectionString: configuration.staffDatabase, workers: 1,
            applicationName: "portal-names"), logger: logger)
      }, logger: logger)
  }

  /// Ends the connections.
  package func close() {
    services.jobs.close()
    for database in services.databases.all { database.close() }
  }
}

/// Reads the site's settings again every minute, so that a change needs no restart.
private struct SiteRefresh: Service {
  let site: SiteStore

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        _ = try? await site.refresh()
        try await Task.sleep(for: .seconds(60))
      }
    }
  }
}
