import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
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

  // MARK: Schedules

  func editSchedule(_ request: WebRequest) async throws -> WebResponse {
    let type: CheckType = try request.query.filterChoice("type") ?? .marriage
    return try await form(request, type, .fresh)
  }

  private func form(
    _ request: WebRequest, _ type: CheckType, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let principal = try request.principal
    let schedule = try await services.databases.read(as: principal) { tx in
      try tx.first(exchangeSchedules(in: principal.area, type: type))
    }
    let page = ScheduleFormPage(type: type, schedule: schedule, answer: answer)
    return try await services.deskPage(
      request, title: "定期交换：\(type.title)", lead: "由\(type.bureau.title)报送。",
      breadcrumbs: [("定期交换", Paths.deskExchange.link)], status: page.status,
      page.html(csrf: request.csrf))
  }

  func changeSchedule(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    guard let type = checker.choice("type", "核查项目", of: CheckType.self) else {
      throw WebError.badRequest("页面内容不完整，请回到原来的页面重新操作。")
    }
    let typed = checker.schedule()
    let version = fields.version() ?? 0
    guard let typed else { return try await form(request, type, .invalid(checker)) }
    let result = try await services.edit(request, checker) { tx, editor in
      try tx.setSchedule(type, typed, version: version, by: editor)
    }
    switch result {
    case .done:
      return .redirect(
        to: Paths.deskExchange.link,
        flash: "\(type.title)：\(typed.every?.text(typed.dueDay) ?? "不再定期报送")。")
    case .again(let answer): return try await form(request, type, answer)
    }
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

extension FormChecker {
  /// How often, and on which day; nil with a message where that is wrong.
  fileprivate mutating func schedule() -> TypedSchedule? {
    let every = choice(
      "every", "报送周期", among: ExchangeInterval.allCases.map(\.rawValue) + ["never"])
    guard let every else { return nil }
    guard let interval = ExchangeInterval(rawValue: every) else {
      return TypedSchedule(every: nil, dueDay: 1)
    }
    let days = interval == .week ? 1...7 : 1...28
    let label = interval == .week ? "截止日（每周几，1 至 7）" : "截止日（每月几日，1 至 28）"
    return integer("due_day", label, in: days).map { TypedSchedule(every: interval, dueDay: $0) }
  }
}
