import Domain
import Ground
import HTML
import Pages
import Postgres
import Spreadsheet
import Web

/// How near the end of a running lease is.
enum LeaseExpiry: String, CaseIterable, Sendable {
  case past
  case within30 = "30"
  case within90 = "90"

  var title: String {
    switch self {
    case .past: "已到期未终止"
    case .within30: "30 天内到期"
    case .within90: "90 天内到期"
    }
  }

  /// The last days of the leases that are meant.
  func condition(today: Day) -> SQL {
    switch self {
    case .past: "l.ends_on < \(today)"
    case .within30: "l.ends_on BETWEEN \(today) AND \(today + 30)"
    case .within90: "l.ends_on BETWEEN \(today) AND \(today + 90)"
    }
  }
}

struct LeaseFilter: ListFilter {
  typealias Choices = [EstateChoice]

  /// The beginning of the contract number.
  var contract: String?
  var township: AreaCode?
  var estate: EstateID?
  var state: LeaseState?
  var expiry: LeaseExpiry?

  static var list: Link { Paths.deskLeases.link }

  static let fields: [FilterField<LeaseFilter>] = [
    .words(\.contract, "contract", "合同编号", hint: "开头几位也可以", max: 60) { words, _ in
      hasPrefix("l.contract_number", words)
    },
    .township(\.township) { "l.area = \($0)" },
    .estate(\.estate) { "m.estate_id = \($0)" },
    .choice(\.state, "state", "状态", titled: \.title) { "l.state = \($0)" },
    .choice(\.expiry, "expiry", "到期", titled: \.title) { expiry, asked in
      "l.state = 'running' AND \(expiry.condition(today: asked.today))"
    },
  ]
}

struct LeaseLine: RowDecodable {
  let id: LeaseID
  let area: AreaCode
  let contractNumber: String
  let household: HouseholdID
  let householdNumber: String
  let applicant: String?
  let estate: String
  let building: String
  let unit: String
  let room: String
  let township: String
  let startsOn: Day
  let endsOn: Day
  let endedOn: Day?
  let monthlyRent: Hundredths
  let state: LeaseState

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    contractNumber = try row("contract_number")
    household = try row("household_id")
    householdNumber = try row("household_number")
    applicant = try row("applicant")
    estate = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    township = try row("township")
    startsOn = try row("starts_on")
    endsOn = try row("ends_on")
    endedOn = try row("ended_on")
    monthlyRent = try row("monthly_rent")
    state = try row("state")
  }
}

/// 租约: the list of leases, those that run and those that ended.
struct LeaseList: RecordList {
  var asked: ListRequest<LeaseFilter>

  let title = "租约"
  let lead = "每一份合同：谁租哪一套、租到什么时候、租金多少。"
  let entity = "leases"
  let unit = "份"

  let order = ListOrder<LeaseLine>.ascending(.key("l.area", \.area), .key("l.id", \.id))
  var planning: Databases.Planning? { .inOrder }

  /// Homes are looked at only where they matter.
  var tables: SQL {
    asked.filter.estate == nil ? "leases l" : "leases l JOIN homes m ON m.id = l.home_id"
  }

  var basis: SQL {
    asked.filter.township == nil
      ? RegisterScope(area: asked.principal.area).holds("l.area") : "true"
  }

  func query(_ part: ListPart) -> SQL {
    """
    SELECT l.id, l.area, l.contract_number, l.household_id, h.number AS household_number,
      h.applicant, e.name AS estate, m.building, m.unit, m.room, a.name AS township,
      l.starts_on, l.ends_on, l.ended_on, l.monthly_rent, l.state
    FROM (SELECT l.* FROM \(part.rows)) l
    JOIN households h ON h.id = l.household_id
    JOIN homes m ON m.id = l.home_id
    JOIN estates e ON e.id = m.estate_id
    JOIN areas a ON a.code = l.area
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<LeaseLine>] {
    [
      Column("合同编号", text: \.contractNumber),
      Column("承租人", shown: tenant),
      Column("项目", text: \.estate),
      Column("房号", text: { homeText(building: $0.building, unit: $0.unit, room: $0.room) }),
      Column("乡镇", text: \.township),
      Column("起租", day: \.startsOn),
      Column("到期", day: \.endsOn),
      Column("月租金", hundredths: \.monthlyRent),
      Column("状态", tag: standing),
      Column("终止", day: \.endedOn),
    ]
  }

  private func tenant(_ line: LeaseLine) -> HTML {
    """
    <a href="\(path: Paths.deskHousehold.link(line.household))">\
    \(line.applicant.map { Masking.maskedName($0) } ?? line.householdNumber)</a>
    """
  }

  /// The state of a lease, said more closely when a running one is past its end or near it.
  private func standing(_ line: LeaseLine) -> (String, TagKind) {
    guard line.state == .running else { return (line.state.title, line.state.tagKind) }
    let left = asked.today.days(until: line.endsOn)
    if left < 0 { return ("已到期", .alert) }
    if left <= 30 { return ("还有 \(left) 天", .warn) }
    return (line.state.title, line.state.tagKind)
  }

  func link(_ line: LeaseLine) -> Link? { Paths.deskLease.link(line.id) }

  var empty: HTML {
    emptyState(
      "没有符合条件的租约", hint: "换一个筛选条件，或清除筛选查看全部。",
      action: buttonLink("查看全部", LeaseFilter.list, isPrimary: false))
  }
}

struct LeaseListHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/leases`
  func listLeases(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    return try await services.answer(
      request, LeaseList(asked: ListRequest(request, among: estates)))
  }
}
