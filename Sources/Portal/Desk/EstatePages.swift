import Cases
import Domain
import HTML
import Pages
import Register

/// The list of estates.
struct EstateListPage: Sendable {
  let estates: [EstateSummary]
  let choices: [EstateChoice]
  let township: AreaCode?
  let figures: [EstateID: FigureCounts]

  var html: HTML {
    filterBar(action: Paths.deskEstates.link) {
      filterSelect(
        "township", label: "乡镇", options: choices.townships, selected: township?.rawValue)
    }
      + dataTable(
        caption: "公租房项目", columns: Self.columns(figures), rows: estates,
        link: { Paths.deskEstate.link($0.id) },
        empty: emptyState("没有符合条件的项目", hint: "清除筛选查看全部；新项目由县住建局录入。"),
        total: total)
  }

  static func columns(_ figures: [EstateID: FigureCounts]) -> [Column<EstateSummary>] {
    [
      Column("项目", text: \.name), Column("乡镇", text: \.township),
      Column("地址", text: \.address), Column("产权", text: \.ownership.title),
      Column("房源", number: \.homeCount),
    ]
      + HomeState.allCases.map { state in
        Column(state.title, number: { $0.homes[state, default: 0] })
      } + [
        Column("在租", number: \.runningLeases),
        Column("发现问题", number: { figures[$0.id]?.found }),
        Column("已清退", number: { figures[$0.id]?.cleared }),
      ]
  }

  private var total: [HTML] {
    func sum(_ value: (EstateSummary) -> Int) -> HTML {
      "\(grouped(estates.reduce(0) { $0 + value($1) }))"
    }
    return ["合计", "", "", "", sum(\.homeCount)]
      + HomeState.allCases.map { state in sum { $0.homes[state, default: 0] } } + [
        sum(\.runningLeases), sum { figures[$0.id]?.found ?? 0 },
        sum { figures[$0.id]?.cleared ?? 0 },
      ]
  }
}

/// One estate: its homes, its figures, its latest cases.
struct EstateShowPage: Sendable {
  let estate: EstateSummary
  let plan: EstatePlan?
  let counts: FigureCounts?
  /// Nil for those who may not see cases.
  let cases: [CaseLine]?
  let casesLink: Link
  let today: Day

  var html: HTML { homes + floorPlanPanel(plan, estate: estate.id) + progress + caseList }

  private var homes: HTML {
    panel(
      "房源",
      figureCards(
        [
          figureCard("房源", value: grouped(estate.homeCount), denominator: "套"),
          figureCard(
            "在租", value: grouped(estate.runningLeases),
            denominator: "/ \(grouped(estate.homeCount)) 套"),
        ]
          + HomeState.allCases.map { state in
            figureCard(
              state.title, value: grouped(estate.homes[state, default: 0]),
              denominator: "/ \(grouped(estate.homeCount)) 套")
          }))
  }

  private var progress: HTML {
    guard let counts else {
      return panel("整治进展", emptyState("不在本次整治范围", hint: "行动的整治范围不包括这个项目。"))
    }
    return panel("整治进展", progressBars(counts))
  }

  private var caseList: HTML {
    guard let cases else { return HTML() }
    return panel(
      "最近的问题", actions: buttonLink("全部问题", casesLink, isPrimary: false),
      dataTable(
        caption: "最近的问题",
        columns: [
          Column("编号") { "\($0.number)" },
          Column("房号") { "\(homeText(building: $0.building, unit: $0.unit, room: $0.room))" },
          Column("承租人") { "\(Masking.maskedName($0.applicant ?? ""))" },
          Column("退出性质") { tag($0.nature.markedTitle) },
          Column("状态") { tag($0.state.title, $0.state.tagKind) },
          Column("期限") { dueText($0.dueOn, state: $0.state, today: today) },
        ], rows: Array(cases.prefix(20)), link: { Paths.deskCase.link($0.id) },
        empty: emptyState("这个项目还没有发现问题")))
  }
}

/// How far a place is.
func progressBars(_ counts: FigureCounts) -> HTML {
  progressBar("资格复核", value: counts.reviewed, of: counts.households, unit: "户")
    + progressBar("入户走访", value: counts.visited, of: counts.households, unit: "户")
    + progressBar("问题清退", value: counts.cleared, of: counts.found, unit: "件")
}
