import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Reviews
import Web

/// 定期交换: which source is expected how often, what came, what is late, and what has changed since the
/// delivery before.
struct ExchangeHandlers: Sendable {
  let services: Services

  func showExchange(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    let area = principal.area.county ?? principal.area
    let schedules = try await services.databases.read(as: principal) { tx in
      try tx.all(exchangeSchedules(in: area))
    }
    let page = ExchangePage(
      lines: CheckType.allCases.map { type in
        ExchangeLine(type: type, schedule: schedules.first { $0.type == type })
      }, today: today, mayEdit: principal.may(.runReviews))
    if let format = try request.exportFormat {
      let list = ListExport(
        "定期交换", of: "exchange_schedules", columns: { ExchangePage.columns(today: today) },
        rows: page.lines)
      return try await services.export(list, as: format, request)
    }
    return try await services.deskPage(
      request, title: "定期交换", lead: "各单位多久报一次登记数据，上一次什么时候到的，哪些晚了。",
      actions: exportLinks(Paths.deskExchange.link), page.html)
  }

  // MARK: Differences

  func listDifferences(_ request: WebRequest, id: DeliveryID) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let position = differenceOrder.position(request.query)
    let (head, previous) = try await services.databases.read(as: principal) { tx in
      guard let head = try tx.first(deliveryHead(id)) else { throw WebError.notFound }
      return (head, try tx.first(deliveryBefore(head)))
    }
    if let format = try request.exportFormat, let previous {
      let list = ListExport(
        "与上一次报送的差异", of: "deliveries", columns: { DifferencePage.columns(keys) },
        query: deliveryDifferences(head, since: previous, limit: nil))
      return try await services.export(list, as: format, request)
    }
    let page = try await services.databases.read(as: principal) { tx in
      DifferencePage(
        head: head, record: try tx.one(deliveryRecord(id)),
        previous: try previous.map { try tx.one(deliveryRecord($0)) },
        page: ListLines(
          try previous.map {
            try tx.all(
              deliveryDifferences(head, since: $0, from: position, limit: registerPageSize + 1))
          } ?? [], isBackward: position?.isBackward), keys: keys)
    }
    return try await services.deskPage(
      request, title: "与上一次报送的差异", lead: "谁新有了房、结了婚、迁走了，什么不再有了。",
      breadcrumbs: [
        deliveriesCrumb, ("\(head.type.title) \(id)", Paths.deskDelivery.link(id)),
      ], actions: exportLinks(Paths.deskDeliveryDifferences.link(id)), page.html)
  }
}

/// The delivery of the same kind that came into force before this one.
func deliveryBefore(_ delivery: DeliveryHead) -> Query<DeliveryID> {
  Query(
    """
    SELECT coalesce(d.previous_id, (
      SELECT max(p.id) FROM deliveries p
      WHERE d.state <> 'done' AND p.check_type = d.check_type AND p.area = d.area
        AND p.state = 'done' AND p.way IN ('extract', 'api') AND p.id <> d.id)) AS id
    FROM deliveries d WHERE d.id = \(delivery.id) AND (d.previous_id IS NOT NULL
      OR d.state <> 'done' AND EXISTS (
        SELECT FROM deliveries p WHERE p.check_type = d.check_type AND p.area = d.area
          AND p.state = 'done' AND p.way IN ('extract', 'api') AND p.id <> d.id))
    """)
}
