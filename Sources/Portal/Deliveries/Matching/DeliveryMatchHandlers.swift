import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Reviews
import Web

/// Rows without an ID number, decided one by one.
struct DeliveryMatchHandlers: Sendable {
  let services: Services
  let jobs: JobRunner

  func showMatches(_ request: WebRequest, id: DeliveryID) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let page = try await services.databases.read(as: principal) { tx in
      guard let record = try tx.first(deliveryRecord(id)) else { throw WebError.notFound }
      let isOwn = record.isOwn(principal)
      let candidates = isOwn ? try tx.all(openCandidates(of: id)) : []
      return DeliveryMatchPage(
        record: record, isOwn: isOwn, left: try tx.one(undecidedRows(of: id)),
        row: try candidates.first?.row(keys),
        candidates: try candidates.map { ($0, try $0.maskedNumber(keys)) })
    }
    return try await services.deskPage(
      request, title: "认定没有身份证号的行", lead: "左边是文件里的一行，右边是登记里姓名和出生日期相同的人。",
      breadcrumbs: [
        deliveriesCrumb,
        ("\(page.record.type.title) \(page.record.id)", Paths.deskDelivery.link(id)),
      ], page.html(csrf: request.csrf))
  }

  func decideMatch(
    _ request: WebRequest, id: DeliveryMatchID, _ fields: FormFields
  ) async throws -> WebResponse {
    let (principal, origin) = (try request.principal, try request.auditOrigin)
    var checker = FormChecker(fields)
    guard let decision = checker.choice("decision", "认定结果", of: MatchDecision.self) else {
      throw WebError.badRequest("请选择是同一人，或者不是。")
    }
    let (keys, now) = (services.keys, request.now)
    let (delivery, left) = try await services.databases.transaction(as: principal) { tx in
      guard let delivery = try tx.first(matchedDelivery(id)) else { throw WebError.notFound }
      let record = try tx.one(deliveryRecord(delivery.id))
      try record.demandOwner(principal)
      guard delivery.state == .matched else {
        throw WebError.conflict("<p>\(DeliveryRefusal.state(delivery.state).description)。</p>")
      }
      let left = try tx.decide(
        id, decision, of: delivery, keys: keys, by: principal.displayName, at: now)
      if left != nil {
        try tx.audit(
          AuditEvent(
            action: .matchDelivery, entity: "delivery_matches", entityID: id.description,
            after: ["delivery": delivery.id.description, "decision": decision.rawValue]), by: origin
        )
      }
      return (delivery.id, left)
    }
    guard left == 0 else {
      return .redirect(
        to: Paths.deskDeliveryMatches.link(delivery),
        flash: left == nil ? "这一行别人刚刚认定过了。" : nil)
    }
    try await DeliverySteps(
      delivery, databases: services.databases, jobs: jobs, as: principal, by: origin, at: now
    ).assess()
    return .redirect(to: Paths.deskDelivery.link(delivery), flash: "都认定完了，正在核对答复。")
  }
}

/// The delivery of a candidate, held so that two decisions come one after the other.
private func matchedDelivery(_ id: DeliveryMatchID) -> Query<DeliveryHead> {
  Query(
    """
    SELECT \(DeliveryHead.columns) FROM deliveries
    WHERE id = (SELECT delivery_id FROM delivery_matches WHERE id = \(id)) FOR NO KEY UPDATE
    """)
}
