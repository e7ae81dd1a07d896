import Domain
import Ground
import HTML
import Pages
import Register
import Reviews
import Visits
import Web

/// One finding: what it says, what it rests on, and what became of it.
struct FindingShowPage: Sendable {
  let detail: FindingDetail
  let basis: FindingBasis
  let events: [FindingEvent]
  let keys: KeyRing
  let mayDecide: Bool
  let mayRecordContests: Bool
  let maySeeCases: Bool
  let maySeeVisits: Bool
  let showsNames: Bool
  let caseLink: @Sendable (CaseID) -> Link

  var line: FindingLine { detail.line }

  var applicantText: String {
    (showsNames ? line.applicant : nil) ?? line.applicantText
  }

  var html: HTML {
    contested + panel("疑点", facts) + panel("依据", actions: contesting, seen + answers) + contests
      + panel("经过", FindingHistory(events: events, keys: keys).html)
  }

  /// What may be done with it.
  var actions: HTML {
    guard mayDecide else { return HTML() }
    let steps = FindingWorkflow.next(from: line.state).filter { $0.taker != .portal }.map(\.action)
    if steps.contains(.reopened) {
      return buttonLink("取消排除", Paths.deskFindingReopening.link(line.id), isPrimary: false)
    }
    guard !steps.isEmpty else { return HTML() }
    return buttonLink("处理", Paths.deskFindingChoice.link.query("finding", line.id.description))
  }

  private var facts: HTML {
    var items: [(String, HTML)] = [
      ("规则", "\(line.ruleText)"),
      ("说明", "\(line.words.text(keys))"),
      ("状态", tag(line.state.title, line.state.tagKind)),
      ("退出性质", "\(natures)"),
      ("家庭", household), ("项目", "\(line.estate ?? "没有在租的房屋")"), ("乡镇", "\(line.township)"),
      ("发现时间", "\(ShanghaiTime.dateTimeText(line.foundAt))"),
    ]
    if let other = detail.otherHousehold {
      items.append(
        ("另一个家庭", "<a href=\"\(path: Paths.deskHousehold.link(other))\">查看另一个家庭</a>"))
    }
    if let name = line.decidedByName, let at = line.decidedAt {
      items.append(("处理", "\(name) \(ShanghaiTime.dateTimeText(at))"))
      if let reason = line.decisionReason { items.append(("原因", "\(reason)")) }
    }
    if let number = detail.caseNumber, let id = detail.caseID {
      items.append(
        (
          "问题",
          maySeeCases ? "<a href=\"\(path: caseLink(id))\">\(number)</a>" : "\(number)"
        ))
    }
    return definitionList(items)
  }

  private var natures: String {
    line.rule.natures.count == 1 ? line.rule.natures[0].markedTitle : "核实后由经办人判断"
  }

  private var household: HTML {
    """
    <a href="\(path: Paths.deskHousehold.link(line.household))">\
    \(applicantText)（\(line.householdNumber)）的全部核查</a>
    """
  }

  // MARK: What the household says against it

  private var contested: HTML {
    guard basis.contests.contains(where: \.isOpen) else { return HTML() }
    return notice(.warn, "<p>当事人对依据的答复提出了异议，还没有决定；决定以前不能列入问题清单。</p>")
  }

  private var contesting: HTML {
    let hits = basis.answers.filter { $0.line.result == .hit }
    guard mayRecordContests, line.state == .open, let first = hits.first else { return HTML() }
    return buttonLink(
      "记录异议",
      Paths.deskHouseholdContest.link(line.household).query("check", first.line.type.rawValue),
      isPrimary: false)
  }

  private var contests: HTML {
    basis.contests.isEmpty ? HTML() : panel("异议", contestTable(basis.contests))
  }

  // MARK: What it rests on

  /// The visits that it rests on.
  private var seen: HTML {
    basis.visits.isEmpty
      ? HTML() : VisitTable(visits: basis.visits, isLinked: maySeeVisits).html
  }

  private var answers: HTML {
    guard !basis.answers.isEmpty else {
      guard basis.visits.isEmpty else { return HTML() }
      return detail.otherHousehold == nil
        ? emptyState("这个疑点不是从部门答复来的") : emptyState("依据是登记簿：同一个身份证号登记在两个家庭")
    }
    return dataTable(
      caption: "依据",
      columns: [
        Column("核查事项") { "\($0.line.type.title)" },
        Column("单位") { "\($0.line.type.bureau.title)" },
        Column("结果") { $0.tags }, Column("内容") { $0.values(basis.names) },
        Column("数据截至") { "\($0.line.asOf.iso)" }, Column("来源") { $0.source },
        Column("答复时间") { "\(tableTime($0.line.deliveredAt))" },
      ], rows: basis.answers, empty: HTML())
  }
}

/// The steps of a finding, the newest first, with what it said at each.
struct FindingHistory: Sendable {
  let events: [FindingEvent]
  let keys: KeyRing

  var html: HTML {
    guard !events.isEmpty else { return emptyState("还没有经过") }
    return timeline(
      events.map { event in
        TimelineEvent(
          time: ShanghaiTime.dateTimeText(event.at), title: event.action.title,
          actor: event.accountName,
          detail: """
            \(ifLet: event.text(keys), { "<p>\($0)</p>" })\(ifLet: event.note, { "<p>\($0)</p>" })
            """, kind: event.action.tagKind)
      })
  }
}

extension FindingAction {
  var tagKind: TagKind {
    switch self {
    case .found, .changed, .reopened: .warn
    case .lapsed, .dismissed, .released: .neutral
    case .confirmed: .alert
    }
  }
}

/// Where a dismissal is taken back.
struct ReopeningPage: Sendable {
  let line: FindingLine
  let events: [FindingEvent]
  let keys: KeyRing
  let view: FormView
  let isOvertaken: Bool

  func html(csrf: String) -> HTML {
    guard line.state == .dismissed else {
      return overtaken
        + emptyState(
          "这个疑点现在是“\(line.state.title)”，没有被排除",
          action: buttonLink("查看疑点", Paths.deskFinding.link(line.id), isPrimary: false))
    }
    return overtaken
      + panel(
        "取消排除",
        """
        <p>\(line.words.text(keys))</p>
        <p>\(line.decidedByName ?? "")排除的原因：\(line.decisionReason ?? "（没有填写）")</p>
        """
          + view.form(
            action: Paths.deskFindingReopening.link(line.id), csrf: csrf, button: "重新打开",
            """
            <input type="hidden" name="version" value="\(line.version)">
            \(view.textarea("reason", "为什么重新打开", rows: 3, maxlength: 500))
            """))
  }

  private var overtaken: HTML {
    guard isOvertaken else { return HTML() }
    return notice(.alert, "<p><strong>您打开页面以后，这个疑点已有变化，请核对。</strong></p>")
      + panel("经过", FindingHistory(events: events, keys: keys).html)
  }
}
