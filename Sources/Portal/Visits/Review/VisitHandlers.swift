import Clocks
import Domain
import Files
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Web

/// Visits on the desk: the list, one visit, and every step that is taken on it.
struct VisitHandlers: Sendable {
  let intake: VisitIntake
  let estates: EstateOverview

  private var services: Services { intake.services }

  /// `GET /desk/visits`
  func listVisits(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    return try await services.answer(
      request, VisitList(asked: ListRequest(request, among: estates)))
  }

  /// `GET /desk/visits/:id`
  func showVisit(_ request: WebRequest, _ id: VisitID) async throws -> WebResponse {
    try await page(request, id)
  }

  private func page(
    _ request: WebRequest, _ id: VisitID, failed: (VisitAction, FormChecker)? = nil,
    status: HTTPResponse.Status = .ok
  ) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let seen = try await services.databases.read(as: principal) { tx in
      try tx.visitSeen(id, keys: keys)
    }
    return try await services.deskPage(
      request,
      title: "走访 \(seen.visit.place.isEmpty ? seen.visit.householdNumber : seen.visit.place)",
      lead: "\(seen.visit.visitedOn.chinese) · \(seen.visit.state.title)",
      breadcrumbs: [("走访记录", Paths.deskVisits.link)], status: status,
      VisitShowPage(seen: seen, principal: principal, csrf: request.csrf, failed: failed).html)
  }

  // MARK: Steps

  /// `POST /desk/visits/:id/steps`
  func takeStep(
    _ request: WebRequest, _ id: VisitID, _ fields: FormFields
  ) async throws -> WebResponse {
    let found = VisitWorkflow.transitions.first {
      $0.action.rawValue == fields["action"] && $0.from.rawValue == fields["from"]
    }
    guard let transition = found else { throw WebError.badRequest(Self.incomplete) }
    try request.demand(transition.permission)
    let version = try EditBase(fields, incomplete: Self.incomplete).version
    var checker = FormChecker(fields)
    let text = transition.requiredText.flatMap {
      checker.stored(checker.paragraph("text", $0, max: 1_000), "text", $0, most: 1_000)
    }
    guard checker.isValid else {
      return try await page(
        request, id, failed: (transition.action, checker), status: .unprocessableContent)
    }
    let actor = try request.actingPerson
    let household = try await changing(id, typed: text) {
      try await services.databases.transaction(as: actor.principal) { tx in
        try tx.take(
          transition, of: id, version: version, text: text.map(Masking.withoutResidentIDs),
          by: actor)
      }
    }
    if transition.to == .void { await intake.visitsChanged([household], actor.principal) }
    return .redirect(to: Paths.deskVisit.link(id), flash: "已\(transition.action.title)。")
  }

  /// `POST /desk/visits/:id/confirmation`
  func confirmVisit(
    _ request: WebRequest, _ id: VisitID, _ fields: FormFields
  ) async throws -> WebResponse {
    let version = try EditBase(fields, incomplete: Self.incomplete).version
    let actor = try request.actingPerson
    try await changing(id, typed: nil) {
      try await services.databases.transaction(as: actor.principal) { tx in
        try tx.confirm(id, version: version, by: actor)
      }
    }
    return .redirect(to: Paths.deskVisit.link(id), flash: "已确认。")
  }

  private func changing<Value: Sendable>(
    _ id: VisitID, typed: String?, _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let late as StepOvertaken {
      throw WebError.conflict(visitConflict(id, events: late.since, typed: typed))
    } catch StepRefusal.samePerson {
      throw WebError.conflict("<p>参加走访的人不能审核自己的走访，请由其他人审核。</p>")
    } catch StepRefusal.notPermitted {
      throw WebError.conflict("<p>这一步现在不能由您来做：可能已经有人做过，或者要由参加走访的人来做。</p>")
    }
  }

  private static let incomplete = "页面内容不完整，请回到这次走访重新操作。"

  // MARK: Photos

  /// `POST /desk/visits/:id/photos`
  func addPhotos(
    _ request: WebRequest, _ id: VisitID, _ upload: Upload
  ) async throws -> WebResponse {
    let (actor, keys) = (try request.actingPerson, services.keys)
    var checker = FormChecker(upload.fields)
    let sent = try await VisitPhotos.intake.files(
      in: upload, from: request.clientAddress, with: intake.photos, &checker
    ) { index, _ in "第 \(index + 1) 张照片" }
    if sent.files.isEmpty, checker.isValid { checker.fail(VisitPhotos.field, "请先选择照片") }
    guard checker.isValid else {
      throw WebError.badRequest(
        checker.errors[VisitPhotos.field] ?? "照片没有保存，请回到这次走访重新选择。")
    }
    let stored = try await services.databases.transaction(as: actor.principal) { tx -> Int? in
      let visit = try tx.found(visitDetail(id))
      guard visit.state != .void else { throw WebError.conflict("<p>这次走访已经作废，不能再加照片。</p>") }
      guard try tx.hasRoom(for: sent.files.count, in: sent.queue) else { return nil }
      return try tx.storePhotos(
        sent, of: id, in: visit.area, as: .scene, by: actor, keys: keys)
    }
    guard let stored else { throw WebError.unavailable }
    let known = sent.files.count - stored
    return .redirect(
      to: Paths.deskVisit.link(id),
      flash: "已收到 \(stored) 张照片。" + (known > 0 ? "有 \(known) 张以前已经传过。" : ""))
  }

  /// `GET /desk/visit-files/:id`
  func showFile(_ request: WebRequest, _ id: FileID) async throws -> WebResponse {
    let keys = services.keys
    let (file, bytes) = try await services.databases.read(as: try request.principal) { tx in
      (try tx.found(listedFile(id, on: .visits)), try tx.cleanFile(id, on: .visits, keys: keys))
    }
    guard let bytes else {
      return try await services.deskPage(
        request, title: file.title, lead: file.kind.title,
        breadcrumbs: [("走访记录", Paths.deskVisits.link)], status: .accepted,
        emptyState("照片正在处理，请过一会儿再打开"))
    }
    return .file(bytes, file.type, name: file.title)
  }

  /// `GET /desk/visit-files/:id/thumbnail`
  func showThumbnail(_ request: WebRequest, _ id: FileID) async throws -> WebResponse {
    let keys = services.keys
    let jpeg = try await services.databases.read(as: try request.principal) { tx in
      try tx.thumbnail(id, on: .visits, keys: keys)
    }
    guard let jpeg else { throw WebError.notFound }
    return .picture(jpeg)
  }
}

/// What the page of a change that came too late says.
private func visitConflict(_ id: VisitID, events: [StepEvent], typed: String?) -> HTML {
  """
  <p>您打开页面以后，这次走访已有变化：</p>
  \(timeline(events.map(visitTimelineEvent)))
  \(ifLet: typed, { "<h2>您刚才填写的（没有保存）</h2><p class=\"typed-text\">\($0)</p>" })
  <p>\(buttonLink("查看最新情况", Paths.deskVisit.link(id)))</p>
  """
}

func visitTimelineEvent(_ event: StepEvent) -> TimelineEvent {
  let title =
    event.action == VisitAction.confirmation
    ? "同行人确认" : VisitAction(rawValue: event.action)?.title ?? event.action
  return TimelineEvent(
    time: ShanghaiTime.dateTimeText(event.at), title: title, actor: event.accountName,
    detail: event.note.map { "<p class=\"typed-text\">\($0)</p>" } ?? HTML())
}
