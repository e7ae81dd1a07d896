import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Web

/// 分派: whole buildings of a township or an estate, to one team or to several of which each gets about the same.
struct RosterAssignmentHandlers: Sendable {
  let services: Services
  let roster: RosterHandlers

  /// `GET /desk/visits/roster/assignment?township=&estate=`
  func showAssignment(_ request: WebRequest) async throws -> WebResponse {
    try await page(request, request.query, nil, status: .ok)
  }

  /// `POST /desk/visits/roster/assignment`
  func assign(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let teams = fields.all("teams")
    let isNobody = teams == [ChosenTeam.nobodyText]
    let ids = isNobody ? [] : teams.compactMap { VisitTeamID($0) }
    if !isNobody, ids.isEmpty || ids.count < teams.count {
      checker.fail("teams", teams.isEmpty ? "请选择小组" : "“收回”不能和小组一起选")
    }
    let ticked = fields.all("building")
    if ticked.isEmpty, !checker.isChecked("all") {
      checker.fail("building", "请勾选楼栋，或者选“列出的楼栋全部分派”")
    }
    let seen = try await seen(request, fields)
    guard checker.isValid, seen.scope.isNarrow else {
      return try await page(request, fields, checker, status: .unprocessableContent)
    }
    let wanted = BuildingAssignment(
      scope: seen.scope, buildings: checker.isChecked("all") ? nil : Set(ticked),
      isAnew: fields["which"] == "anew", teams: ids)
    let editor = Editor(
      principal: try request.principal, origin: try request.auditOrigin, now: request.now,
      keys: services.keys)
    do {
      let shares = try await services.databases.transaction(
        as: editor.principal, isLong: true
      ) { try $0.assign(wanted, by: editor) }
      return .redirect(to: seen.link, flash: words(shares, isNobody: isNobody))
    } catch EditProblem.field(let field, let message) {
      checker.fail(field, message)
      return try await page(request, fields, checker, status: .unprocessableContent)
    }
  }

  private func words(_ shares: [TeamShare], isNobody: Bool) -> String {
    if isNobody { return "已收回 \(grouped(shares.first?.homes ?? 0)) 户，等待分派。" }
    let texts = shares.map { "\($0.name) \($0.buildings) 栋 \(grouped($0.homes)) 户" }
    return "已分派：\(texts.joined(separator: "，"))。"
  }

  private func seen(_ request: WebRequest, _ fields: FormFields) async throws -> AssignmentSeen {
    let principal = try request.principal
    let own = principal.area.level == .township ? principal.area : nil
    let township: AreaCode? = try fields.filterChoice("township")
    let estate: EstateID? = try fields.filterChoice("estate")
    let asked = try await roster.asked(request)
    return AssignmentSeen(
      choices: asked.choices,
      scope: BuildingScope(
        rosters: asked.choices.rosters.map(\.id), township: township ?? own, estate: estate))
  }

  private func page(
    _ request: WebRequest, _ fields: FormFields, _ checker: FormChecker?,
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let seen = try await seen(request, fields)
    let page = try await services.databases.read(as: try request.principal, planning: .search) {
      tx in
      RosterAssignmentPage(
        seen: seen, buildings: seen.scope.isNarrow ? try tx.all(rosterBuildings(seen.scope)) : [],
        teams: try tx.all(visitTeams(of: seen.scope.rosters)), checker: checker)
    }
    return try await services.deskPage(
      request, title: "分派走访", lead: "选楼栋，选小组：一个小组就全部给它，几个小组就按户数均衡分，整栋不拆。",
      breadcrumbs: [("走访名单", Paths.deskRoster.link)], status: status,
      page.html(csrf: request.csrf))
  }
}

/// What is dealt out, as the address says it.
struct AssignmentSeen: Sendable {
  let choices: RosterChoices
  let scope: BuildingScope

  var link: Link {
    Paths.deskRosterAssignment.link.query("township", scope.township?.rawValue)
      .query("estate", scope.estate?.description)
  }
}

/// The buildings of a township or an estate, and the teams among which they are dealt out.
struct RosterAssignmentPage: Sendable {
  let seen: AssignmentSeen
  let buildings: [RosterBuilding]
  let teams: [VisitTeam]
  let checker: FormChecker?

  func html(csrf: String) -> HTML {
    let bar = filterBar(action: Paths.deskRosterAssignment.link) {
      filterSelect(
        "township", label: "乡镇", options: seen.choices.estates.townships,
        selected: seen.scope.township?.rawValue, any: "请选择")
        + filterSelect(
          "estate", label: "项目",
          options: seen.choices.estates.map { ($0.id.description, $0.name) },
          selected: seen.scope.estate?.description)
    }
    guard seen.scope.isNarrow else {
      return bar + emptyState("先选择乡镇或项目", hint: "选好以后，这里列出还有家庭待走访的楼栋。")
    }
    guard !buildings.isEmpty else {
      return bar
        + emptyState(
          "这里没有待走访的家庭", hint: "换一个乡镇或项目，或者先生成走访名单。",
          action: buttonLink("走访名单", Paths.deskRoster.link, isPrimary: false))
    }
    return bar + panel("楼栋和小组", form(csrf: csrf))
  }

  private func form(csrf: String) -> HTML {
    let view = checker.map { FormView($0) } ?? FormView()
    let count = buildings.map(\.unassigned).reduce(0, +)
    return view.form(
      action: Paths.deskRosterAssignment.link, csrf: csrf, button: "分派",
      hidden + table
        + view.checkbox(
          "all", "列出的 \(buildings.count) 栋全部分派",
          hint: "不勾选时只分派上面勾选的楼栋。其中还没有分派的有 \(grouped(count)) 户。")
        + view.radios(
          "which", "分派哪些家庭",
          options: [("unassigned", "只分还没有分派的"), ("anew", "待走访的都重新分派")],
          value: "unassigned")
        + view.checkboxes(
          "teams", "小组",
          options: teams.map(\.option) + [(ChosenTeam.nobodyText, "收回，等待分派")]))
  }

  private var hidden: HTML {
    filterHidden(seen.scope.township.map { ("township", $0.rawValue) })
      + filterHidden(seen.scope.estate.map { ("estate", $0.description) })
  }

  private var table: HTML {
    let ticked = Set(checker?.fields.all("building") ?? [])
    let problem: HTML =
      checker?.errors["building"].map { "<p class=\"error\" id=\"building\">\($0)</p>\n" } ?? HTML()
    return problem
      + dataTable(
        caption: "待走访的楼栋",
        columns: [
          Column<RosterBuilding>("楼栋") { "\($0.building)" },
          Column("项目") { "\($0.estateName)" },
          Column("待走访", numeric: true) { "\(grouped($0.waiting))" },
          Column("还没有分派", numeric: true) { "\(grouped($0.unassigned))" },
          Column("现在的小组") { "\($0.teams ?? "—")" },
          Column("选择") { one -> HTML in
            """
            <input type="checkbox" name="building" value="\(one.key)" \
            \(attribute: "checked", if: ticked.contains(one.key)) \
            aria-label="选择 \(one.estateName) \(one.building)">
            """
          },
        ], rows: buildings, empty: HTML())
  }
}
