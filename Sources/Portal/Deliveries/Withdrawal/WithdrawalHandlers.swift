import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Reviews
import Web

/// A wrong delivery is withdrawn: one person asks, with the reason, and another agrees.
struct WithdrawalHandlers: Sendable {
  let services: Services
  /// What follows from answers that leave force: the rules look at their households again.
  let deliveryDone: DeliveryDone

  /// `GET /desk/deliveries/:id/withdrawal`
  func showWithdrawal(_ request: WebRequest, id: DeliveryID) async throws -> WebResponse {
    try await page(request, id, FormView(), status: .ok)
  }

  /// `POST /desk/deliveries/:id/withdrawal`
  func askWithdrawal(
    _ request: WebRequest, id: DeliveryID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await step(request, id, fields) { checker in
      guard let reason = checker.text("reason", "撤回原因", max: 300, min: 2) else { return nil }
      return ("已申请撤回，等待另一人决定。", { steps, tx in try steps.ask(reason, tx) })
    }
  }

  /// `POST /desk/deliveries/:id/withdrawal/decision`
  func decideWithdrawal(
    _ request: WebRequest, id: DeliveryID, _ fields: FormFields
  ) async throws -> WebResponse {
    guard fields["decision"] != "decline" else {
      return try await step(request, id, fields) { checker in
        guard let note = checker.text("note", "不同意的原因", max: 300, min: 2) else { return nil }
        return ("没有撤回，这次报送仍然有效。", { steps, tx in try steps.decline(note: note, tx) })
      }
    }
    guard fields["decision"] == "approve" else { throw WebError.badRequest("请选择同意或者不同意撤回。") }
    let version = try EditBase(fields).version
    let answer = try await step(request, id, fields) { checker in
      let note = checker.text("note", "说明", max: 300, min: 2, required: false)
      guard checker.isValid else { return nil }
      return (
        "已撤回：它的答复不再有效，疑点正在按现在的答复重新核对。",
        { steps, tx in try steps.approve(version: version, note: note, tx) }
      )
    }
    if answer.status == .seeOther { await deliveryDone(id, try request.principal) }
    return answer
  }

  private typealias Step = @Sendable (WithdrawalSteps, Transaction) throws -> Void

  private func step(
    _ request: WebRequest, _ id: DeliveryID, _ fields: FormFields,
    _ read: (inout FormChecker) -> (flash: String, body: Step)?
  ) async throws -> WebResponse {
    let principal = try request.principal
    let isThere = try await services.databases.read(as: principal) { tx in
      try tx.first(deliveryRecord(id)) != nil
    }
    guard isThere else { throw WebError.notFound }
    var checker = FormChecker(fields)
    guard let (flash, body) = read(&checker) else {
      return try await page(request, id, FormView(checker), status: .unprocessableContent)
    }
    let steps = WithdrawalSteps(id: id, actor: try request.actingPerson)
    do {
      try await services.databases.transaction(as: principal, isLong: true) { tx in
        try body(steps, tx)
      }
    } catch let refusal as WithdrawalRefusal {
      return try await page(
        request, id, FormView(checker), refusal: refusal.description, status: .conflict)
    }
    return .redirect(to: Paths.deskDelivery.link(id), flash: flash)
  }

  private func page(
    _ request: WebRequest, _ id: DeliveryID, _ view: FormView, refusal: String? = nil,
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let principal = try request.principal
    let page = try await services.databases.read(as: principal) { tx in
      guard let record = try tx.first(deliveryRecord(id)) else { throw WebError.notFound }
      return WithdrawalPage(
        record: record, withdrawals: try tx.all(withdrawals(of: id)),
        effect: record.state == .done
          ? try tx.one(withdrawalEffect(of: try tx.one(deliveryHead(id)))) : nil,
        principal: principal, view: view, refusal: refusal)
    }
    return try await services.deskPage(
      request, title: "撤回报送", lead: "报错了的数据可以撤回：一人申请，另一人同意，其中一人是县住建局负责人。",
      breadcrumbs: [
        deliveriesCrumb,
        ("\(page.record.type.title) \(page.record.id)", Paths.deskDelivery.link(id)),
      ], status: status, page.html(csrf: request.csrf))
  }
}
