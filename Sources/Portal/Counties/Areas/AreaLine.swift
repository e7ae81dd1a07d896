import Domain
import Postgres

/// An area as its administrator sees it.
struct AreaLine: RowDecodable, Sendable {
  let code: AreaCode
  let name: String
  let version: Int

  init(_ row: Row) throws {
    code = try row("code")
    name = try row("name")
    version = try row("version")
  }
}

func areaLine(_ code: AreaCode) -> Query<AreaLine> {
  Query("SELECT code, name, version FROM areas WHERE code = \(code)")
}

/// The administrator's own area, those in it and those that it lies in, from the province down.
func areaLines(around area: AreaCode) -> Query<AreaLine> {
  Query(
    """
    SELECT code, name, version FROM areas WHERE code ^@ \(area)::text OR \(area)::text ^@ code::text
    ORDER BY code
    """)
}

/// What the pages of a county say of themselves.
struct SiteLine: RowDecodable, Sendable {
  let area: AreaCode
  let countyName: String
  let title: String
  let organiser: String?
  let contact: String?
  let siteCode: String?
  let icpRecord: String?
  let policeRecord: String?
  let version: Int

  init(_ row: Row) throws {
    area = try row("area")
    countyName = try row("county_name")
    title = try row("title")
    organiser = try row("organiser")
    contact = try row("contact")
    siteCode = try row("site_code")
    icpRecord = try row("icp_record")
    policeRecord = try row("police_record")
    version = try row("version")
  }
}

func siteLine(_ area: AreaCode) -> Query<SiteLine> {
  Query(
    """
    SELECT area, county_name, title, organiser, contact, site_code, icp_record, police_record, version
    FROM site_settings WHERE area = \(area)
    """)
}
