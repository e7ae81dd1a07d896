public import Domain
public import Ground
public import Logging
public import Postgres
import Synchronization
import Web

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
  private let loaded = Mutex<Loaded?>(nil)

  private struct Loaded: Sendable {
    let site: Site
    /// How each county presents itself, and what every area is called.
    let counties: [AreaCode: SiteSettings]
    let names: [AreaCode: String]
  }

  /// - Parameter area: the county to show, when the database holds more than one.
  public init(databases: Databases, area: AreaCode?, logger: Logger) {
    self.databases = databases
    self.area = area
    self.logger = logger
  }

  /// Of the public side.
  public var settings: SiteSettings { loaded.withLock { $0?.site.settings } ?? .unnamed }

  /// What heads the pages of an account: its own county, whatever county the public side shows, or its city.
  public func settings(for principal: Principal) -> SiteSettings {
    guard let loaded = loaded.withLock({ $0 }) else { return .unnamed }
    let area = principal.area.county ?? principal.area
    if let own = loaded.counties[area] { return own }
    return loaded.names[area].map { loaded.site.settings.headed($0) } ?? loaded.site.settings
  }

  /// What an account's area is called.
  public func name(of area: AreaCode) -> String? { loaded.withLock { $0?.names[area] } }

  /// The site, read now if it never was. Throws when no county has been set up or the database
  /// does not answer.
  public func current() async throws -> Site {
    if let loaded = loaded.withLock({ $0 }) { return loaded.site }
    return try await refresh()
  }

  @discardableResult public func refresh() async throws -> Site {
    let area = area
    let found = try await databases.readAsCitizen { tx in
      guard let site = try tx.first(siteSettings(of: area)) else {
        throw WebError.refused("门户刚刚装好，还没有建立县，暂时不能办理。请过几天再来。")
      }
      let counties = try tx.all(allSites).map { ($0.area, $0.settings) }
      let names = try tx.all(areaNames)
      return Loaded(
        site: site, counties: Dictionary(counties) { first, _ in first },
        names: Dictionary(names) { first, _ in first })
    }
    loaded.withLock { $0 = found }
    return found.site
  }
}

private func siteSettings(of area: AreaCode?) -> Query<Site> {
  Query(
    """
    \(siteColumns)
    WHERE \(optional: area)::text IS NULL OR area = \(optional: area)
    ORDER BY area LIMIT 1
    """)
}

private let allSites = Query<Site>(siteColumns)

private let areaNames = Query<(AreaCode, String)>("SELECT code, name FROM areas") { row in
  (try row("code"), try row("name"))
}

private let siteColumns: SQL = """
  SELECT area, county_name, title, bureaus, organiser, contact, site_code, icp_record, police_record, is_demo,
    small_count_below
  FROM site_settings
  """

extension Site: RowDecodable {
  public init(_ row: Row) throws {
    area = try row("area")
    settings = SiteSettings(
      countyName: try row("county_name"), title: try row("title"), bureaus: try row("bureaus"),
      organiser: try row("organiser"), contact: try row("contact"),
      siteCode: try row("site_code"), icpRecord: try row("icp_record"),
      policeRecord: try row("police_record"), isDemo: try row("is_demo"))
    smallCountBelow = try row("small_count_below")
  }
}
