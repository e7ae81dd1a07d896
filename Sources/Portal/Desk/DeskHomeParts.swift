import Campaigns
import Cases
import Complaints
import Counter
import Domain
import Figures
import Findings
import HTML
import Pages
import Register
import Visits

extension DeskHome {
  /// What is to be visited, by the roster.
  var visitCards: [HTML] {
    guard let visits else { return [] }
    var (waiting, due) = (RosterFilter(), RosterFilter())
    waiting.state = .waiting
    due.due = .today
    let all = "/ \(grouped(visits.totals.entries)) 户"
    return [
      figureCard(
        "待走访", value: grouped(visits.totals.waiting), denominator: all,
        note: "已走访 \(grouped(visits.totals.visited)) 户",
        kind: visits.totals.waiting > 0 ? .warn : .ok, link: waiting.link),
      figureCard(
        "今天要再访", value: grouped(visits.due), denominator: "户",
        note: "上次无人在家", kind: visits.due > 0 ? .warn : .ok, link: due.link),
      figureCard(
        "走访落后", value: grouped(visits.behind), denominator: "户",
        note: "按进度应完成 \(grouped(visits.expected)) 户", kind: visits.behind > 0 ? .alert : .ok,
        link: Paths.deskVisitCoverage.link),
    ]
  }

  /// What is to be visited, as the figures have it, where there is no roster yet.
  var unvisitedCard: HTML {
    let totals = current.map(\.figures.total).reduce(FigureCounts(), +)
    let left = totals.households - totals.visited
    return figureCard(
      "待走访", value: grouped(left), denominator: "/ \(grouped(totals.households)) 户",
      note: "本辖区政府投资公租房", kind: left > 0 ? .warn : .ok)
  }

  var complaintCards: [HTML] {
    guard let counts, principal.may(.viewComplaints) else { return [] }
    let open = "/ \(grouped(counts.openComplaints)) 件在办"
    return [
      figureCard(
        "新收到的举报", value: grouped(counts.newComplaints), denominator: open,
        note: "15 日内告知是否受理", kind: counts.newComplaints > 0 ? .warn : .ok,
        link: Paths.deskComplaints.link),
      figureCard(
        "举报逾期", value: grouped(overdueComplaints), denominator: open,
        kind: overdueComplaints > 0 ? .alert : .ok, link: Paths.deskComplaints.link),
      figureCard(
        "等待回复的留言", value: grouped(counts.answeredByCitizen), denominator: open,
        kind: counts.answeredByCitizen > 0 ? .warn : .ok, link: Paths.deskComplaints.link),
    ]
  }

  var caseCards: [HTML] {
    guard let counts, principal.may(.viewCases) else { return [] }
    var suspected = CaseFilter()
    suspected.state = .suspected
    var overdue = CaseFilter()
    overdue.isOverdue = true
    var soon = CaseFilter()
    soon.isDueSoon = true
    let waiting = "/ \(grouped(counts.waitingCases)) 件在办"
    return [
      figureCard(
        "疑点待核", value: grouped(counts.suspectedCases), denominator: waiting,
        kind: counts.suspectedCases > 0 ? .warn : .ok, link: suspected.link),
      figureCard(
        "问题逾期", value: grouped(counts.overdueCases), denominator: waiting,
        kind: counts.overdueCases > 0 ? .alert : .ok, link: overdue.link),
      figureCard(
        "七日内到期", value: grouped(counts.dueSoonCases), denominator: waiting,
        kind: counts.dueSoonCases > 0 ? .warn : .ok, link: soon.link),
    ] + ownCards(counts, waiting)
  }

  /// What the person has, for who may be given cases.
  private func ownCards(_ counts: DeskCounts, _ waiting: String) -> [HTML] {
    guard principal.may(.noteCases) else { return [] }
    var own = CaseFilter()
    own.holder = .mine
    own.standing = .open
    return [
      figureCard(
        "由我经办", value: grouped(counts.ownCases), denominator: waiting, link: own.link)
    ]
  }

  /// The cases that are late or nearly so, the longest overdue first.
  var duePanel: HTML {
    guard !dueCases.isEmpty else { return HTML() }
    var overdue = CaseFilter()
    overdue.isOverdue = true
    return panel(
      "逾期和临期的问题", actions: buttonLink("全部逾期问题", overdue.link, isPrimary: false),
      dataTable(
        caption: "逾期和临期的问题",
        columns: [
          Column("编号") { "\($0.number)" },
          Column("房号") { "\(homeText(building: $0.building, unit: $0.unit, room: $0.room))" },
          Column("退出性质") { tag($0.nature.markedTitle) },
          Column("状态") { tag($0.state.title, $0.state.tagKind) },
          Column("期限") { [today] in dueText($0.dueOn, state: $0.state, today: today) },
        ], rows: dueCases, link: { Paths.deskCase.link($0.id) }, empty: HTML()))
  }

  var findingCards: [HTML] {
    guard let counts, principal.may(.workFindings) else { return [] }
    return [
      figureCard(
        "规则找出的疑点", value: grouped(counts.openFindings), denominator: "个待处理",
        kind: counts.openFindings > 0 ? .warn : .ok, link: Paths.deskFindings.link)
    ]
  }

  var counterCards: [HTML] {
    guard let counts, principal.may(.releaseCounter) else { return [] }
    return [
      figureCard(
        "窗口命中", value: grouped(counts.counterHits), denominator: "件等待放行",
        note: "在保对象正在办理网签备案或登记", kind: counts.counterHits > 0 ? .alert : .ok,
        link: Paths.deskCounterHits.link)
    ]
  }

  var releaseCards: [HTML] {
    guard let counts, principal.may(.publishRelease) else { return [] }
    return [
      figureCard(
        "等待发布的数据", value: grouped(counts.preparedReleases), denominator: "份",
        note: "须由另一人发布", kind: counts.preparedReleases > 0 ? .warn : .neutral,
        link: Paths.deskDisclosure.link)
    ]
  }

  var progressPanel: HTML {
    guard !current.isEmpty else {
      return panel("进展", emptyState("还没有整治行动", hint: "县住建局建立行动方案后，进展会显示在这里。"))
    }
    return current.map { one in
      panel(
        "进展：\(stageText(one.stages, on: today))",
        progressBars(one.figures.total)
          + complaintBar(one.figures))
    }.joined()
  }

  private func complaintBar(_ figures: CountyFigures) -> HTML {
    guard principal.may(.viewComplaints) else { return HTML() }
    return progressBar(
      "举报按时答复", value: figures.complaintsInTime, of: figures.complaintsReceived, unit: "件")
  }

  var milestonePanel: HTML {
    guard !milestones.isEmpty else { return HTML() }
    return panel(
      "本单位未完成的任务", actions: buttonLink("行动方案", Paths.deskCampaign.link, isPrimary: false),
      dataTable(
        caption: "本单位未完成的任务",
        columns: [
          Column("任务") { "\($0.title)" }, Column("期限") { "\($0.dueOn.iso)" },
          Column("情况") { milestoneTag($0, today) },
        ], rows: milestones, empty: HTML()))
  }

  var countyTable: HTML {
    dataTable(
      caption: "各县进展",
      columns: [
        Column<CurrentFigures>("县") { "\($0.campaign.areaName)" },
        Column("当前阶段") { "\(stageText($0.stages, on: today))" },
      ]
        + ["房源", "在保家庭", "已复核", "已走访", "发现问题", "已清退", "剩余"].map { name in
          Column(name, numeric: true) { one in
            let figure = countedFigures(one.figures.total).first { $0.name == name }
            return "\(grouped(figure?.value ?? 0))"
          }
        } + [
          Column("收到举报", numeric: true) { "\(grouped($0.figures.complaintsReceived))" },
          Column("按时答复", numeric: true) { "\(grouped($0.figures.complaintsInTime))" },
        ], rows: current,
      empty: emptyState("所辖各县还没有整治行动", hint: "县里建立行动方案后，进展会显示在这里。"))
  }
}

/// Estates with cases past their day; rows lead to them for those who may see cases.
func overduePanel(_ estates: [EstateCases], linked: Bool) -> HTML {
  let link: (EstateCases) -> Link = { estate in
    var filter = CaseFilter()
    filter.estate = estate.estate
    filter.isOverdue = true
    return filter.link
  }
  return panel(
    "逾期问题，按项目",
    dataTable(
      caption: "逾期问题，按项目",
      columns: [
        Column("项目") { "\($0.name)" },
        Column("逾期", numeric: true) { "\(grouped($0.overdue))" },
        Column("在办", numeric: true) { "\(grouped($0.waiting))" },
        Column("最早期限") { "\($0.oldestDue.iso)" },
      ], rows: estates, link: linked ? link : nil, empty: emptyState("没有逾期的问题")))
}
