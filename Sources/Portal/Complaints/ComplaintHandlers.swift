import Domain
import Files
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
    let files = upload.files(ComplaintPhotos.field).count
    let sent = try await photos.sent(in: upload, from: request.clientAddress, &form.checker)
    let site = try await services.site.current()
    guard let filing = form.filing(photos: sent, area: site.area) else {
      form.checker.askForPhotosAgain(files)
      return try await formPage(request, form, status: .unprocessableContent)
    }
    let standing = try await standing(of: filing)
    if !standing.isStored {
      standing.report(to: &form.checker)
      guard form.checker.isValid else {
        form.checker.askForPhotosAgain(files)
        return try await formPage(request, form, status: .unprocessableContent)
      }
      // Only what could be stored is counted.
      if let demand = unmetDemand(request, upload, form.submission) {
        if files > 0 { form.checker.fail(ComplaintPhotos.field, ComplaintPhotos.again(files)) }
        return try await formPage(request, form, status: .tooManyRequests, demand: demand)
      }
    }
    switch try await store(filing, at: request.now) {
    case .stored, .repeated(sameContent: true):
      return try receiptRedirect(request, form.submission)
    case .repeated(sameContent: false):
      return try receiptRedirect(
        request, form.submission,
        flash: "这张表之前已经提交成功，下面是那一次的回执。改动后的内容没有保存；要补充请用查询码留言，要举报另一件事请重新填表。")
    case .unknownEstate:
      form.checker.failUnknownEstate()
      form.checker.askForPhotosAgain(files)
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

  /// What has to be done for the report first and was not done.
  private func unmetDemand(
    _ request: WebRequest, _ upload: Upload, _ submission: Submission
  ) -> WorkDemand? {
    let sizes = upload.files(ComplaintPhotos.field).map(\.size)
    guard
      let demand = limits.demand(
        photoSizes: sizes, from: request.clientAddress, now: request.now)
    else { return nil }
    let ticket = ticket(upload.fields, submission, request)
    let answer = upload.fields[WorkTicket.answerField]
    return ticket.meets(demand, answer: answer, now: request.now) ? nil : demand
  }

  private func ticket(
    _ fields: FormFields, _ submission: Submission, _ request: WebRequest
  ) -> WorkTicket {
    WorkTicket(
      typed: fields[WorkTicket.field], for: submission, keys: services.keys, now: request.now)
  }

  /// What the database knows of a form before it is counted and stored.
  private func standing(of filing: ComplaintFiling) async throws -> FilingStanding {
    let keys = services.keys
    let code = try keys.followUpCode(of: filing.submission)
    return try await services.databases.readAsCitizen(followUp: keys.hash(code)) { tx in
      try tx.standing(of: filing, keys: keys)
    }
  }

  /// The transaction acts under the code that the complaint will have, so that a form stored
  /// before is seen, and nothing else is.
  private func store(_ filing: ComplaintFiling, at now: Date) async throws -> FilingOutcome {
    let keys = services.keys
    let code = try keys.followUpCode(of: filing.submission)
    return try await services.databases.transactionAsCitizen(
      followUp: keys.hash(code), isLarge: !filing.photos.files.isEmpty
    ) { tx in
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
    _ request: WebRequest, _ form: ComplaintForm, status: HTTPResponse.Status,
    demand: WorkDemand? = nil
  ) async throws -> WebResponse {
    try await formPage(
      request, FormView(form.checker), submission: form.submission, status: status, demand: demand)
  }

  private func formPage(
    _ request: WebRequest, _ view: FormView, submission: Submission,
    status: HTTPResponse.Status = .ok, demand: WorkDemand? = nil
  ) async throws -> WebResponse {
    let site = try await services.site.current()
    let estates = try await services.databases.readAsCitizen { tx in
      try tx.all(complaintEstates(in: site.area))
    }
    let (ticket, now) = (ticket(view.fields, submission, request), request.now)
    let foreseen = demand ?? limits.foreseenDemand(from: request.clientAddress, now: now)
    let body = ComplaintFormPage(
      view: view, estates: estates, submission: submission, csrf: request.csrf, ticket: ticket,
      bits: foreseen?.bits, wait: demand.map { ticket.secondsLeft(of: $0, now: now) })
    var response = services.publicPage(
      request, title: "我要举报", door: .report, status: status, body.html)
    if let wait = body.wait { response.headers[.retryAfter] = String(max(1, wait)) }
    return response
  }
}
