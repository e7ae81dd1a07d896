public import Domain
public import Ground
public import Logging
import Postgres
import Synchronization

/// The county whose pages the public side shows, and how it presents itself.
public struct Site: Sendable {
  public let area: AreaCode
  public let settings: SiteSettings
  /// Public counts below this are shown as "<n".
  let smallCountBelow: Int
}

/// The site as it was last read. Pages never wait for it: before the first successful read (a
/// database that is down at start) they show the portal's plain name.
public final class SiteStore: Sendable {
  private let databases: Databases
  private let area: AreaCode?
  private let logger: Logger
  private let loaded = Mutex<Site?>(nil)

  /// - Parameter area: the county to show, when the database holds more than one.
  public init(databases: Databases, area: AreaCode?, logger: Logger) {
    self.databases = databases
    self.area = area
    self.logger = logger
  }

  public var settings: SiteSettings { loaded.withLock { $0?.settings } ?? .unnamed }

  /// The site, read now if it never was. Throws when no county has been set up or the database
  /// does not answer.
  public func current() async throws -> Site {
    if let site = loaded.withLock({ $0 }) { return site }
    return try await refresh()
  }

  @discardableResult public func refresh() async throws -> Site {
    let area = area
    let site = try await databases.readAsCitizen { tx in try tx.one(siteSettings(of: area)) }
    loaded.withLock { $0 = site }
    return site
  }
}

private func siteSettings(of area: AreaCode?) -> Query<Site> {
  Query(
    """
    SELECT area, county_name, title, bureaus, organiser, contact, site_code, icp_record,
      police_record, is_demo, small_count_below
    FROM site_settings
    WHERE \(optional: area)::text IS NULL OR area = \(optional: area)
    ORDER BY area LIMIT 1
    """
  ) { row in
    Site(
      area: try row("area"),
      settings: SiteSettings(
        countyName: try row("county_name"), title: try row("title"), bureaus: try row("bureaus"),
        organiser: try row("organiser"), contact: try row("contact"),
        siteCode: try row("site_code"), icpRecord: try row("icp_record"),
        policeRecord: try row("police_record"), isDemo: try row("is_demo")),
      smallCountBelow: try row("small_count_below"))
  }
}
