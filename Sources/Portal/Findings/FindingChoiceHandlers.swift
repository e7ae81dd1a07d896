import Campaigns
package import Domain
import Ground
import HTML
package import HTTPTypes
package import Pages
import Postgres
import Register
package import Web

/// Deciding on findings that somebody chose from the list: all of them or none.
package struct FindingChoiceHandlers: Sendable {
  package let services: Services

  package init(services: Services) {
    self.services = services
  }

  /// `GET /desk/findings/choice?finding=…&finding=…`
  func showChoice(_ request: WebRequest) async throws -> WebResponse {
    let ids = request.query.all("finding").prefix(FindingSelection.mostChosen)
      .compactMap { FindingID($0) }
    return try await page(request, ids, isWholeFilter: false, status: .ok)
  }

  /// `GET /desk/findings/all`: all that a filter of the list holds and nobody has decided.
  func showAll(
    _ request: WebRequest, _ asked: ListRequest<FindingFilter>
  ) async throws -> WebResponse {
    let ids = try await services.databases.read(as: try request.principal, planning: .search) {
      try $0.all(openFindings(asked, limit: FindingSelection.mostOfFilter + 1))
    }
    guard ids.count <= FindingSelection.mostOfFilter else {
      throw WebError.badRequest(
        "筛选出的疑点超过 \(grouped(FindingSelection.mostOfFilter)) 个，一次处理不了，请按规则、乡镇或项目再筛选。")
    }
    return try await page(request, ids, isWholeFilter: true, status: .ok)
  }

  /// `POST /desk/findings/dismissal`
  func dismissFindings(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let chosen = try FindingSelection(fields)
    var checker = FormChecker(fields)
    guard
      let reason = checker.column(
        "reason", FindingWorkflow[.open, .dismissed].requiredText ?? "", max: 500)
    else {
      return try await answer(request, chosen, .dismissal, checker, .unprocessableContent)
    }
    let actor = try request.actingPerson
    do {
      let done = try await services.databases.transaction(as: actor.principal) { tx in
        try tx.dismiss(chosen, reason: reason, by: actor)
      }
      return .redirect(
        to: Paths.deskFindings.link,
        flash: "已排除 \(grouped(done.lines.count)) 个疑点。\(done.leftText)")
    } catch let problem as DecisionProblem {
      return try await answer(request, chosen, .dismissal, checker, problem)
    }
  }

  /// The page again, with what stood in the way.
  package func answer(
    _ request: WebRequest, _ chosen: FindingSelection, _ decision: FindingDecision,
    _ checker: FormChecker, _ problem: DecisionProblem
  ) async throws -> WebResponse {
    switch problem {
    case .overtaken(let ids):
      try await page(
        request, chosen.ids, isWholeFilter: chosen.isWholeFilter, answered: (decision, checker),
        overtaken: ids, status: .conflict)
    case .notAlike: try await answer(request, chosen, decision, checker, .unprocessableContent)
    }
  }

  /// The page again, with what was wrong in the form.
  package func answer(
    _ request: WebRequest, _ chosen: FindingSelection, _ decision: FindingDecision,
    _ checker: FormChecker, _ status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await page(
      request, chosen.ids, isWholeFilter: chosen.isWholeFilter, answered: (decision, checker),
      status: status)
  }

  private func page(
    _ request: WebRequest, _ ids: [FindingID], isWholeFilter: Bool,
    answered: (decision: FindingDecision, checker: FormChecker)? = nil,
    overtaken: [FindingID] = [], status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let today = ShanghaiTime.day(of: request.now)
    let (lines, campaign) = try await services.databases.read(as: principal) { tx in
      (
        try tx.all(findingLines(ids)),
        try tx.all(currentCampaigns(for: principal.area)).first { $0.area.county != nil }
      )
    }
    let page = FindingChoicePage(
      lines: lines, isWholeFilter: isWholeFilter, keys: keys,
      dueOn: campaign.map { dueDay($0.clearBy, from: today) },
      answered: answered, overtaken: Set(overtaken),
      isOvertaken: status == .conflict)
    return try await services.deskPage(
      request, title: "处理疑点",
      lead: isWholeFilter
        ? "筛选出的一起处理；在此期间有了变化的留下，并告诉您是哪些。" : "所选的一起处理：要么全部处理，要么一个也不处理。",
      breadcrumbs: [("疑点", Paths.deskFindings.link)], status: status,
      page.html(csrf: request.csrf))
  }
}

/// When a case that is opened today is due: on the campaign's day, or in 30 days where that has passed.
package func dueDay(_ clearBy: Day, from today: Day) -> Day {
  clearBy >= today ? clearBy : today + 30
}
