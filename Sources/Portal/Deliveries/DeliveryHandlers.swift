import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Reviews
import Spreadsheet
import Web

/// 数据报送: what bureaus have delivered, sending an extract in, and one delivery from the matching to its
/// coming into force.
struct DeliveryHandlers: Sendable {
  /// Room for the register of a bureau as a CSV file.
  static let uploadLimits = UploadLimits(files: 1, fileBytes: 1 << 30, excess: .report)

  let services: Services
  let jobs: JobRunner

  func listDeliveries(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, DeliveryList(asked: ListRequest(request)))
  }

  // MARK: Sending in

  func newDelivery(_ request: WebRequest) async throws -> WebResponse {
    try await form(request, FormView(), status: .ok)
  }

  private func form(
    _ request: WebRequest, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let principal = try request.principal
    guard let bureau = principal.role.bureau else { throw WebError.forbidden }
    let rounds = try await services.databases.read(as: principal) { tx in
      try tx.all(openRounds(overlapping: principal.area))
    }
    return try await services.deskPage(
      request, title: "报送登记数据", lead: "上传本单位登记的数据，由门户与在保家庭比对。",
      breadcrumbs: [deliveriesCrumb], status: status,
      DeliveryFormPage(
        bureau: bureau, rounds: rounds, today: ShanghaiTime.day(of: request.now), view: view,
        csrf: request.csrf
      ).html)
  }

  func createDelivery(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    var checker = FormChecker(upload.fields)
    let type = checker.ownCheckType(try request.principal, among: \.sources)
    let today = ShanghaiTime.day(of: request.now)
    let asOf = checker.asOf(today: today, required: true)
    let round = checker.round()
    let file = checker.deliveredFile(upload)
    guard checker.isValid, let type, let asOf, let file else {
      return try await form(request, FormView(checker), status: .unprocessableContent)
    }
    let terms = DeliveryTerms(
      type: type, way: .extract, asOf: asOf, isComplete: checker.isChecked("complete"), round: round
    )
    switch try await DeliveryIntake(databases: services.databases, jobs: jobs).takeIn(
      file, terms, request, &checker)
    {
    case let taken?: return Self.answer(taken)
    case nil: return try await form(request, FormView(checker), status: .unprocessableContent)
    }
  }

  static func answer(_ taken: DeliveryIntake.Taken) -> WebResponse {
    .redirect(
      to: Paths.deskDelivery.link(taken.id),
      flash: taken.isKnown ? "这份文件已经报送过，就是这一次；没有再比对一遍。" : nil)
  }

  // MARK: One delivery

  func showDelivery(_ request: WebRequest, id: DeliveryID) async throws -> WebResponse {
    try await show(request, id, FormView(), refusal: nil)
  }

  private func show(
    _ request: WebRequest, _ id: DeliveryID, _ view: FormView, refusal: String?,
    status: HTTPResponse.Status = .ok
  ) async throws -> WebResponse {
    let principal = try request.principal
    let page = try await services.databases.read(as: principal) { tx in
      guard let record = try tx.first(deliveryRecord(id)) else { throw WebError.notFound }
      let isOwn = record.isOwn(principal)
      return DeliveryShowPage(
        record: record, isOwn: isOwn, causes: try tx.all(deliveryCauses(id)),
        problems: isOwn
          ? try tx.all(deliveryProblems(id, limit: DeliveryShowPage.problemsShown)) : [],
        changes: try tx.all(deliveryChanges(id, limit: DeliveryShowPage.changesShown)),
        undecided: try tx.one(undecidedRows(of: id)), withdrawals: try tx.all(withdrawals(of: id)),
        mayWithdraw: record.mayAskWithdrawal(principal), refusal: refusal, view: view)
    }
    return try await services.deskPage(
      request, title: "\(page.record.type.title)：\(page.record.fileName ?? page.record.way.title)",
      lead:
        "\(page.record.type.bureau.title) · \(page.record.way.title) · \(page.record.state.title)",
      breadcrumbs: [deliveriesCrumb], status: status, page.html(csrf: request.csrf))
  }

  func listProblems(_ request: WebRequest, id: DeliveryID) async throws -> WebResponse {
    let code = request.query["cause"].flatMap { $0.isEmpty ? nil : $0 }
    let after = request.query["after"].flatMap { Int64($0) } ?? 0
    let principal = try request.principal
    let page = try await services.databases.read(as: principal) { tx in
      guard let record = try tx.first(deliveryRecord(id)) else { throw WebError.notFound }
      return DeliveryProblemsPage(
        record: record, causes: try tx.all(deliveryCauses(id)), code: code, isFirst: after == 0,
        found: record.isOwn(principal)
          ? try tx.all(
            deliveryProblems(
              id, code: code, after: after, limit: DeliveryProblemsPage.perPage + 1)) : [])
    }
    return try await services.deskPage(
      request, title: "问题清单", lead: "哪一行、哪一列、为什么、怎么改。逐行内容只有报送单位看得到。",
      breadcrumbs: [deliveriesCrumb, crumb(page.record)], page.html)
  }

  func listChanges(_ request: WebRequest, id: DeliveryID) async throws -> WebResponse {
    let (record, changes) = try await services.databases.read(as: try request.principal) { tx in
      guard let record = try tx.first(deliveryRecord(id)) else { throw WebError.notFound }
      return (record, try tx.all(deliveryChanges(id, limit: DeliveryChange.kept)))
    }
    if let format = try request.exportFormat {
      let list = ListExport(
        "与以前答复的差异", of: "deliveries", columns: { deliveryChangeColumns }, rows: changes)
      return try await services.export(list, as: format, request)
    }
    return try await services.deskPage(
      request, title: "与以前答复的差异", lead: "同一项核查，本单位以前的答复和这次报送的不同。",
      breadcrumbs: [deliveriesCrumb, crumb(record)],
      actions: exportLinks(Paths.deskDeliveryChanges.link(id)), changesTable(changes))
  }

  // MARK: Steps

  func confirmDelivery(
    _ request: WebRequest, id: DeliveryID, _ fields: FormFields
  ) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let reason = checker.text("reason", "原因", max: 300, min: 2, required: false)
    guard checker.isValid else {
      return try await show(
        request, id, FormView(checker), refusal: nil, status: .unprocessableContent)
    }
    let version = try EditBase(fields).version
    do {
      try await steps(request, id).confirm(version: version, reason: reason)
    } catch DeliveryRefusal.reasonNeeded(let count) {
      checker.fail("reason", DeliveryRefusal.reasonNeeded(count).description)
      return try await show(
        request, id, FormView(checker), refusal: nil, status: .unprocessableContent)
    } catch let refusal as DeliveryRefusal {
      return try await show(
        request, id, FormView(checker), refusal: refusal.description, status: .conflict)
    }
    return .redirect(to: Paths.deskDelivery.link(id))
  }

  func cancelDelivery(
    _ request: WebRequest, id: DeliveryID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await step(request, id, flash: "已放弃，没有留下任何数据") { try await $0.cancel() }
  }

  func assessDelivery(
    _ request: WebRequest, id: DeliveryID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await step(request, id, flash: nil) { try await $0.assess() }
  }

  private func step(
    _ request: WebRequest, _ id: DeliveryID, flash: String?,
    _ body: (DeliverySteps) async throws -> Void
  ) async throws -> WebResponse {
    do {
      try await body(try steps(request, id))
    } catch let refusal as DeliveryRefusal {
      return try await show(
        request, id, FormView(), refusal: refusal.description, status: .conflict)
    }
    return .redirect(to: Paths.deskDelivery.link(id), flash: flash)
  }

  private func steps(_ request: WebRequest, _ id: DeliveryID) throws -> DeliverySteps {
    DeliverySteps(
      id, databases: services.databases, jobs: jobs, as: try request.principal,
      by: try request.auditOrigin, at: request.now)
  }

  private func crumb(_ record: DeliveryRecord) -> (String, Link) {
    ("\(record.type.title) \(record.id)", Paths.deskDelivery.link(record.id))
  }
}

let deliveriesCrumb = ("数据报送", Paths.deskDeliveries.link)
