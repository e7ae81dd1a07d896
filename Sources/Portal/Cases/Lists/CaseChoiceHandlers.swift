import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Web

/// Several cases from the list at once: given to a colleague, or told of by one notice.
struct CaseChoiceHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/cases/choice?case=…&case=…`
  func showChoice(_ request: WebRequest) async throws -> WebResponse {
    let ids = request.query.all("case").prefix(CaseSelection.mostChosen).compactMap { CaseID($0) }
    return try await page(request, ids, isWholeFilter: false, status: .ok)
  }

  /// `GET /desk/cases/all`: all that a filter of the list holds and that still owe something.
  func showAll(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: try request.principal, at: request.now)
    let asked = try ListRequest<CaseFilter>(request, among: estates)
    let ids = try await services.databases.read(as: asked.principal, planning: .search) {
      try $0.all(openCases(asked, limit: CaseSelection.mostCases + 1))
    }
    guard ids.count <= CaseSelection.mostCases else {
      throw WebError.badRequest(CaseSelection.tooMany)
    }
    return try await page(request, ids, isWholeFilter: true, status: .ok)
  }

  /// `POST /desk/cases/assignments`
  func assignCases(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let chosen = try CaseSelection(fields)
    var checker = FormChecker(fields)
    let account = checker.value("assignee", "经办人", message: "请选择经办人") { AccountID($0) }
    let known = try await services.databases.read(as: try request.principal) {
      try $0.all(colleagues(who: .noteCases))
    }
    let colleague = known.first { $0.id == account }
    if account != nil, colleague == nil { checker.fail("assignee", "这个人现在不能经办问题，请另选一位") }
    guard checker.isValid, let colleague else {
      return try await again(request, chosen, .assignment, checker)
    }
    return try await work(
      request, chosen, .assignment, checker, done: ("已把", "件交给\(colleague.name)。")
    ) {
      tx, worked, editor in
      let record = worked.record
      let plan = TypedPlan(
        assignee: colleague, plannedOn: record.plannedOn, measures: record.measures)
      try CaseStepWriting(worked: worked, values: StepValues(), editor: editor).plan(plan, tx)
      return nil
    }
  }

  /// `POST /desk/cases/notices`
  func serveNotices(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let chosen = try CaseSelection(fields)
    let today = ShanghaiTime.day(of: request.now)
    var checker = FormChecker(fields)
    guard let route = checker.choice("route", "处理途径", of: CaseRoute.self),
      let values = checker.stepValues(
        noticeFields(route), rules: CaseStepRules(dates: [:], today: today))
    else { return try await again(request, chosen, .notice, checker) }
    return try await work(request, chosen, .notice, checker, done: ("已给", "件送达告知。")) {
      tx, worked, editor in
      if worked.record.route != route {
        return "处理途径是“\(worked.record.route?.title ?? "未定")”，与这份告知不同"
      }
      guard let transition = worked.transition(.serveNotice) else { return "现在不能送达告知" }
      if let missing = worked.missing(.serveNotice, on: today).first { return missing }
      let rules = worked.rules(on: today)
      let days = values.days
      let problem = days.sorted { $0.key.rawValue < $1.key.rawValue }.lazy
        .compactMap { rules.problem($0.key, $0.value, with: days) }.first
      if let problem { return problem }
      try CaseStepWriting(worked: worked, values: values, editor: editor).take(transition, tx)
      return nil
    }
  }

  // MARK: How

  private func work(
    _ request: WebRequest, _ chosen: CaseSelection, _ task: CaseTask, _ checker: FormChecker,
    done: (before: String, after: String),
    _ write: @escaping @Sendable (Transaction, WorkedCase, Editor) throws -> String?
  ) async throws -> WebResponse {
    let editor = Editor(
      principal: try request.principal, origin: try request.auditOrigin, now: request.now,
      keys: services.keys)
    let isWhole = checker.fields["left"] == "none"
    var checker = checker
    do {
      let result = try await services.databases.transaction(as: editor.principal, isLong: true) {
        tx in
        try tx.work(chosen, task, isWhole: isWhole) { try write(tx, $0, editor) }
      }
      return .redirect(
        to: Paths.deskCases.link,
        flash: "\(done.before) \(result.done.count) \(done.after)\(result.leftText)")
    } catch CaseChoiceProblem.left(let result) {
      checker.fail("left", "一件也没有办。\(result.leftText)")
      return try await again(request, chosen, task, checker)
    } catch CaseChoiceProblem.overtaken(let ids) {
      return try await page(
        request, chosen.ids, isWholeFilter: chosen.isWholeFilter, answered: (task, checker),
        overtaken: ids, status: .conflict)
    }
  }

  private func again(
    _ request: WebRequest, _ chosen: CaseSelection, _ task: CaseTask, _ checker: FormChecker
  ) async throws -> WebResponse {
    try await page(
      request, chosen.ids, isWholeFilter: chosen.isWholeFilter, answered: (task, checker),
      status: .unprocessableContent)
  }

  private func page(
    _ request: WebRequest, _ ids: [CaseID], isWholeFilter: Bool,
    answered: (task: CaseTask, checker: FormChecker)? = nil, overtaken: [CaseID] = [],
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let today = ShanghaiTime.day(of: request.now)
    let page = try await services.databases.read(as: try request.principal) { tx in
      CaseChoicePage(
        cases: try tx.all(chosenCases(ids)), isWholeFilter: isWholeFilter,
        colleagues: try tx.all(colleagues(who: .noteCases)), today: today, answered: answered,
        overtaken: Set(overtaken))
    }
    return try await services.deskPage(
      request, title: "处理所选的问题", lead: "一起交办，或者一起送达告知；每一件都有自己的办理记录。",
      breadcrumbs: [("问题（整改）清单", Paths.deskCases.link)], status: status,
      page.html(csrf: request.csrf))
  }
}

/// What a notice asks for; the same for every case of a route.
func noticeFields(_ route: CaseRoute) -> [CaseField] {
  CaseStepTable.fields(.serveNotice, ground: .of(.sublet), route: route)
}
