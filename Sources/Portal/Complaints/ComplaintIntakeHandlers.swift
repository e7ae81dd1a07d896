import Domain
import Files
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// Complaints that arrive by phone, letter or visit: staff take them down, and the caller gets a
/// receipt too.
struct ComplaintIntakeHandlers: Sendable {
  let services: Services
  let photos: PhotoCleaner

  func newComplaint(_ request: WebRequest) async throws -> WebResponse {
    try await formPage(request, FormView(), submission: Submission())
  }

  func createComplaint(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    var form = ComplaintForm(desk: upload.fields)
    let files = upload.files(ComplaintPhotos.field).count
    let sent = try await photos.sent(in: upload, from: request.clientAddress, &form.checker)
    guard let filing = form.filing(photos: sent, area: try request.principal.area) else {
      form.checker.askForPhotosAgain(files)
      return try await formPage(request, form)
    }
    switch try await store(filing, request) {
    case .unknownEstate:
      form.checker.failUnknownEstate()
      form.checker.askForPhotosAgain(files)
      return try await formPage(request, form)
    case .stored, .repeated:
      let ticket = try SealedTicket.deskReceipt.cookie(
        form.submission.bytes, keys: services.keys, now: request.now)
      return WebResponse.redirect(to: Paths.deskComplaintReceipt.link).settingCookie(ticket)
    }
  }

  /// A sheet for the caller, with the code, once.
  func showReceipt(_ request: WebRequest) async throws -> WebResponse {
    guard let content = SealedTicket.deskReceipt.content(of: request, keys: services.keys),
      let submission = Submission(bytes: content),
      let receipt = try await storedReceipt(submission, request)
    else {
      return try await services.deskPage(
        request, title: "回执", lead: "查询码只显示一次。",
        breadcrumbs: [("投诉举报", Paths.deskComplaints.link)],
        emptyState(
          "这张回执已经显示过", hint: "查询码没有保存，无法再次打印。举报已经登记，可以在清单里看到。",
          action: buttonLink("投诉举报清单", Paths.deskComplaints.link)))
    }
    let code = try services.keys.followUpCode(of: submission)
    let site = services.site.settings(for: try request.principal)
    let sheet = PrintPage(
      title: "投诉举报回执", site: site,
      back: Paths.deskComplaints.link,
      body: receiptSheet(receipt, code),
      sealedBy: site.bureaus.first,
      day: ShanghaiTime.dateText(request.now))
    var response = WebResponse.page(sheet.html)
    response.headers[.cacheControl] = "no-store"
    return response.settingCookie(SealedTicket.deskReceipt.forgotten)
  }

  private func storedReceipt(
    _ submission: Submission, _ request: WebRequest
  ) async throws -> ComplaintReceipt? {
    let hash = services.keys.hash(submission)
    return try await services.databases.read(as: try request.principal) { tx in
      try tx.first(receiptOfForm(hash))
    }
  }

  private func store(
    _ filing: ComplaintFiling, _ request: WebRequest
  ) async throws -> FilingOutcome {
    let (keys, now, origin) = (services.keys, request.now, try request.auditOrigin)
    return try await services.databases.transaction(as: try request.principal) { tx in
      try tx.file(filing, keys: keys, at: now, by: origin)
    }
  }

  private func formPage(_ request: WebRequest, _ form: ComplaintForm) async throws -> WebResponse {
    try await formPage(
      request, FormView(form.checker), submission: form.submission, status: .unprocessableContent)
  }

  private func formPage(
    _ request: WebRequest, _ view: FormView, submission: Submission,
    status: HTTPResponse.Status = .ok
  ) async throws -> WebResponse {
    let principal = try request.principal
    let estates = try await services.databases.read(as: principal) { tx in
      try tx.all(complaintEstates(in: principal.area))
    }
    let page = ComplaintIntakePage(
      view: view, estates: estates, submission: submission, csrf: request.csrf)
    return try await services.deskPage(
      request, title: "登记来电来信来访", lead: "登记后给对方一张回执，上面有查询码。",
      breadcrumbs: [("投诉举报", Paths.deskComplaints.link)], status: status, page.html)
  }
}
