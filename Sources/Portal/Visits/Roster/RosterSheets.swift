import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// 入户走访表: a table a building in the order of the route, to be filled in by hand where there is no phone.
struct RosterSheetHandlers: Sendable {
  /// So many homes are printed at once.
  static let most = 1_000

  let services: Services
  let roster: RosterHandlers

  /// `GET /desk/visits/sheets?township=&estate=&team=&building=&print=1`
  func showSheets(_ request: WebRequest) async throws -> WebResponse {
    let asked = try await roster.asked(request)
    let principal = asked.principal
    let own = principal.area.level == .township ? principal.area : nil
    let scope = BuildingScope(
      rosters: asked.choices.rosters.map(\.id),
      township: try request.query.filterChoice("township") ?? own,
      estate: try request.query.filterChoice("estate"), team: try request.query.filterChoice("team")
    )
    let building = request.query["building"].flatMap { $0.isEmpty ? nil : $0 }
    let sheets = SheetScope(scope: scope, building: building)
    guard request.query.isChecked("print") else {
      return try await choose(request, asked, sheets)
    }
    return try await print(request, sheets)
  }

  private func choose(
    _ request: WebRequest, _ asked: ListRequest<RosterFilter>, _ sheets: SheetScope
  ) async throws -> WebResponse {
    let buildings = try await services.databases.read(as: asked.principal, planning: .search) {
      tx in sheets.scope.isNarrow ? try tx.all(rosterBuildings(sheets.scope)) : []
    }
    return try await services.deskPage(
      request, title: "打印走访表", lead: "没有手机或者没有信号的地方，带上纸质的走访表，回来再登记。",
      breadcrumbs: [("走访名单", Paths.deskRoster.link)],
      RosterSheetChoice(choices: asked.choices, sheets: sheets, buildings: buildings).html)
  }

  /// That it was taken out is recorded.
  private func print(_ request: WebRequest, _ sheets: SheetScope) async throws -> WebResponse {
    let (principal, origin) = (try request.principal, try request.auditOrigin)
    guard sheets.scope.isNarrow else { throw WebError.badRequest("请先选择乡镇、项目或小组。") }
    let homes = try await services.databases.transaction(as: principal) { tx in
      let homes = try tx.all(sheets.homes(limit: Self.most + 1))
      guard homes.count <= Self.most else {
        throw WebError.badRequest("要打印的超过 \(grouped(Self.most)) 户，请按项目、小组或楼栋再缩小范围。")
      }
      try tx.audit(
        AuditEvent(
          action: .takeRosterOut, entity: "roster_entries",
          after: sheets.audited.merging(["rows": String(homes.count)]) { own, _ in own }),
        by: origin)
      return homes
    }
    return .page(
      PrintPage(
        title: "公租房入户走访表", site: services.site.settings(for: principal), back: sheets.link,
        body: RosterSheet(homes: homes, today: ShanghaiTime.day(of: request.now)).html, isWide: true
      ).html)
  }
}

/// What is printed.
struct SheetScope: Sendable {
  let scope: BuildingScope
  /// One building, of an estate.
  let building: String?

  /// The page on which it was chosen.
  var link: Link {
    Paths.deskRosterSheets.link.query("township", scope.township?.rawValue)
      .query("estate", scope.estate?.description).query("team", scope.team?.description)
  }

  func printed(_ building: RosterBuilding?) -> Link {
    var link = link
    if let building {
      link = Paths.deskRosterSheets.link.query("township", scope.township?.rawValue)
        .query("estate", building.estate.description).query("team", scope.team?.description)
        .query("building", building.building)
    }
    return link.query("print", "1")
  }

  var audited: [String: String] {
    [
      "area": scope.township?.rawValue, "estate": scope.estate?.description,
      "visit_team": scope.team?.description, "building": building,
    ].compactMapValues { $0 }
  }

  func homes(limit: Int) -> Query<RosterLine> {
    let here: SQL = building.map { "m.building = \($0)" } ?? "true"
    return rosterLines(
      "\(scope.condition) AND r.state = 'waiting' AND \(here)", limit: limit)
  }
}

/// Where the sheets of a building are chosen.
struct RosterSheetChoice: Sendable {
  let choices: RosterChoices
  let sheets: SheetScope
  let buildings: [RosterBuilding]

  var html: HTML {
    bar
      + (sheets.scope.isNarrow
        ? table : emptyState("先选择乡镇、项目或小组", hint: "选好以后，这里列出还有家庭待走访的楼栋。"))
  }

  private var bar: HTML {
    filterBar(action: Paths.deskRosterSheets.link) {
      filterSelect(
        "township", label: "乡镇", options: choices.estates.townships,
        selected: sheets.scope.township?.rawValue)
        + filterSelect(
          "estate", label: "项目", options: choices.estates.map { ($0.id.description, $0.name) },
          selected: sheets.scope.estate?.description)
        + filterSelect(
          "team", label: "小组", options: choices.teams.map { ($0.id.description, $0.words) },
          selected: sheets.scope.team?.description)
    }
  }

  private var table: HTML {
    let count = buildings.map(\.waiting).reduce(0, +)
    let all: HTML =
      buildings.isEmpty || count > RosterSheetHandlers.most
      ? HTML()
      : "<p>\(buttonLink("打印列出的 \(grouped(count)) 户", sheets.printed(nil)))</p>\n"
    return all
      + dataTable(
        caption: "待走访的楼栋",
        columns: [
          Column<RosterBuilding>("楼栋") { "\($0.building)" },
          Column("项目") { "\($0.estateName)" },
          Column("小组") { "\($0.teams ?? "还没有分派")" },
          Column("待走访", numeric: true) { "\(grouped($0.waiting))" },
          Column("打印") { "<a href=\"\(path: sheets.printed($0))\">打印</a>" },
        ], rows: buildings, empty: emptyState("这里没有待走访的家庭", hint: "换一个乡镇、项目或小组。"))
  }
}

/// The sheets: a table a building, with room to write.
struct RosterSheet: Sendable {
  let homes: [RosterLine]
  let today: Day

  var html: HTML {
    let buildings = homes.chunked { ($0.estateID, $0.building) == ($1.estateID, $1.building) }
    guard !buildings.isEmpty else { return "<p>没有待走访的家庭。</p>" }
    return buildings.map(table).joined()
  }

  private func table(_ homes: ArraySlice<RosterLine>) -> HTML {
    guard let first = homes.first else { return HTML() }
    let teams = Set(homes.compactMap(\.team)).sorted().joined(separator: "、")
    let rows = homes.map { home -> HTML in
      """
      <tr><th scope="row">\(homeText(building: "", unit: home.unit, room: home.room))</th><td>\(home.householdNumber)</td>\
      <td>\(Masking.maskedName(home.applicant ?? ""))</td><td class="visit-ticks">\(Self.met)</td>\
      <td class="visit-ticks">\(Self.uses)</td><td></td><td></td><td></td><td></td><td></td></tr>

      """
    }
    return """
      <section class="visit-sheet">
      <h2>\(first.estate) \(first.building)（\(homes.count) 户）</h2>
      <p>小组：\(teams.isEmpty ? "＿＿＿＿＿＿" : teams)　走访人：＿＿＿＿＿＿　同行人：＿＿＿＿＿＿　\
      走访日期：＿＿＿＿年＿＿月＿＿日　打印日期：\(today.chinese)</p>
      <table><thead><tr><th scope="col">房号</th><th scope="col">家庭编号</th><th scope="col">承租人</th>\
      <th scope="col">见到谁</th><th scope="col">房屋使用</th><th scope="col">居住人数</th>\
      \(["水、电、气表", "要修的地方", "其他情况", "住户签名、时间"], Self.blank)</tr></thead>
      <tbody>
      \(rows)</tbody></table>
      </section>

      """
  }

  private static func blank(_ title: String) -> HTML {
    "<th scope=\"col\" class=\"visit-blank\">\(title)</th>"
  }

  private static let met: HTML = "□承租人<br>□家庭成员<br>□其他人<br>□无人在家"
  private static let uses: HTML = "□自住 □空置<br>□转租 □出借<br>□改作他用"
}

extension Array {
  /// Runs of neighbours that belong together.
  fileprivate func chunked(_ belongs: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
    var (runs, start) = ([ArraySlice<Element>](), startIndex)
    for place in indices where place > start && !belongs(self[place - 1], self[place]) {
      runs.append(self[start..<place])
      start = place
    }
    if start < endIndex { runs.append(self[start...]) }
    return runs
  }
}
