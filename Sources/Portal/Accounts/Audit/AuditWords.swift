import Domain
import Ground
import HTML
import Pages

/// What the log's entities and fields are called on screens; its actions bring their titles with them. An
/// unknown code is shown as it stands.
enum AuditWords {
  /// Tables, and what else an event may be about.
  static let entities = [
    "accounts": "账号", "complaints": "举报", "cases": "问题", "releases": "公布", "estates": "项目",
    "homes": "房源", "households": "家庭", "persons": "人员", "leases": "租约", "review_rounds": "资格复核",
    "deliveries": "报送", "delivery_matches": "待认定的行", "exchange_schedules": "定期交换",
    "job_schedules": "定时任务",
    "counter_checks": "窗口核查", "api_tokens": "接口令牌", "thresholds": "认定标准", "rule_runs": "规则运行",
    "findings": "疑点", "contests": "异议", "authorisations": "授权书", "authorisation_settings": "授权书的规定",
    "vacancy_reasons": "空置原因", "site_settings": "站点设置",
    "imports": "导入",
    "review_households": "待核查家庭",
    "review_progress": "复核进度", "audit_events": "审计记录", "reveals": "查看号码记录", "oversight": "监督首页",
    "campaigns": "整治行动", "areas": "行政区划", "exit_grounds": "处理依据", "case_settings": "办理规定",
    "holiday_years": "节假日", "clock_settings": "办理期限", "calendar_feeds": "日历订阅地址",
    "case_documents": "文书", "document_drafts": "文书草稿", "document_templates": "文书模板",
    "document_offices": "文书落款", "files": "材料",
    "visit_rosters": "走访名单", "visit_teams": "走访小组", "roster_entries": "待走访的家庭",
    "visits": "入户走访", "home_watches": "重点监控", "patrols": "巡查", "repair_notes": "报修",
  ]

  static let fields = plain.merging(CaseDate.allCases.map { ($0.rawValue, $0.title) }) { own, _ in
    own
  }

  private static let plain = [
    "met": "见到了谁", "home_use": "使用情况", "rhythm_days": "每隔几天", "signal": "巡查情况", "estate": "项目",
    "step": "步骤", "route": "处理途径", "articles": "条文", "local_rule": "地方规定",
    "required_files": "要求的材料",
    "needs_legal_review": "须法制审核",
    "case": "问题编号", "template": "模板的版", "organ": "机关名称", "organ_mark": "机关代字", "manner": "送达方式",
    "served_on": "送达日期",
    "source": "线索来源", "planned_on": "计划完成时间", "measures": "整改措施和进度",
    "field": "哪一项", "value": "值（已隐去）", "reason": "原因", "household": "家庭编号", "found": "找到",
    "list": "清单", "format": "格式", "filter": "筛选", "rows": "行数", "findings": "疑点", "type": "核查项目",
    "way": "报送方式", "complete": "全量", "sha256": "文件哈希", "bytes": "字节", "decision": "认定",
    "schedule": "报送周期", "minute_of_day": "每天第几分钟", "new": "新答复", "same": "与已有的相同",
    "changed": "与以前不同", "outside": "不在范围",
    "nature": "退出性质", "cases": "问题", "complaint": "举报", "opened": "新列的问题", "joined": "并入的问题",
    "amount": "数值", "document": "依据文件",
    "round": "复核", "delivery": "报送", "check": "核查事项", "result": "结果", "as_of": "数据截至",
    "records": "情况条数", "households": "户数", "title": "名称", "open_checks": "未答复", "answered": "已答复",
    "reference": "核查编号", "purpose": "办理事项", "system": "系统", "filing_number": "备案或登记编号",
    "asked_by": "查询账号", "asked_on": "查询日期", "permissions": "权限", "expires_at": "到期",
    "account": "账号", "display_name": "姓名", "role": "角色", "area": "行政区划", "sessions": "登录数",
    "counted_as": "计入", "state": "状态", "name": "名称", "kind": "种类", "created": "新增",
    "unchanged": "没有变化", "left_out": "没有导入的行", "good_rows_only": "只导入正确的行", "address": "地址",
    "ownership": "产权", "place": "房源位置", "floor_area": "建筑面积（m²）", "number": "家庭编号",
    "category": "保障类别", "relation": "关系", "id_number": "身份证号", "phone": "电话",
    "marital_status": "婚姻状况", "registered_at": "户籍地", "left_on": "离开日期", "left_reason": "离开原因",
    "merged_into": "并入家庭", "new_household": "新家庭编号", "contract_number": "合同编号",
    "contract_version": "合同文本", "starts_on": "起租日", "ends_on": "到期日", "monthly_rent": "月租金（元）",
    "deposit": "押金（元）", "ended_on": "终止日期", "home": "房源", "home_state": "房源状态", "campaign": "整治行动",
    "due_housing": "住建答复期限", "due_civil_affairs": "民政答复期限", "due_natural_resources": "自然资源答复期限",
    "due_public_security": "公安答复期限", "closed_on": "结束日期", "channel": "来源渠道", "photos": "照片数",
    "in_hour": "一小时内第几个", "assigned_to": "经办账号", "scope": "整治范围", "seed": "随机种子",
    "document_number": "文号",
    "clear_by": "清退期限",
    "grace_by": "主动退出宽限至", "stages": "阶段", "copied": "方案来源", "carried_over": "转入的问题",
    "due_on": "期限", "owed_by": "责任单位", "done_on": "完成日期", "evidence": "完成凭据",
    "from_on": "从哪一天起", "until_on": "到哪一天为止", "said_on": "提出日期",
    "person": "人员", "signed_on": "签署日期",
    "line": "文件的行", "match": "认定编号", "answers": "不再有效的答复",
    "returning": "恢复以前的答复",
    "unanswered": "变为没有答复",
    "files": "材料数", "file": "材料", "townships": "乡镇数", "members": "成员数", "organiser": "主办单位",
    "contact": "联系方式", "site_code": "网站标识码",
    "icp_record": "ICP备案号", "police_record": "公安备案号",
    "visit_team": "走访小组", "homes": "户数", "visitors": "走访人", "assignment": "分派方式", "building": "楼栋",
    "holidays": "放假", "made_up": "调休上班", "term": "期限",
  ]

  /// Whether the database itself found that it was the account that acted.
  static func proof(_ line: AuditLine) -> String {
    switch line.proof {
    case "session": "登录会话"
    case "token": "接口令牌"
    case "job": "本人交办的后台任务"
    default:
      line.origin == "staff" && !AuditAction.ofSigningIn.contains(line.action)
        ? "没有登录：命令行，或更早的记录" : "—"
    }
  }

  static func entity(_ code: String) -> String { entities[code] ?? code }

  static func field(_ code: String) -> String { fields[code] ?? code }

  static func result(_ code: String) -> HTML {
    switch code {
    case "done": tag("已完成", .ok)
    case "refused": tag("已拒绝", .warn)
    default: tag("失败", .alert)
    }
  }
}
