import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Web

/// 报修: the list, one note, its steps, and a new one at a home.
struct RepairHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/visits/repairs`
  func listRepairs(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    return try await services.answer(
      request, RepairList(asked: ListRequest(request, among: estates)))
  }

  /// `GET /desk/visits/repairs/:id`
  func showRepair(_ request: WebRequest, _ id: RepairID) async throws -> WebResponse {
    try await page(request, id)
  }

  private func page(
    _ request: WebRequest, _ id: RepairID, failed: (RepairAction, FormChecker)? = nil,
    status: HTTPResponse.Status = .ok
  ) async throws -> WebResponse {
    let principal = try request.principal
    let (line, events) = try await services.databases.read(as: principal) { tx in
      (try tx.found(repair(id)), try tx.all(repairSteps.events(of: id)))
    }
    let steps = RepairWorkflow.offered(from: line.state, of: (), to: principal)
      .map { stepForm($0, line, failed, csrf: request.csrf) }
    return try await services.deskPage(
      request, title: "报修 \(line.place)", lead: "\(line.kind.title) · \(line.state.title)",
      breadcrumbs: [("报修", Paths.deskRepairs.link)], status: status,
      panel("报修情况", facts(line))
        + (steps.isEmpty ? HTML() : panel("办理", steps.joined()))
        + panel("经过", timeline([entered(line)] + events.map(event))))
  }

  private func facts(_ line: RepairLine) -> HTML {
    definitionList([
      ("房屋", "<a href=\"\(path: Paths.deskHome.link(line.home))\">\(line.place)</a>"),
      ("部位", "\(line.kind.title)\(if: line.isUrgent, " " + tag("紧急", .alert))"),
      ("损坏情况", "<span class=\"typed-text\">\(line.words)</span>"),
      (
        "来源",
        line.visit.map { "<a href=\"\(path: Paths.deskVisit.link($0))\">入户走访</a>" } ?? "工作人员登记"
      ),
      ("计划修复", "\(line.plannedOn?.chinese ?? "未安排")"),
      ("状态", tag(line.state.title, line.state.tagKind)),
    ])
  }

  private func entered(_ line: RepairLine) -> TimelineEvent {
    TimelineEvent(time: line.enteredOn.chinese, title: "登记报修", actor: line.enteredBy)
  }

  private func event(_ event: StepEvent) -> TimelineEvent {
    TimelineEvent(
      time: ShanghaiTime.dateTimeText(event.at),
      title: RepairAction(rawValue: event.action)?.title ?? event.action, actor: event.accountName,
      detail: event.note.map { "<p class=\"typed-text\">\($0)</p>" } ?? HTML())
  }

  private func stepForm(
    _ transition: RepairTransition, _ line: RepairLine, _ failed: (RepairAction, FormChecker)?,
    csrf: String
  ) -> HTML {
    let prefix = "\(transition.action.rawValue)-"
    let view =
      failed.flatMap { action, checker in
        action == transition.action ? FormView(checker, idPrefix: prefix) : nil
      } ?? FormView(idPrefix: prefix)
    let text = transition.requiredText.map { view.textarea("text", $0, rows: 2, maxlength: 500) }
    let planned =
      transition.action == .begin ? view.input("planned_on", "计划修复日期", type: .date) : HTML()
    return view.form(
      action: Paths.deskRepairStep.link(line.id), csrf: csrf, button: transition.action.title,
      """
      <input type="hidden" name="version" value="\(line.version)">
      <input type="hidden" name="from" value="\(line.state.rawValue)">
      <input type="hidden" name="action" value="\(transition.action.rawValue)">
      \(planned)\(text ?? HTML())
      """)
  }

  /// `POST /desk/visits/repairs/:id/steps`
  func takeStep(
    _ request: WebRequest, _ id: RepairID, _ fields: FormFields
  ) async throws -> WebResponse {
    let found = RepairWorkflow.transitions.first {
      $0.action.rawValue == fields["action"] && $0.from.rawValue == fields["from"]
    }
    let incomplete = "页面内容不完整，请回到这项报修重新操作。"
    guard let transition = found else { throw WebError.badRequest(incomplete) }
    try request.demand(transition.permission)
    let version = try EditBase(fields, incomplete: incomplete).version
    var checker = FormChecker(fields)
    let text = transition.requiredText.flatMap { checker.column("text", $0, max: 500) }
    let today = ShanghaiTime.day(of: request.now)
    let planned =
      transition.action == .begin
      ? checker.day("planned_on", "计划修复日期", in: today...today.adding(months: 24)) : nil
    guard checker.isValid else {
      return try await page(
        request, id, failed: (transition.action, checker), status: .unprocessableContent)
    }
    let actor = try request.actingPerson
    do {
      try await services.databases.transaction(as: actor.principal) { tx in
        try tx.take(
          transition, of: id, version: version, text: text.map(Masking.withoutResidentIDs),
          plannedOn: planned, by: actor)
      }
    } catch let late as StepOvertaken {
      throw WebError.conflict(
        """
        <p>您打开页面以后，这项报修已有变化：</p>\(timeline(late.since.map(event)))
        <p>\(buttonLink("查看最新情况", Paths.deskRepair.link(id)))</p>
        """)
    }
    return .redirect(to: Paths.deskRepair.link(id), flash: "已\(transition.action.title)。")
  }

  /// `/desk/homes/:id/repair`
  var creation: EditForm<HomeID, HomePlace, NewRepair, RepairID> {
    EditForm(
      services, load: { tx, id, _ in try tx.found(homePlace(id)) },
      page: { seen, frame in
        EditPage(
          title: "登记报修", lead: seen.place,
          breadcrumbs: [
            ("报修", Paths.deskRepairs.link), (seen.place, Paths.deskHome.link(seen.id)),
          ],
          panel(
            "报修",
            frame.form(
              action: Paths.deskHomeRepair.link(seen.id), button: "登记",
              frame.view.select(
                "kind", "部位", options: RepairKind.allCases.map { ($0.rawValue, $0.title) })
                + frame.view.textarea("words", "损坏情况", rows: 3, hint: "不要写姓名", maxlength: 500)
                + frame.view.checkbox("urgent", "紧急，有安全隐患"))))
      },
      read: { checker, _ in
        let kind = checker.choice("kind", "部位", of: RepairKind.self)
        let words = checker.column("words", "损坏情况", max: 500)
        guard let kind, let words else { return nil }
        return NewRepair(
          kind: kind, words: Masking.withoutResidentIDs(words),
          isUrgent: checker.isChecked("urgent"))
      },
      write: { tx, typed, edit in
        try tx.note(typed, in: edit.id, by: edit.editor.person)
      },
      done: { id, _, _ in (Paths.deskRepair.link(id), "已登记报修。") })
  }
}
