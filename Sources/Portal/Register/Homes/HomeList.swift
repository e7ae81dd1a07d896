import Domain
import Ground
import HTML
import Pages
import Postgres
import Spreadsheet
import Web

struct HomeFilter: ListFilter {
  typealias Choices = [EstateChoice]

  /// An estate with building, unit and room, or part of it.
  var address: String?
  var township: AreaCode?
  var estate: EstateID?
  var state: HomeState?

  static var list: Link { Paths.deskHomes.link }

  static let fields: [FilterField<HomeFilter>] = [
    .words(\.address, "address", "地址", hint: "安居苑3-1-502", max: 100) { words, asked in
      homes(at: AddressWords.places(words, among: asked.choices))
    },
    .township(\.township) { "m.area = \($0)" },
    .estate(\.estate) { "m.estate_id = \($0)" },
    .choice(\.state, "state", "状态", titled: \.title) { "m.state = \($0)" },
  ]
}

struct HomeLine: RowDecodable {
  let id: HomeID
  let area: AreaCode
  let estate: String
  let building: String
  let unit: String
  let room: String
  let floorArea: Hundredths
  let state: HomeState
  let township: String
  let household: HouseholdID?
  let householdNumber: String?
  let applicant: String?

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    estate = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    floorArea = try row("floor_area")
    state = try row("state")
    township = try row("township")
    household = try row("household_id")
    householdNumber = try row("household_number")
    applicant = try row("applicant")
  }
}

/// 房源: the list of homes with who lives in them.
struct HomeList: RecordList {
  var asked: ListRequest<HomeFilter>

  let title = "房源"
  let lead = "每一套房：在哪里、多大、什么状态、谁在住。"
  let entity = "homes"
  let unit = "套"

  let order = ListOrder<HomeLine>.ascending(.key("m.area", \.area), .key("m.id", \.id))
  let tables: SQL = "homes m"
  var planning: Databases.Planning? { .inOrder }

  var basis: SQL {
    asked.filter.township == nil
      ? RegisterScope(area: asked.principal.area).holds("m.area") : "true"
  }

  func query(_ part: ListPart) -> SQL {
    """
    SELECT m.id, m.area, e.name AS estate, m.building, m.unit, m.room, m.floor_area, m.state,
      a.name AS township, l.household_id, h.number AS household_number, h.applicant
    FROM (SELECT m.* FROM \(part.rows)) m
    JOIN estates e ON e.id = m.estate_id
    JOIN areas a ON a.code = m.area
    LEFT JOIN leases l ON l.home_id = m.id AND l.state = 'running'
    LEFT JOIN households h ON h.id = l.household_id
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<HomeLine>] {
    [
      Column("房号", text: { homeText(building: $0.building, unit: $0.unit, room: $0.room) }),
      Column("项目", text: \.estate),
      Column("乡镇", text: \.township),
      Column("面积（m²）", hundredths: \.floorArea),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("承租家庭", shown: household),
      Column("承租人", text: { $0.applicant.map { Masking.maskedName($0) } }),
    ]
  }

  private func household(_ line: HomeLine) -> HTML {
    guard let id = line.household, let number = line.householdNumber else { return "—" }
    return "<a href=\"\(path: Paths.deskHousehold.link(id))\">\(number)</a>"
  }

  func link(_ line: HomeLine) -> Link? { Paths.deskHome.link(line.id) }

  var empty: HTML {
    emptyState(
      "没有符合条件的房源", hint: "换一个筛选条件，或清除筛选查看全部。",
      action: buttonLink("查看全部", HomeFilter.list, isPrimary: false))
  }
}

struct HomeListHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/homes`
  func listHomes(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    return try await services.answer(request, HomeList(asked: ListRequest(request, among: estates)))
  }
}
