import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/admin/audit`: the log, for the audit administrator.
struct AuditHandlers: Sendable {
  let services: Services
  let actions: AuditCatalogue

  /// `GET /admin/audit`
  func listEvents(_ request: WebRequest) async throws -> WebResponse {
    var form = FormChecker(request.query)
    var filter = AuditFilter(
      account: request.query.trimmed("account").map { AccountName.normalised($0) },
      action: request.query.trimmed("action").map { actions.action($0) },
      from: form.day("from", "开始日期", in: AuditFilter.days, required: false),
      to: form.day("to", "截止日期", in: AuditFilter.days, required: false),
      before: request.query.trimmed("before").flatMap { AuditEventID($0) })
    if let format = try request.exportFormat {
      filter.before = nil
      let list = ListExport(
        "审计记录", of: "audit_events", columns: { [actions] in AuditListPage.columns(actions) },
        query: auditLines(filter, limit: nil))
      return try await services.export(list, as: format, request)
    }
    let actor = try request.principal
    let (lines, count) = try await services.databases.read(as: actor) { [filter] tx in
      (try tx.all(auditLines(filter)), try tx.one(auditCount(filter)))
    }
    let page = AuditListPage(
      lines: lines, count: count, filter: filter, actions: actions, typed: request.query,
      csrf: request.csrf, errors: form.errors)
    return try await services.deskPage(
      request, title: "审计记录", lead: "谁在什么时候、从哪里、对哪一条数据做了什么。记录只能增加，不能修改或删除。",
      breadcrumbs: [adminCrumb],
      actions:
        "\(buttonLink("窗口查询统计", Paths.adminAuditCounter.link, isPrimary: false)) \(exportLinks(filter.link))",
      page.html)
  }

  /// `GET /admin/audit/:id`
  func showEvent(_ request: WebRequest, _ id: AuditEventID) async throws -> WebResponse {
    let found = try await services.databases.read(as: request.principal) { tx in
      try tx.first(auditDetail(id))
    }
    guard let found else { throw WebError.notFound }
    return try await services.deskPage(
      request, title: "审计记录 \(id)", lead: actions.action(found.line.action).title,
      breadcrumbs: [adminCrumb, ("审计记录", Paths.adminAudit.link)],
      AuditDetailPage(detail: found, actions: actions).html)
  }
}
