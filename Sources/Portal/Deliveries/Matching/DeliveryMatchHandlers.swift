import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Reviews
import Web

/// Rows without an ID number, several on a page, decided by whoever owes the check. Names stand there whole:
/// the route records every look.
struct DeliveryMatchHandlers: Sendable {
  let services: Services
  let jobs: JobRunner

  /// `GET /desk/deliveries/:id/matches`
  func showMatches(_ request: WebRequest, id: DeliveryID) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let page = try await services.databases.read(as: principal) { tx in
      guard let record = try tx.first(deliveryRecord(id)) else { throw WebError.notFound }
      let isOwn = record.isOwn(principal)
      let candidates =
        isOwn && record.state == .matched
        ? try tx.all(openCandidates(of: id, rows: DeliveryMatchPage.rowsShown)) : []
      return DeliveryMatchPage(
        record: record, isOwn: isOwn, left: try tx.one(undecidedRows(of: id)),
        rows: try DeliveryMatchPage.rows(candidates, keys),
        followed: isOwn ? try tx.all(followedDecisions(of: id)) : [])
    }
    return try await services.deskPage(
      request, title: "认定没有身份证号的行", lead: "文件里的行，和登记里姓名、出生日期相同的人。",
      breadcrumbs: [
        deliveriesCrumb,
        ("\(page.record.type.title) \(page.record.id)", Paths.deskDelivery.link(id)),
      ], page.html(csrf: request.csrf))
  }

  /// `POST /desk/deliveries/:id/matches`
  func decideMatches(
    _ request: WebRequest, id: DeliveryID, _ fields: FormFields
  ) async throws -> WebResponse {
    let (principal, person, keys) = (
      try request.principal, try request.actingPerson, services.keys
    )
    let decisions = Self.decisions(fields)
    let (decided, left) = try await services.databases.transaction(as: principal) { tx in
      let head = try Self.ownDelivery(id, principal, tx)
      var decided = 0
      for decision in decisions
      where try tx.decide(decision, of: head, keys: keys, by: person) {
        decided += 1
        try tx.audit(
          AuditEvent(
            action: .matchDelivery, entity: "deliveries", entityID: id.description,
            after: [
              "line": String(decision.line), "decision": decision.candidate == nil ? "都不是" : "同一人",
              "match": decision.candidate?.description ?? "",
            ]), by: person.origin)
      }
      return (decided, try tx.one(undecidedRows(of: id)))
    }
    guard left == 0, decided > 0 else {
      return .redirect(
        to: Paths.deskDeliveryMatches.link(id), flash: Self.words(decisions.count, decided, left))
    }
    try await DeliverySteps(
      id, databases: services.databases, jobs: jobs, as: principal, by: person.origin,
      at: person.now
    ).assess()
    return .redirect(to: Paths.deskDelivery.link(id), flash: "都认定完了，正在核对答复。")
  }

  /// `POST /desk/deliveries/:id/matches/revocation`
  func revokeMatch(
    _ request: WebRequest, id: DeliveryID, _ fields: FormFields
  ) async throws -> WebResponse {
    let (principal, person) = (try request.principal, try request.actingPerson)
    let decision = fields["decision"].flatMap { MatchDecisionID($0) }
    let isRevoked = try await services.databases.transaction(as: principal) { tx in
      guard let record = try tx.first(deliveryRecord(id)) else { throw WebError.notFound }
      try record.demandOwner(principal)
      guard let decision else { throw WebError.badRequest("请回到原来的页面，选择要重新认定的那一条。") }
      guard
        try tx.revokeDecision(
          decision, followedBy: id, by: principal.displayName, at: person.now)
      else { return false }
      try tx.audit(
        AuditEvent(
          action: .revokeMatch, entity: "deliveries", entityID: id.description,
          after: ["match": decision.description]), by: person.origin)
      return true
    }
    return .redirect(
      to: Paths.deskDeliveryMatches.link(id),
      flash: isRevoked ? "下次报送再有这一行，会请您重新认定。" : "这一条已经不再沿用了。")
  }

  /// Held, so that two decisions come one after the other.
  private static func ownDelivery(
    _ id: DeliveryID, _ principal: Principal, _ tx: Transaction
  ) throws -> DeliveryHead {
    guard
      let head = try tx.first(
        Query<DeliveryHead>(
          """
          SELECT \(DeliveryHead.columns) FROM deliveries WHERE id = \(id) FOR NO KEY UPDATE
          """))
    else { throw WebError.notFound }
    try tx.one(deliveryRecord(id)).demandOwner(principal)
    guard head.state == .matched else {
      throw WebError.conflict("<p>\(DeliveryRefusal.state(head.state).description)。</p>")
    }
    return head
  }

  /// The rows on which something was chosen: `line-7` is `none` or the number of a candidate.
  private static func decisions(_ fields: FormFields) -> [RowDecision] {
    fields.fields.compactMap { field in
      guard field.name.hasPrefix("line-"), let line = Int(field.name.dropFirst(5)),
        (1...Int(Int32.max)).contains(line)
      else { return nil }
      if field.value == "none" { return RowDecision(line: line, candidate: nil) }
      return DeliveryMatchID(field.value).map { RowDecision(line: line, candidate: $0) }
    }
  }

  private static func words(_ sent: Int, _ decided: Int, _ left: Int) -> String {
    if sent == 0 { return "还没有选择。请在认得准的行里选是谁，或者“都不是”。" }
    let missed = sent - decided
    let others = missed > 0 ? "有 \(missed) 行别人刚刚认定过了。" : ""
    return "已认定 \(decided) 行，还有 \(left) 行。\(others)"
  }
}
