import Domain
import Files
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// Complaints on the desk: the list, one complaint, and every step that is taken on it.
struct ComplaintDeskHandlers: Sendable {
  let services: Services
  let cases: ComplaintCasePart

  func listComplaints(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, ComplaintList(asked: ListRequest(request, among: [])))
  }

  func showComplaint(_ request: WebRequest, _ id: ComplaintID) async throws -> WebResponse {
    try await detailPage(request, id)
  }

  func showPhoto(_ request: WebRequest, _ id: FileID) async throws -> WebResponse {
    let keys = services.keys
    let jpeg = try await services.databases.read(as: try request.principal) { tx in
      try tx.cleanPhoto(id, keys: keys)
    }
    guard let jpeg else { throw WebError.notFound }
    return .picture(jpeg)
  }

  // MARK: Steps

  func acceptComplaint(
    _ request: WebRequest, _ id: ComplaintID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await take(.accept, request, id, fields)
  }

  func declineComplaint(
    _ request: WebRequest, _ id: ComplaintID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await take(.decline, request, id, fields)
  }

  func finishComplaint(
    _ request: WebRequest, _ id: ComplaintID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await take(.finish, request, id, fields)
  }

  func reopenComplaint(
    _ request: WebRequest, _ id: ComplaintID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await take(.reopen, request, id, fields)
  }

  func assignComplaint(
    _ request: WebRequest, _ id: ComplaintID, _ fields: FormFields
  ) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let version = try EditBase(fields, incomplete: Self.incomplete).version
    let account = checker.value("assignee", "经办人", message: "请选择经办人") { AccountID($0) }
    let known = try await services.databases.read(as: try request.principal) { tx in
      try tx.all(colleagues(who: .handleComplaints))
    }
    let colleague = known.first { $0.id == account }
    if account != nil, colleague == nil {
      checker.fail("assignee", "这个人现在不能办理投诉举报，请另选一位")
    }
    guard checker.isValid, let colleague else {
      return try await detailPage(
        request, id, failed: (.assign, checker), status: .unprocessableContent)
    }
    let change = ComplaintChange(
      complaint: id, version: version, kind: .assignment(to: colleague))
    return try await apply(change, request, typed: nil, done: "已交给\(colleague.name)。")
  }

  private func take(
    _ action: ComplaintAction, _ request: WebRequest, _ id: ComplaintID, _ fields: FormFields
  ) async throws -> WebResponse {
    guard
      let transition = ComplaintWorkflow.transitions.first(where: {
        $0.action == action && $0.from.rawValue == (fields["from"] ?? "")
      })
    else { throw WebError.badRequest(Self.incomplete) }
    try request.demand(transition.permission)
    let version = try EditBase(fields, incomplete: Self.incomplete).version
    var checker = FormChecker(fields)
    let text = transition.requiredText.flatMap { label in
      checker.stored(
        checker.paragraph("text", label, max: 2_000), "text", label, most: 5_000)
    }
    guard checker.isValid else {
      return try await detailPage(
        request, id, failed: (.step(action), checker), status: .unprocessableContent)
    }
    let change = ComplaintChange(
      complaint: id, version: version, kind: .step(transition, text: text))
    return try await apply(change, request, typed: text, done: "已\(action.doneWords)。")
  }

  private func apply(
    _ change: ComplaintChange, _ request: WebRequest, typed: String?, done: String
  ) async throws -> WebResponse {
    let actor = try request.actingPerson
    do {
      try await services.databases.transaction(as: actor.principal) { tx in
        try tx.apply(change, by: actor)
      }
    } catch let late as StepOvertaken {
      throw WebError.conflict(
        complaintConflict(change.complaint, events: late.since, typed: typed))
    }
    return .redirect(to: Paths.deskComplaint.link(change.complaint), flash: done)
  }

  private static let incomplete = "页面内容不完整，请回到这件举报重新操作。"

  // MARK: Messages

  func postMessage(
    _ request: WebRequest, _ id: ComplaintID, _ fields: FormFields
  ) async throws -> WebResponse {
    var checker = FormChecker(fields)
    guard let body = checker.message("body", "给举报人的留言"), checker.isValid else {
      return try await detailPage(
        request, id, failed: (.message, checker), status: .unprocessableContent)
    }
    let (principal, origin, now) = (try request.principal, try request.auditOrigin, request.now)
    let hash = services.keys.hash(Submission(typed: fields[Submission.field]))
    try await services.databases.transaction(as: principal) { tx in
      guard try tx.first(complaintDetail(id)) != nil else { throw WebError.notFound }
      let isNew = try tx.storeMessage(
        body, on: id, by: principal.displayName, at: now, submissionHash: hash)
      guard isNew else { return }
      try tx.audit(
        AuditEvent(action: .addComplaintMessage, entity: "complaints", entityID: id.description),
        by: origin)
    }
    return .redirect(
      to: Paths.deskComplaint.link(id).fragment("messages"), flash: "留言已发出，举报人凭查询码可以看到。")
  }

  // MARK: The page

  private func detailPage(
    _ request: WebRequest, _ id: ComplaintID, failed: (ComplaintTask, FormChecker)? = nil,
    status: HTTPResponse.Status = .ok
  ) async throws -> WebResponse {
    let principal = try request.principal
    let seen = try await services.databases.read(as: principal) { [cases] tx in
      guard let detail = try tx.first(complaintDetail(id)) else { throw WebError.notFound }
      return ComplaintView(
        detail: detail, photos: try tx.all(photos(of: id)),
        messages: try tx.all(complaintMessages(of: id)),
        events: try tx.all(complaintSteps.events(of: id)),
        colleagues: try tx.all(colleagues(who: .handleComplaints)),
        cases: try cases.read(tx, try tx.found(complaintBrief(id)), principal))
    }
    let page = ComplaintShowPage(
      seen: seen, principal: principal, csrf: request.csrf, failed: failed,
      today: ShanghaiTime.day(of: request.now))
    return try await services.deskPage(
      request, title: "举报 \(seen.detail.number)",
      lead: seen.detail.kind.title + " · "
        + complaintPlace(estate: seen.detail.estate, address: seen.detail.address),
      breadcrumbs: [("投诉举报", Paths.deskComplaints.link)], status: status, page.html)
  }
}

extension ComplaintAction {
  /// What has been done, after 已.
  fileprivate var doneWords: String {
    switch self {
    case .accept: "受理"
    case .decline: "答复不予受理"
    case .finish: "办结，举报人凭查询码可以看到结果"
    case .reopen: "重新办理"
    }
  }
}
