import Domain
import HTML
import Pages
import Register

/// The list of cases: its filters, its table, its pages.
struct CaseListPage {
  let filter: CaseFilter
  let page: CaseLines
  let count: CappedCount
  let estates: [EstateChoice]
  let today: Day

  var html: HTML { filters + table + pages }

  private var filters: HTML {
    filterBar(action: Paths.deskCases.link) {
      filterSelect(
        "status", label: "办理情况", options: [("open", "办理中"), ("closed", "已了结")],
        selected: filter.isOpen.map { $0 ? "open" : "closed" })
        + filterSelect(
          "state", label: "状态", options: CaseState.allCases.map { ($0.rawValue, $0.title) },
          selected: filter.state?.rawValue)
        + filterSelect(
          "nature", label: "退出性质",
          options: ExitNature.allCases.map { ($0.rawValue, $0.markedTitle) },
          selected: filter.nature?.rawValue)
        + filterSelect(
          "estate", label: "项目", options: estates.map { ($0.id.description, $0.name) },
          selected: filter.estate?.description)
        + filterSelect(
          "township", label: "乡镇", options: estates.townships,
          selected: filter.township?.rawValue)
        + filterSelect(
          "overdue", label: "期限", options: [("1", "已逾期")], selected: filter.isOverdue ? "1" : nil)
    }
  }

  private var table: HTML {
    dataTable(
      caption: "问题（整改）清单", columns: Self.columns(today: today), rows: page.lines,
      link: { Paths.deskCase.link($0.id) },
      empty: emptyState(
        "没有符合条件的问题", hint: "换一个筛选条件，或清除筛选查看全部。",
        action: buttonLink("查看全部", Paths.deskCases.link, isPrimary: false)))
  }

  static func columns(today: Day) -> [Column<CaseLine>] {
    [
      Column("编号", text: \.number),
      Column("项目", text: \.estate),
      Column("房号", text: { homeText(building: $0.building, unit: $0.unit, room: $0.room) }),
      Column("承租人", text: { Masking.maskedName($0.applicant ?? "") }),
      Column("退出性质", shown: { tag($0.nature.markedTitle) }),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("进入状态", day: \.stateSince),
      Column("期限", shown: { dueText($0.dueOn, state: $0.state, today: today) }),
    ]
  }

  private var pages: HTML {
    guard let first = page.lines.first, let last = page.lines.last else { return HTML() }
    func position(_ line: CaseLine, isBackward: Bool) -> CasePosition {
      CasePosition(isBackward: isBackward, dueOn: line.dueOn, id: line.id)
    }
    return pager(
      next: page.hasNext ? position(last, isBackward: false).link(filter) : nil,
      previous: page.hasPrevious ? position(first, isBackward: true).link(filter) : nil,
      countText: "共 \(count.text) 件，本页 \(page.lines.count) 件")
  }
}
