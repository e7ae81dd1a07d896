import Domain
import Files
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// Following a complaint with its code. The code is typed once; after that a sealed cookie holds
/// it for half an hour, so that it stands in no address and no log.
struct ComplaintTrackHandlers: Sendable {
  let services: Services
  let photos: PhotoCleaner
  let limits: FloodLimits

  func showTracking(_ request: WebRequest) async throws -> WebResponse {
    guard let code = presentedCode(request), let seen = try await complaint(code) else {
      return codePage(request, FormView())
    }
    return try statusPage(request, code, seen)
  }

  func openTracking(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    guard let typed = checker.text("code", "查询码", max: 60) else {
      return codePage(request, FormView(checker), status: .unprocessableContent)
    }
    let code: FollowUpCode
    do {
      code = try FollowUpCode(typed: typed)
    } catch {
      checker.fail("code", "\(error)")
      return codePage(request, FormView(checker), status: .unprocessableContent)
    }
    guard let seen = try await complaint(code) else {
      return unknownCode(request, checker)
    }
    // A message whose page had timed out comes along, and is offered again.
    if let draft = fields["body"], !draft.isEmpty {
      return try statusPage(
        request, code, seen,
        message: FormView(FormFields().adding("body", draft), idPrefix: "message-"))
    }
    return .redirect(to: Paths.complaintTrack.link).settingCookie(try ticket(code, request))
  }

  func closeTracking(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    .redirect(to: Paths.complaintTrack.link, flash: "已退出查询。")
      .settingCookie(SealedTicket.tracking.forgotten)
  }

  func showPhoto(_ request: WebRequest, _ id: FileID) async throws -> WebResponse {
    let keys = services.keys
    guard let code = presentedCode(request),
      let jpeg = try await services.databases.readAsCitizen(
        followUp: keys.hash(code), { tx in try tx.cleanPhoto(id, keys: keys) })
    else { throw WebError.notFound }
    return .picture(jpeg)
  }

  // MARK: Adding

  func postMessage(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    guard let code = presentedCode(request), let seen = try await complaint(code) else {
      return codePage(request, FormView(fields), status: .unprocessableContent, isTimedOut: true)
    }
    var checker = FormChecker(fields)
    let body = checker.message()
    if body != nil,
      let seconds = limits.waitForAddition(to: seen.complaint.id, now: request.now)
    {
      checker.fail("body", tooOften(seconds))
    }
    guard checker.isValid, let body else {
      return try statusPage(
        request, code, seen, message: FormView(checker, idPrefix: "message-"),
        status: .unprocessableContent)
    }
    try await storeMessage(body, Submission(typed: fields[Submission.field]), code, seen, request)
    return .redirect(to: Paths.complaintTrack.link, flash: "留言已送达。")
  }

  func addPhotos(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    guard let code = presentedCode(request), let seen = try await complaint(code) else {
      return codePage(request, FormView(), status: .unprocessableContent, isTimedOut: true)
    }
    var checker = FormChecker(upload.fields)
    let sent = try await sentPhotos(request, upload, &checker, seen)
    if checker.isValid {
      switch try await storePhotos(sent, code, seen, request) {
      case .stored:
        return .redirect(to: Paths.complaintTrack.link, flash: "照片已收到，正在处理，稍后可以看到。")
      case .repeated:
        return .redirect(to: Paths.complaintTrack.link, flash: "这些照片之前已经收到。")
      case .noRoom: checker.fail(ComplaintPhotos.field, ComplaintPhotos.noRoom)
      case .tooMany(let left):
        checker.fail(
          ComplaintPhotos.field,
          left == 0 ? "照片已满 \(ComplaintPhotos.most) 张，不能再补" : "最多还能补 \(left) 张，请减少后重新选择")
      }
    }
    return try statusPage(
      request, code, seen, photos: FormView(checker, idPrefix: "photo-"),
      status: .unprocessableContent)
  }

  private func sentPhotos(
    _ request: WebRequest, _ upload: Upload, _ checker: inout FormChecker, _ seen: TrackedView
  ) async throws -> SentFiles {
    let files = upload.files(ComplaintPhotos.field)
    let sent = try await photos.sent(in: upload, from: request.clientAddress, &checker)
    if files.isEmpty, upload.problems.isEmpty {
      checker.fail(ComplaintPhotos.field, "请先选择照片")
    }
    // Only what could be stored is counted.
    if checker.isValid,
      let seconds = limits.waitForAddition(
        to: seen.complaint.id, now: request.now)
        ?? limits.waitForPhotos(
          sizes: files.map(\.size), from: request.clientAddress, now: request.now)
    {
      checker.fail(ComplaintPhotos.field, tooOften(seconds))
    }
    return sent
  }

  private func storeMessage(
    _ body: String, _ submission: Submission, _ code: FollowUpCode, _ seen: TrackedView,
    _ request: WebRequest
  ) async throws {
    let (keys, id) = (services.keys, seen.complaint.id)
    let origin = AuditOrigin.citizen(area: seen.complaint.area, at: request.now)
    let time = ShanghaiTime.truncatedToHour(request.now)
    try await services.databases.transactionAsCitizen(followUp: keys.hash(code)) { tx in
      let isNew = try tx.storeMessage(
        body, on: id, by: nil, at: time, submissionHash: keys.hash(submission))
      guard isNew else { return }
      try tx.audit(
        AuditEvent(action: .addComplaintMessage, entity: "complaints", entityID: id.description),
        by: origin)
    }
  }

  private func storePhotos(
    _ photos: SentFiles, _ code: FollowUpCode, _ seen: TrackedView, _ request: WebRequest
  ) async throws -> PhotoAddition {
    let (keys, id) = (services.keys, seen.complaint.id)
    let origin = AuditOrigin.citizen(area: seen.complaint.area, at: request.now)
    return try await services.databases.transactionAsCitizen(
      followUp: keys.hash(code), isLarge: true
    ) { tx in
      let addition = try tx.addPhotos(photos, to: id, keys: keys)
      if case .stored(let count) = addition {
        try tx.audit(
          AuditEvent(
            action: .addComplaintPhotos, entity: "complaints", entityID: id.description,
            after: ["photos": String(count)]), by: origin)
      }
      return addition
    }
  }

  // MARK: The code

  private func presentedCode(_ request: WebRequest) -> FollowUpCode? {
    guard let content = SealedTicket.tracking.content(of: request, keys: services.keys) else {
      return nil
    }
    return try? FollowUpCode(typed: String(decoding: content, as: UTF8.self))
  }

  private func ticket(_ code: FollowUpCode, _ request: WebRequest) throws -> Cookie {
    try SealedTicket.tracking.cookie(
      Array(code.digits.utf8), keys: services.keys, now: request.now)
  }

  private func complaint(_ code: FollowUpCode) async throws -> TrackedView? {
    let hash = services.keys.hash(code)
    return try await services.databases.readAsCitizen(followUp: hash) { tx in
      guard let complaint = try tx.first(trackedComplaint(hash)) else { return nil }
      return TrackedView(
        complaint: complaint, messages: try tx.all(complaintMessages(of: complaint.id)),
        photos: try tx.all(Complaints.photos(of: complaint.id)))
    }
  }

  private func unknownCode(_ request: WebRequest, _ checker: FormChecker) -> WebResponse {
    var checker = checker
    let seconds = limits.waitAfterWrongCode(from: request.clientAddress, now: request.now)
    if let seconds {
      checker.fail("code", "查询码不存在，而且试错太多次了。\(tooOften(seconds))")
    } else {
      checker.fail("code", "没有找到这个查询码对应的举报，请对照回执逐组核对")
    }
    var response = codePage(
      request, FormView(checker), status: seconds == nil ? .unprocessableContent : .tooManyRequests)
    if let seconds { response.headers[.retryAfter] = String(seconds) }
    return response
  }

  private func tooOften(_ seconds: Int) -> String {
    "提交太频繁，这次还没有保存，请等 \(max(1, (seconds + 59) / 60)) 分钟后再试"
  }

  // MARK: Pages

  private func codePage(
    _ request: WebRequest, _ view: FormView, status: HTTPResponse.Status = .ok,
    isTimedOut: Bool = false
  ) -> WebResponse {
    let body = TrackCodePage(view: view, csrf: request.csrf, isTimedOut: isTimedOut)
    return services.publicPage(
      request, title: "查询办理", door: .track, status: status, body.html)
  }

  /// The page renews the half hour.
  private func statusPage(
    _ request: WebRequest, _ code: FollowUpCode, _ seen: TrackedView,
    message: FormView = FormView(idPrefix: "message-"),
    photos: FormView = FormView(idPrefix: "photo-"), status: HTTPResponse.Status = .ok
  ) throws -> WebResponse {
    let body = TrackPage(
      seen: seen, message: message, photos: photos, csrf: request.csrf,
      submission: Submission(typed: message.fields[Submission.field]))
    return services.publicPage(
      request, title: "办理情况", door: .track, status: status, body.html
    ).settingCookie(try ticket(code, request))
  }
}

/// A complaint with all that its holder may see of it.
struct TrackedView: Sendable {
  let complaint: TrackedComplaint
  let messages: [ComplaintMessage]
  let photos: [StoredFile]
}
