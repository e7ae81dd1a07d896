import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// What the forms of a team are drawn with.
struct TeamForm: Sendable {
  let team: VisitTeam?
  /// The roster that it goes by; nil where there is none.
  let roster: VisitRosterID?
  /// Who may go.
  let colleagues: [Colleague]
  /// Where it may go: one place for a township.
  let places: [(value: String, label: String)]
}

/// What the form of a team brings.
struct TypedTeam: Sendable {
  let name: String
  let first: Colleague
  /// Nil for somebody without an account.
  let second: AccountID?
  let secondName: String
  let area: AreaCode
}

/// Teams of two are made, changed and disbanded.
struct VisitTeamForms: Sendable {
  let services: Services

  /// `/desk/visits/teams/new`
  var making: EditForm<Void, TeamForm, TypedTeam, Void> {
    EditForm(
      services, taken: Self.taken,
      load: { tx, _, asked in
        try tx.teamForm(
          nil, of: tx.first(currentRosters(for: asked.principal.area))?.id, asked.principal)
      },
      page: { seen, frame in
        EditPage(
          title: "建立小组", lead: "两个人一组，一起入户。", breadcrumbs: Self.crumbs,
          panel("小组", Self.body(seen.model, frame, Paths.deskVisitTeamNew.link, "建立小组")))
      },
      read: { checker, seen in TypedTeam(&checker, seen.model) },
      write: { tx, typed, edit in try tx.makeTeam(typed, by: edit.editor) },
      done: { _, typed, _ in (Paths.deskVisitTeams.link, "已建立小组“\(typed.name)”。") })
  }

  /// `/desk/visits/teams/:id`
  var change: EditForm<VisitTeamID, TeamForm, TypedTeam, Void> {
    EditForm(
      services, taken: Self.taken, load: Self.load,
      history: { _, model in EditHistory(version: model.team?.version ?? 1) },
      page: { seen, frame in
        EditPage(
          title: "修改小组", lead: seen.team?.name ?? "", breadcrumbs: Self.crumbs,
          panel("小组", Self.body(seen.model, frame, Paths.deskVisitTeam.link(seen.id), "保存"))
            + panel(
              "解散",
              buttonLink("解散小组", Paths.deskVisitTeamEnd.link(seen.id), isPrimary: false)))
      },
      read: { checker, seen in TypedTeam(&checker, seen.model) },
      write: { tx, typed, edit in try tx.changeTeam(edit, to: typed) },
      done: { _, _, _ in (Paths.deskVisitTeams.link, "小组已保存。") })
  }

  /// `/desk/visits/teams/:id/end`
  var end: EditForm<VisitTeamID, TeamForm, Void, Int> {
    EditForm(
      services, load: Self.load,
      history: { _, model in EditHistory(version: model.team?.version ?? 1) },
      page: { seen, frame in
        let name = seen.team?.name ?? ""
        return EditPage(
          title: "解散小组", lead: name, breadcrumbs: Self.crumbs,
          panel(
            "解散",
            frame.form(
              action: Paths.deskVisitTeamEnd.link(seen.id), button: "解散小组",
              "<p>解散“\(name)”。它还没有走访的 \(seen.team?.waiting ?? 0) 户改为“还没有分派”，走访过的记录保留。</p>\n")))
      },
      read: { _, _ in () }, write: { tx, _, edit in try tx.endTeam(edit) },
      done: { count, _, _ in (Paths.deskVisitTeams.link, "小组已解散，\(count) 户等待分派。") })
  }

  private static let taken: TakenValues = [
    "visit_teams_name_key": ("name", "已有同名的小组，请换一个名称")
  ]

  private static let crumbs: [(String, Link)] = [
    ("走访名单", Paths.deskRoster.link), ("走访小组", Paths.deskVisitTeams.link),
  ]

  /// A team of somebody's own area: a township does not change the county's.
  private static let load: @Sendable (Transaction, VisitTeamID, EditRequest) throws -> TeamForm = {
    tx, id, asked in
    let team = try tx.found(visitTeam(id))
    guard !team.isDisbanded, asked.principal.area.contains(team.area) else {
      throw WebError.notFound
    }
    return try tx.teamForm(team, of: team.roster, asked.principal)
  }

  private static func body(
    _ model: TeamForm, _ frame: EditFrame, _ link: Link, _ button: String
  ) -> HTML {
    guard model.roster != nil else {
      return emptyState("还没有走访名单", hint: "先生成走访名单，再建立小组。")
    }
    let (view, team) = (frame.view, model.team)
    let area: HTML =
      team == nil && model.places.count > 1
      ? view.select(
        "area", "辖区", options: model.places, prompt: nil, hint: "小组只走访辖区里的家庭。")
      : HTML()
    return frame.form(
      action: link, button: button,
      view.input("name", "名称", value: team?.name, hint: "例如：龙津一组", maxlength: 40) + area
        + view.select(
          "first", "走访人", options: model.colleagues.map(\.option),
          value: team?.first.description)
        + view.select(
          "second", "同行人", options: model.colleagues.map(\.option),
          value: team?.second?.description, prompt: "没有账号，填写姓名", required: false)
        + view.input(
          "second_name", "同行人姓名", value: team?.second == nil ? team?.secondName : nil,
          hint: "同行人没有账号时填写，例如村（社区）干部。", required: false, maxlength: 40))
  }
}

extension TypedTeam {
  init?(_ checker: inout FormChecker, _ form: TeamForm) {
    let name = checker.column("name", "名称", max: 40)
    let first = checker.value("first", "走访人", message: "请选择走访人") { text in
      form.colleagues.first { $0.id.description == text }
    }
    let second: Colleague? = checker.value(
      "second", "同行人", required: false, message: "请选择同行人"
    ) { text in form.colleagues.first { $0.id.description == text } }
    let typed =
      second == nil ? checker.column("second_name", "同行人姓名", max: 40) : second?.name
    if let first, first.id == second?.id { checker.fail("second", "走访人和同行人不能是同一个人") }
    let area =
      form.team?.area
      ?? (form.places.count > 1
        ? checker.choice("area", "辖区", among: form.places.map(\.value)).flatMap { AreaCode($0) }
        : form.places.first.flatMap { AreaCode($0.value) })
    guard checker.isValid, let name, let first, let typed, let area else { return nil }
    self.init(name: name, first: first, second: second?.id, secondName: typed, area: area)
  }

  fileprivate var audited: [String: String] {
    ["name": name, "area": area.rawValue, "visitors": "\(first.name)、\(secondName)"]
  }
}

extension Transaction {
  fileprivate func teamForm(
    _ team: VisitTeam?, of roster: VisitRosterID?, _ principal: Principal
  ) throws -> TeamForm {
    let places = try all(
      Query<(value: String, label: String)>(
        "SELECT code, name FROM areas WHERE code ^@ \(principal.area)::text ORDER BY code"
      ) { row in (try row("code"), try row("name")) })
    return TeamForm(
      team: team, roster: roster, colleagues: try all(colleagues(who: .recordVisits)),
      places: places)
  }

  fileprivate func makeTeam(_ typed: TypedTeam, by editor: Editor) throws {
    guard let roster = try first(currentRosters(for: typed.area))?.id else {
      throw EditProblem.field("name", "还没有走访名单，先生成名单")
    }
    let id = try one(
      Query<VisitTeamID>(
        """
        INSERT INTO visit_teams (area, roster_id, name, first_id, first_name, second_id, second_name,
          made_by_name, made_at)
        VALUES (\(typed.area), \(roster), \(typed.name), \(typed.first.id), \(typed.first.name),
          \(optional: typed.second), \(typed.secondName), \(editor.principal.displayName),
          \(editor.now))
        RETURNING id
        """))
    try audit(
      AuditEvent(
        action: .makeTeam, entity: "visit_teams", entityID: id.description, after: typed.audited),
      by: editor.origin)
  }

  fileprivate func changeTeam(_ edit: EditWriting<VisitTeamID>, to typed: TypedTeam) throws {
    let before = try found(visitTeam(edit.id))
    let changed = try execute(
      """
      UPDATE visit_teams SET name = \(typed.name), first_id = \(typed.first.id),
        first_name = \(typed.first.name), second_id = \(optional: typed.second),
        second_name = \(typed.secondName), version = version + 1
      WHERE id = \(edit.id) AND version = \(edit.version) AND disbanded_at IS NULL
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
    try audit(
      AuditEvent(
        action: .changeTeam, entity: "visit_teams", entityID: edit.id.description,
        before: ["name": before.name, "visitors": before.visitors], after: typed.audited),
      by: edit.editor.origin)
  }

  /// What it has not visited is nobody's again.
  fileprivate func endTeam(_ edit: EditWriting<VisitTeamID>) throws -> Int {
    let before = try found(visitTeam(edit.id))
    let changed = try execute(
      """
      UPDATE visit_teams SET disbanded_at = \(edit.editor.now), version = version + 1
      WHERE id = \(edit.id) AND version = \(edit.version) AND disbanded_at IS NULL
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
    let count = try execute(
      """
      UPDATE roster_entries SET team_id = NULL, version = version + 1
      WHERE team_id = \(edit.id) AND state = 'waiting'
      """)
    try audit(
      AuditEvent(
        action: .endTeam, entity: "visit_teams", entityID: edit.id.description,
        before: ["name": before.name, "visitors": before.visitors],
        after: ["households": String(count)]), by: edit.editor.origin)
    return count
  }
}
