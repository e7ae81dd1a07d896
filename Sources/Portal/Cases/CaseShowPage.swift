package import Domain
import Ground
package import HTML
import Pages
import Register
import Visits

/// What is known of one case, for those who work it or watch it.
struct CaseShowPage: Sendable {
  /// A member of the household as the page may show them.
  struct Member: Sendable {
    let name: String
    let relation: Relation
    let idNumber: String
    let phone: String?
  }

  let detail: CaseDetail
  let worked: WorkedCase
  let clocks: [CaseClock]
  let principal: Principal
  /// For what is personal in its history; nil for who does not work it.
  let keys: KeyRing?
  let members: [Member]
  let lease: CaseLease?
  let checks: [CheckLine]
  let visits: [HomeVisit]
  let complaints: [ComplaintBehind]
  /// What it rests on; nil for who may not see findings.
  let findings: [CaseFinding]?
  let documents: CaseDocuments
  /// Its scans and photos; nil for who does not work it.
  let files: CaseFilePanel?
  let today: Day

  var actions: HTML { next.actions }

  private var next: CaseNextSteps {
    CaseNextSteps(worked: worked, principal: principal, keys: keys, today: today)
  }

  var html: HTML {
    panel("办理进度", way + clock + plan) + next.html + clockPanel(clocks)
      + (findings.map { panel("疑点", caseFindingTable($0)) } ?? HTML())
      + documents.html(of: line.id, for: principal)
      + panel("住房与租约", homeList) + panel("家庭成员", memberTable)
      + panel("部门核查", checkTable)
      + panel("入户走访", VisitTable(visits: visits, isLinked: principal.may(.viewVisits)).html)
      + (files?.html ?? HTML()) + panel("办理经过", history)
  }

  private var line: CaseLine { detail.line }

  private var way: HTML {
    let way = CaseWay(
      state: line.state, nature: line.nature, route: worked.record.route ?? worked.ground.route,
      trail: worked.trail)
    let now =
      line.state.clockRuns
      ? "自 \(line.stateSince.iso)\n期限 \(line.dueOn.iso)" : "自 \(line.stateSince.iso)"
    return stepper(
      way.past.map { Step(title: $0.title, state: .done) }
        + [Step(title: way.current.title, state: .current, note: now)]
        + way.ahead.map { Step(title: $0.title, state: .upcoming) })
  }

  private var clock: HTML {
    guard line.state.clockRuns else {
      return detail.clearedOn.map { notice(.ok, "已于 \($0.chinese) 清退或整改到位，期限不再计算。") } ?? HTML()
    }
    let left = today.days(until: line.dueOn)
    return left < 0
      ? notice(.alert, "应于 \(line.dueOn.chinese) 前办结，已逾期 \(-left) 天。")
      : notice(left <= 7 ? .warn : .info, "应于 \(line.dueOn.chinese) 前办结，还有 \(left) 天。")
  }

  /// Who works it, and what the annex says of it.
  private var plan: HTML {
    let record = worked.record
    return definitionList([
      ("经办人", "\(record.assignee ?? "还没有交办")"),
      ("计划完成时间", "\(record.plannedOn?.iso ?? "—")"),
      ("整改措施和进度", "\(record.measures ?? "—")"), ("线索来源", "\(record.source.title)"),
      ("投诉举报", complaintsBehindText(complaints, for: principal)),
    ])
  }

  private var homeList: HTML {
    var items: [(String, HTML)] = [
      ("项目", "<a href=\"\(path: Paths.deskEstate.link(detail.estate))\">\(line.estate)</a>"),
      ("乡镇", "\(detail.township)"),
      ("房号", "\(homeText(building: line.building, unit: line.unit, room: line.room))"),
      ("建筑面积", "\(detail.floorArea) m²"), ("房屋状态", tag(detail.homeState.title)),
      ("退出性质", tag(line.nature.markedTitle)), ("立案日期", "\(detail.openedOn.iso)"),
      ("所属行动", "\(detail.campaignTitle)"),
    ]
    if let route = worked.record.route { items.append(("处理途径", "\(route.title)")) }
    if !worked.ground.articles.isEmpty { items.append(("条文", "\(worked.ground.articles)")) }
    if let rule = worked.record.localRule { items.append(("地方规定或合同条款", "\(rule)")) }
    if let lease {
      items += [
        ("合同编号", "\(lease.contractNumber)"),
        ("租期", "\(lease.startsOn.iso) 至 \(lease.endsOn.iso)"),
        ("月租金", "\(lease.monthlyRent) 元"),
        ("租约状态", "\(lease.state.title)\(ifLet: lease.endedOn, { "（\($0.iso)）" })"),
      ]
    }
    return definitionList(items)
  }

  private var memberTable: HTML {
    definitionList([
      ("家庭编号", "\(detail.householdNumber)"), ("保障类别", "\(detail.category.title)"),
    ])
      + dataTable(
        caption: "家庭成员",
        columns: [
          Column("姓名") { "\($0.name)" }, Column("关系") { "\($0.relation.title)" },
          Column("身份证号") { "\($0.idNumber)" }, Column("电话") { "\($0.phone ?? "未登记")" },
        ], rows: members, empty: emptyState("没有登记家庭成员"))
  }
}

extension CaseShowPage {
  private var checkTable: HTML {
    let answers = Dictionary(checks.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
    return dataTable(
      caption: "部门核查",
      columns: [
        Column("核查事项") { "\($0.title)" }, Column("责任部门") { "\($0.bureau.title)" },
        Column("结果") { checkTag(answers[$0]?.result ?? .pending) },
        Column("数据截至") { "\(answers[$0]?.asOf?.iso ?? "—")" },
        Column("答复日期") { "\(answers[$0]?.answeredOn?.iso ?? "—")" },
      ], rows: CheckType.allCases.filter { $0.isOwed || answers[$0] != nil }, empty: HTML())
  }

  private var history: HTML {
    guard !worked.events.isEmpty else { return emptyState("还没有办理记录") }
    let steps = worked.events.map { event in
      var shown = event.line.shown
      shown.detail += said(event)
      return (at: event.line.at, shown: shown)
    }
    let issued = documents.issued.map { (at: $0.issuedAt, shown: issuing($0)) }
    // Both are in their order: what happened at the same moment keeps it.
    let all = (steps + issued).enumerated().sorted {
      ($0.element.at, $0.offset) > ($1.element.at, $1.offset)
    }
    return timeline(all.map(\.element.shown))
  }

  /// A document that was issued, in the history of its case.
  private func issuing(_ document: IssuedLine) -> TimelineEvent {
    TimelineEvent(
      time: ShanghaiTime.dateTimeText(document.issuedAt), title: "签发\(document.kind.title)",
      actor: document.issuedByName,
      detail: """
        <p><a href="\(path: Paths.deskDocument.link(document.id))">\(document.number)</a>\
        \(if: document.isVoid, "（已作废）")</p>
        """)
  }

  /// What a step said beside its facts, which stand as its note.
  private func said(_ event: CaseEvent) -> HTML {
    let values = event.values(of: detail.line.id, keys: keys)
    guard let action = event.action else {
      return values.personal.isEmpty
        ? HTML()
        : definitionList(
          values.personal.sorted { $0.key < $1.key }.map {
            ($0.key == "kinds" ? "情形" : "说明", "\($0.value)")
          })
    }
    let items = CaseStepTable.known(action).filter { $0.name != "facts" }.compactMap { field in
      values[field.name].map { (field.title, "\(field.text($0))" as HTML) }
    }
    return items.isEmpty ? HTML() : definitionList(items)
  }
}

/// The answer to a check as a tag.
package func checkTag(_ result: CheckResult) -> HTML {
  switch result {
  case .pending: tag(result.title, .neutral)
  case .clear: tag(result.title, .ok)
  case .hit: tag(result.title, .alert)
  case .notFound: tag(result.title, .warn)
  }
}
