import ArgumentParser
import Complaints
import Domain
import Foundation
import Ground
import Logging
import Portal
import Postgres
import Web

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "运行门户")

  func run() async throws {
    // The log in the county's time; left unset, the C library looks for the zone's file at every line.
    setenv("TZ", "Asia/Shanghai", 0)
    let settings = try await Settings.load()
    let logger = Logger(label: "portal")
    if getenv(Settings.Name.databaseOwner.rawValue) != nil {
      logger.warning(
        "PORTAL_DATABASE_OWNER is for commands: what serves pages should not be told it")
      unsetenv(Settings.Name.databaseOwner.rawValue)
    }
    if geteuid() == 0 { logger.warning("serving as root: give the portal a user of its own") }
    let listen = try Listen(settings.required(.listen))
    try settings.refuseRetired()
    let configuration = try settings.portal()
    try await requireCurrentSchema(settings, logger: logger)
    let portal = try Portal(configuration, logger: logger)
    try await portal.run(host: listen.host, port: listen.port) { port in
      logger.info("serving", metadata: ["host": "\(listen.host)", "port": "\(port)"])
    }
  }

  /// A schema that is behind or ahead is refused; a database that is away is waited for, page by
  /// page, by the running portal.
  private func requireCurrentSchema(_ settings: Settings, logger: Logger) async throws {
    let migrator = try Migrator(folder: settings.required(.resources) + "/sql")
    do {
      try await migrator.requireCurrent(settings.required(.databaseStaff))
    } catch let error as PostgresError where error.isUnavailable {
      logger.warning("database away at start", metadata: ["reason": "\(error)"])
    }
  }
}

/// `host:port`.
struct Listen {
  let host: String
  let port: Int

  struct Invalid: Error, CustomStringConvertible {
    let text: String
    var description: String { "PORTAL_LISTEN “\(text)”应为 地址:端口，如 127.0.0.1:8080" }
  }

  init(_ text: String) throws {
    guard let colon = text.lastIndex(of: ":"),
      let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
    else { throw Invalid(text: text) }
    host = text[..<colon].trimmingCharacters(in: ["[", "]"])
    self.port = port
  }
}

extension Settings {
  /// The configuration of the running portal.
  func portal() throws -> PortalConfiguration {
    var configuration = try PortalConfiguration(
      staffDatabase: required(.databaseStaff), publicDatabase: required(.databasePublic),
      inspectorDatabase: required(.databaseInspector),
      keys: KeyRing(KeyFile.load(from: required(.keys))), resources: required(.resources))
    configuration.publicURL = value(.publicURL)
    configuration.trustedProxies = value(.trustedProxies) ?? ""
    configuration.area = value(.area)
    configuration.floods = FloodSettings(
      complaintsPerHour: try number(.complaintRate, 1...100_000_000))
    configuration.apiCallsPerMinute = try number(.apiRate, 1...100_000_000)
    configuration.connectionsPerAddress = try number(.connectionRate, 8...100_000)
    configuration.passwordPolicy = try passwordPolicy()
    configuration.freshPasswordMinutes = try number(.freshPassword, 1...720)
    return configuration
  }

  /// Shorter or simpler passwords than the standard cannot be allowed, only stricter ones asked for.
  func passwordPolicy() throws -> PasswordPolicy {
    PasswordPolicy(
      minimumLength: try number(.passwordLength, 10...16),
      minimumClasses: try number(.passwordClasses, 3...4))
  }

  /// Whoever still sets a certificate expects TLS, and would get plain HTTP.
  func refuseRetired() throws {
    for name in Name.retired where value(name) != nil { throw Retired(name: name) }
  }
}
