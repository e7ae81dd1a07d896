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
  let typed: FormFields
  let errors: FormErrors

  var html: HTML {
    """
    \(if: !errors.isEmpty, notice(.alert, "\(errors.list, { "<p>\($0.message)</p>" })"))\
    \(filters)\
    \(dataTable(
      caption: "审计记录", columns: Self.columns, rows: Array(lines.prefix(AuditFilter.pageSize)),
      link: { Paths.adminAuditEvent.link($0.id) },
      empty: emptyState("没有符合条件的记录", hint: "放宽日期，或点“清除”查看全部。")))\
    \(pager(next: next, previous: nil, countText: countText))
    """
  }

  private var filters: HTML {
    filterBar(action: Paths.adminAudit.link) {
      """
      \(filterText("account", label: "账号", value: filter.account))\
      \(filterSelect(
        "action", label: "操作", options: AuditWords.actionOptions(with: filter.action),
        selected: filter.action))\
      \(filterText("from", label: "从", value: typed["from"], hint: "2021-08-01"))\
      \(filterText("to", label: "到", value: typed["to"], hint: "2021-08-31"))
      """
    }
  }

  static var columns: [Column<AuditLine>] {
    [
      Column("时间", text: \.timeText),
      Column("账号", text: \.actorText),
      Column("角色", text: { $0.role?.title }),
      Column("操作", text: { AuditWords.action($0.action) }),
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
    Paths.adminAudit.link.query("account", account).query("action", action)
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

  var html: HTML {
    let line = detail.line
    return """
      \(panel("事件", definitionList([
        ("时间", HTML(text: line.timeText)),
        ("账号", HTML(text: line.actorText)),
        ("角色", "\(line.role?.title ?? "—")"),
        ("区划", HTML(text: line.areaName)),
        ("操作", "\(AuditWords.action(line.action))（\(line.action)）"),
        ("对象", HTML(text: line.entityText)),
        ("结果", AuditWords.result(line.result)),
        ("来源地址", "\(line.address ?? "—")"),
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

/// What the log's codes are called on screens. An unknown code is shown as it stands.
enum AuditWords {
  private static let actions: KeyValuePairs<String, String> = [
    "sign_in": "登录", "lock_sign_in": "锁定登录", "sign_out": "退出", "change_password": "修改密码",
    "create_account": "新建账号", "disable_account": "停用账号", "enable_account": "启用账号",
    "reset_password": "重设密码", "unlock_account": "解除锁定", "end_sessions": "结束登录",
    "complaint.create": "收到举报", "complaint.list": "查看举报清单", "complaint.read": "查看举报",
    "complaint.read_photo": "查看举报照片", "complaint.accept": "受理举报",
    "complaint.decline": "不予受理举报", "complaint.assign": "交办举报", "complaint.finish": "办结举报",
    "complaint.reopen": "重新办理举报", "complaint.message": "给举报人留言",
    "complaint.photos": "补充举报照片", "view_oversight": "查看监督首页",
    "prepare_release": "准备公布", "publish_release": "公布数据", "discard_release": "放弃公布",
    "household.search": "按号码查找家庭", "person.reveal": "查看完整号码",
    "list.export": "导出清单", "register.export": "导出登记表",
    "review.open": "开始资格复核", "review.dues": "修改答复期限", "review.close": "结束资格复核",
    "check.answer": "答复核查",
    "delivery.receive": "收到报送", "delivery.confirm": "确认报送", "delivery.commit": "报送生效",
    "delivery.cancel": "放弃报送", "delivery.match": "认定没有身份证号的行",
    "work_list.export": "导出核查清单", "exchange.schedule": "约定定期交换",
    "counter.ask": "窗口核查", "counter.release": "窗口放行", "counter.file": "填写备案或登记编号",
    "api.checks": "接口读取待核查名单", "api.answers": "接口报送答复", "token.issue": "签发接口令牌",
    "token.revoke": "撤销接口令牌",
    "threshold.set": "设置认定标准", "rules.run": "运行规则", "findings.dismiss": "排除疑点",
    "finding.reopen": "取消排除", "findings.confirm": "疑点转为问题", "case.open": "列入问题清单",
    "create_county": "建立县", "seed_demo": "装入演示数据",
  ]

  static func action(_ code: String) -> String {
    actions.first { $0.key == code }?.value ?? code
  }

  /// The known actions, and the one that is asked for if it is another.
  static func actionOptions(with code: String?) -> [(value: String, text: String)] {
    var options = actions.map { (value: $0.key, text: $0.value) }
    if let code, !options.contains(where: { $0.value == code }) { options.append((code, code)) }
    return options
  }

  static func entity(_ code: String) -> String {
    switch code {
    case "accounts": "账号"
    case "complaints": "举报"
    case "cases": "问题"
    case "releases": "公布"
    case "estates": "项目"
    case "homes": "房源"
    case "households": "家庭"
    case "persons": "人员"
    case "leases": "租约"
    case "review_rounds": "资格复核"
    case "deliveries": "报送"
    case "delivery_matches": "待认定的行"
    case "exchange_schedules": "定期交换"
    case "counter_checks": "窗口核查"
    case "api_tokens": "接口令牌"
    case "thresholds": "认定标准"
    case "rule_runs": "规则运行"
    case "findings": "疑点"
    case "site_settings": "站点设置"
    default: code
    }
  }

  /// What a field of an event is called; an unknown one is shown as it stands.
  static func field(_ code: String) -> String {
    switch code {
    case "field": "哪一项"
    case "value": "值（已隐去）"
    case "reason": "原因"
    case "household": "家庭编号"
    case "found": "找到"
    case "list": "清单"
    case "format": "格式"
    case "filter": "筛选"
    case "rows": "行数"
    case "findings": "疑点"
    case "type": "核查项目"
    case "way": "报送方式"
    case "complete": "全量"
    case "sha256": "文件哈希"
    case "bytes": "字节"
    case "decision": "认定"
    case "schedule": "报送周期"
    case "new": "新答复"
    case "same": "与已有的相同"
    case "changed": "与以前不同"
    case "outside": "不在范围"
    case "nature": "退出性质"
    case "opened": "新列的问题"
    case "joined": "并入的问题"
    case "amount": "数值"
    case "document": "依据文件"
    case "round": "复核"
    case "delivery": "报送"
    case "check": "核查事项"
    case "result": "结果"
    case "as_of": "数据截至"
    case "records": "情况条数"
    case "households": "户数"
    case "title": "名称"
    case "open_checks": "未答复"
    case "answered": "已答复"
    case "reference": "核查编号"
    case "purpose": "办理事项"
    case "system": "系统"
    case "filing_number": "备案或登记编号"
    case "asked_by": "查询账号"
    case "asked_on": "查询日期"
    case "permissions": "权限"
    case "expires_at": "到期"
    default: code
    }
  }

  static func result(_ code: String) -> HTML {
    switch code {
    case "done": tag("已完成", .ok)
    case "refused": tag("已拒绝", .warn)
    default: tag("失败", .alert)
    }
  }
}
