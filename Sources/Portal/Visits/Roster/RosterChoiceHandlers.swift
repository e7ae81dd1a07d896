import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// Homes that somebody chose from the roster, to be given to a team.
struct RosterChoiceHandlers: Sendable {
  let services: Services
  let roster: RosterHandlers

  /// `GET /desk/visits/roster/choice?entry=…&entry=…`
  func showChoice(_ request: WebRequest) async throws -> WebResponse {
    let ids = request.query.all("entry").prefix(RosterSelection.mostChosen)
      .compactMap { RosterEntryID($0) }
    return try await page(request, ids, isWholeFilter: false, status: .ok)
  }

  /// `GET /desk/visits/roster/all`: all that a filter of the list holds.
  func showAll(_ request: WebRequest) async throws -> WebResponse {
    let asked = try await roster.asked(request)
    let list = RosterList(asked: asked)
    let most = RosterSelection.mostOfFilter
    let ids = try await services.databases.read(as: asked.principal, planning: .search) { tx in
      try tx.all(
        Query<RosterEntryID>(
          """
          SELECT r.id FROM roster_entries r
          WHERE \(list.basis) AND \(asked.condition) AND r.state <> 'gone'
          ORDER BY r.estate_id, r.route, r.id LIMIT \(constant: most + 1)
          """))
    }
    guard ids.count <= most else {
      throw WebError.badRequest("筛选出的家庭超过 \(grouped(most)) 户，请按乡镇或项目再筛选，或者用“分派”按楼栋分。")
    }
    return try await page(request, ids, isWholeFilter: true, status: .ok)
  }

  /// `POST /desk/visits/roster/choice`
  func assign(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let chosen = try RosterSelection(fields, of: "走访名单")
    var checker = FormChecker(fields)
    let wanted = checker.value("team", "小组", message: "请选择小组") { ChosenTeam($0) }
    guard let wanted else { return try await again(request, chosen, checker) }
    let editor = Editor(
      principal: try request.principal, origin: try request.auditOrigin, now: request.now,
      keys: services.keys)
    do {
      let (done, name) = try await services.databases.transaction(
        as: editor.principal, isLong: true
      ) { tx in
        let team = try wanted.team(tx)
        return (try tx.assign(chosen, to: team, by: editor), team?.name)
      }
      let words = name.map { "已把 \(grouped(done.assigned)) 户分派给\($0)。" }
      return .redirect(
        to: Paths.deskRoster.link,
        flash: (words ?? "已收回 \(grouped(done.assigned)) 户，等待分派。") + done.leftText)
    } catch AssignmentProblem.overtaken(let ids) {
      return try await page(
        request, chosen.ids, isWholeFilter: chosen.isWholeFilter, answered: checker,
        overtaken: ids, status: .conflict)
    } catch AssignmentProblem.outside(let count) {
      checker.fail("team", "所选的家庭有 \(count) 户不在这个小组的辖区里，请另选小组")
      return try await again(request, chosen, checker)
    } catch EditProblem.field(let field, let message) {
      checker.fail(field, message)
      return try await again(request, chosen, checker)
    }
  }

  private func again(
    _ request: WebRequest, _ chosen: RosterSelection, _ checker: FormChecker
  ) async throws -> WebResponse {
    try await page(
      request, chosen.ids, isWholeFilter: chosen.isWholeFilter, answered: checker,
      status: .unprocessableContent)
  }

  private func page(
    _ request: WebRequest, _ ids: [RosterEntryID], isWholeFilter: Bool,
    answered: FormChecker? = nil, overtaken: [RosterEntryID] = [], status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let principal = try request.principal
    let page = try await services.databases.read(as: principal) { tx in
      RosterChoicePage(
        homes: try tx.all(chosenHomes(ids)), isWholeFilter: isWholeFilter,
        teams: try tx.all(
          visitTeams(of: try tx.all(currentRosters(for: principal.area)).map(\.id))),
        answered: answered, overtaken: Set(overtaken))
    }
    return try await services.deskPage(
      request, title: "分派所选的家庭", lead: "分派给一个小组，或者收回。",
      breadcrumbs: [("走访名单", Paths.deskRoster.link)], status: status,
      page.html(csrf: request.csrf))
  }
}

/// To whom homes are given, as a form says it: a team, or nobody.
enum ChosenTeam: Sendable {
  case nobody
  case team(VisitTeamID)

  static let nobodyText = "nobody"

  init?(_ text: String) {
    if text == Self.nobodyText {
      self = .nobody
    } else if let id = VisitTeamID(text) {
      self = .team(id)
    } else {
      return nil
    }
  }

  /// - Throws: a message at the field `team` where the team goes no more.
  func team(_ tx: Transaction) throws -> VisitTeam? {
    guard case .team(let id) = self else { return nil }
    guard let team = try tx.standingTeam(id) else {
      throw EditProblem.field("team", "这个小组已经解散，请另选一个")
    }
    return team
  }
}

/// The homes that were chosen, as they are now.
func chosenHomes(_ ids: [RosterEntryID]) -> Query<RosterLine> {
  rosterLines("r.id = ANY(\(list: ids))", limit: ids.count)
}
