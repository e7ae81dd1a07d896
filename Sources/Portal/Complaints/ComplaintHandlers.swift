import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// Reporting, as a citizen does it: the form, the receipt, the key to check it with.
struct ComplaintHandlers: Sendable {
  let services: Services
  let photos: PhotoCleaner
  let limits: FloodLimits

  func newComplaint(_ request: WebRequest) async throws -> WebResponse {
    try await formPage(request, FormView(), submission: Submission())
  }

  func createComplaint(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    var form = ComplaintForm(public: upload.fields)
    let files = upload.files(ComplaintPhotos.field)
    if let seconds = waitingTime(request, files) {
      form.checker.askForPhotosAgain(files.count)
      return try await formPage(request, form, status: .tooManyRequests, wait: seconds)
    }
    // A retry after a lost answer need not decode its photos again.
    if !files.isEmpty, try await isStored(form.submission) {
      return try receiptRedirect(request, form.submission)
    }
    let photos = try await photos.checked(of: upload, in: &form.checker)
    let site = try await services.site.current()
    guard let filing = form.filing(photos: photos, area: site.area) else {
      form.checker.askForPhotosAgain(files.count)
      return try await formPage(request, form, status: .unprocessableContent)
    }
    switch try await store(filing, at: request.now) {
    case .stored, .repeated(sameContent: true):
      return try receiptRedirect(request, form.submission)
    case .repeated(sameContent: false):
      return try receiptRedirect(
        request, form.submission,
        flash: "这张表之前已经提交成功，下面是那一次的回执。改动后的内容没有保存；要补充请用查询码留言，要举报另一件事请重新填表。")
    case .unknownEstate:
      form.checker.fail("estate", "列表里没有这个小区（项目），请重新选择，或选“不在列表中”")
      form.checker.askForPhotosAgain(files.count)
      return try await formPage(request, form, status: .unprocessableContent)
    }
  }

  func showReceipt(_ request: WebRequest) async throws -> WebResponse {
    guard let content = SealedTicket.receipt.content(of: request, keys: services.keys),
      let submission = Submission(bytes: content)
    else { return page(request, ReceiptGonePage().html) }
    let code = try services.keys.followUpCode(of: submission)
    let submissionHash = services.keys.hash(submission)
    let receipt = try await services.databases.readAsCitizen(followUp: services.keys.hash(code)) {
      tx in try tx.first(receiptOfForm(submissionHash))
    }
    guard let receipt else { return page(request, ReceiptGonePage().html) }
    return page(request, ReceiptPage(receipt: receipt, code: code).html)
      .settingCookie(SealedTicket.receipt.forgotten)
  }

  func showReceiptKey(_ request: WebRequest) async throws -> WebResponse {
    let keys = services.keys
    return .bytes(
      Array(ReceiptKeys.pem(keys.publicKeys, current: keys.signingKeyID).utf8),
      type: "application/x-pem-file", filename: "receipt-key.pem")
  }

  private func page(_ request: WebRequest, _ body: HTML) -> WebResponse {
    var response = services.publicPage(request, title: "举报回执", door: .report, body)
    response.headers[.cacheControl] = "no-store"
    return response
  }

  private func waitingTime(_ request: WebRequest, _ files: [UploadedFile]) -> Int? {
    let address = request.clientAddress
    return limits.waitForComplaint(from: address, now: request.now)
      ?? limits.waitForPhotos(sizes: files.map(\.size), from: address, now: request.now)
  }

  private func isStored(_ submission: Submission) async throws -> Bool {
    let keys = services.keys
    let code = try keys.followUpCode(of: submission)
    return try await services.databases.readAsCitizen(followUp: keys.hash(code)) { tx in
      try tx.first(receiptOfForm(keys.hash(submission))) != nil
    }
  }

  /// The transaction acts under the code that the complaint will have, so that a form stored
  /// before is seen, and nothing else is.
  private func store(_ filing: ComplaintFiling, at now: Date) async throws -> FilingOutcome {
    let keys = services.keys
    let code = try keys.followUpCode(of: filing.submission)
    return try await services.databases.transactionAsCitizen(followUp: keys.hash(code)) { tx in
      try tx.file(filing, keys: keys, at: now, by: .citizen(area: filing.area, at: now))
    }
  }

  private func receiptRedirect(
    _ request: WebRequest, _ submission: Submission, flash: String? = nil
  ) throws -> WebResponse {
    let ticket = try SealedTicket.receipt.cookie(
      submission.bytes, keys: services.keys, now: request.now)
    return WebResponse.redirect(to: Paths.complaintReceipt.link, flash: flash)
      .settingCookie(ticket)
  }

  private func formPage(
    _ request: WebRequest, _ form: ComplaintForm, status: HTTPResponse.Status, wait: Int? = nil
  ) async throws -> WebResponse {
    try await formPage(
      request, FormView(form.checker), submission: form.submission, status: status, wait: wait)
  }

  private func formPage(
    _ request: WebRequest, _ view: FormView, submission: Submission,
    status: HTTPResponse.Status = .ok, wait: Int? = nil
  ) async throws -> WebResponse {
    let site = try await services.site.current()
    let estates = try await services.databases.readAsCitizen { tx in
      try tx.all(complaintEstates(in: site.area))
    }
    let body = ComplaintFormPage(
      view: view, estates: estates, submission: submission, csrf: request.csrf, wait: wait)
    var response = services.publicPage(
      request, title: "我要举报", door: .report, status: status, body.html)
    if let wait { response.headers[.retryAfter] = String(wait) }
    return response
  }
}
