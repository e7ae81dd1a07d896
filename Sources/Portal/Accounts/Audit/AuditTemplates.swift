import Domain
import Foundation
import Ground
import HTML
import Pages
import Web

struct AuditListPage {
  let lines: [AuditLine]
  let count: Int
  let filter: AuditFilter
  let actions: AuditCatalogue
  let typed: FormFields
  let csrf: String
  let errors: FormErrors

  var html: HTML {
    """
    \(if: !errors.isEmpty, notice(.alert, "\(errors.list, { "<p>\($0.message)</p>" })"))\
    \(filters)\
    \(dataTable(
      caption: "审计记录", columns: Self.columns(actions), rows: Array(lines.prefix(AuditFilter.pageSize)),
      link: { Paths.adminAuditEvent.link($0.id) },
      empty: emptyState("没有符合条件的记录", hint: "放宽日期，或点“清除”查看全部。")))\
    \(pager(next: next, previous: nil, countText: countText))
    """
  }

  private var filters: HTML {
    filterBar(action: Paths.adminAudit.link, typed: ["account", "from", "to"], csrf: csrf) {
      """
      \(filterText("account", label: "账号", value: filter.account))\
      \(filterSelect(
        "action", label: "操作", options: actions.options(with: filter.action),
        selected: filter.action?.code))\
      \(filterText("from", label: "从", value: typed["from"], hint: "2021-08-01"))\
      \(filterText("to", label: "到", value: typed["to"], hint: "2021-08-31"))
      """
    }
  }

  static func columns(_ actions: AuditCatalogue) -> [Column<AuditLine>] {
    [
      Column("时间", text: \.timeText),
      Column("账号", text: \.actorText),
      Column("角色", text: { $0.role?.title }),
      Column("操作", text: { actions.action($0.action).title }),
      Column("对象", text: \.entityText),
      Column("结果", shown: { AuditWords.result($0.result) }),
      Column("来源地址", text: \.address),
    ]
  }

  private var countText: String {
    count > AuditFilter.countLimit ? "超过 \(AuditFilter.countLimit) 条" : "共 \(count) 条"
  }

  private var next: Link? {
    guard lines.count > AuditFilter.pageSize else { return nil }
    return filter.link.query("before", lines[AuditFilter.pageSize - 1].id.description)
  }
}

extension AuditFilter {
  /// The list narrowed to this, from its beginning.
  var link: Link {
    Paths.adminAudit.link.query(secret: "account", account).query("action", action?.code)
      .query("from", from?.iso).query("to", to?.iso)
  }
}

extension AuditLine {
  /// Of citizens only the hour is known.
  var timeText: String {
    origin == "citizen" ? ShanghaiTime.hourText(at) : tableTime(at)
  }

  var actorText: String { account ?? "群众" }

  var entityText: String {
    AuditWords.entity(entity) + (entityID.map { " \($0)" } ?? "")
  }
}

struct AuditDetailPage {
  let detail: AuditDetail
  let actions: AuditCatalogue

  var html: HTML {
    let line = detail.line
    return """
      \(panel("事件", definitionList([
        ("时间", HTML(text: line.timeText)),
        ("账号", HTML(text: line.actorText)),
        ("角色", "\(line.role?.title ?? "—")"),
        ("区划", HTML(text: line.areaName)),
        ("操作", "\(actions.action(line.action).title)（\(line.action)）"),
        ("对象", HTML(text: line.entityText)),
        ("结果", AuditWords.result(line.result)),
        ("来源地址", "\(line.address ?? "—")"),
        ("凭什么认定是本人", HTML(text: AuditWords.proof(line))),
        ("请求编号", "\(line.reference ?? "—")"),
      ])))\
      \(panel("改动前后", changes))
      """
  }

  private struct Change {
    let field: String
    let before: String?
    let after: String?
  }

  private var changes: HTML {
    let before = fields(detail.before)
    let after = fields(detail.after)
    let rows = Set(before.keys).union(after.keys).sorted().map {
      Change(field: $0, before: before[$0], after: after[$0])
    }
    return dataTable(
      caption: "改动前后",
      columns: [
        Column("项目") { HTML(text: AuditWords.field($0.field)) },
        Column("改动前") { "\($0.before ?? "—")" },
        Column("改动后") { "\($0.after ?? "—")" },
      ], rows: rows, empty: emptyState("这个事件没有改动内容"))
  }

  /// What is not an object of texts is shown as it stands.
  private func fields(_ json: String?) -> [String: String] {
    guard let json else { return [:] }
    let decoded = try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    return decoded ?? ["内容": json]
  }
}
