import Domain
import Foundation
import HTML
import Pages

/// The desk's list of complaints.
struct ComplaintListPage: Sendable {
  let filter: ComplaintFilter
  let page: ComplaintLines
  let counts: [ComplaintState: Int]
  let estates: [ComplaintEstate]
  let today: Day
  /// Whether this account may take down what arrives by phone, letter or visit.
  let mayRegister: Bool

  var html: HTML { cards + filters + table + pages }

  private var cards: HTML {
    figureCards(
      ComplaintState.allCases.map { state in
        var narrowed = filter
        narrowed.state = state
        return figureCard(
          state.title, value: "\(counts[state] ?? 0)", denominator: "共 \(all) 件",
          kind: state == .received ? .warn : .neutral, link: narrowed.link)
      })
  }

  private var all: Int { counts.values.reduce(0, +) }

  private var filters: HTML {
    filterBar(action: Paths.deskComplaints.link) {
      filterSelect(
        "state", label: "状态", options: ComplaintState.allCases.map { ($0.rawValue, $0.title) },
        selected: filter.state?.rawValue)
        + filterSelect(
          "kind", label: "类型", options: Self.kinds, selected: filter.kind?.rawValue)
        + filterSelect(
          "estate", label: "小区（项目）", options: estates.map { ($0.id.description, $0.name) },
          selected: filter.estate?.description)
        + filterSelect(
          "mine", label: "经办", options: [("1", "等我处理")], selected: filter.isMine ? "1" : nil)
        + filterSelect(
          "overdue", label: "期限", options: [("1", "已超期")], selected: filter.isOverdue ? "1" : nil)
    }
  }

  private static var kinds: [(value: String, text: String)] {
    ComplaintKind.allCases.filter { !$0.isForInspectorsOnly }.map { ($0.rawValue, $0.title) }
  }

  private var table: HTML {
    dataTable(
      caption: "投诉举报", columns: Self.columns(today: today), rows: page.lines,
      link: { Paths.deskComplaint.link($0.id) },
      empty: emptyState(
        "没有符合条件的投诉举报",
        hint: mayRegister ? "换一个筛选条件或清除筛选；电话、来信、来访的举报可以在这里登记。" : "换一个筛选条件或清除筛选。",
        action: mayRegister
          ? buttonLink("登记来电来信来访", Paths.deskComplaintNew.link, isPrimary: false) : HTML()))
  }

  static func columns(today: Day) -> [Column<ComplaintLine>] {
    [
      Column("编号", text: \.number),
      Column("收到", day: { ShanghaiTime.day(of: $0.receivedAt) }),
      Column("类型", shown: { tag($0.kind.title) }),
      Column("地点", text: { complaintPlace(estate: $0.estate, address: $0.address) }),
      Column("照片", number: \.photos),
      Column("状态", shown: stateTag),
      Column("经办人", text: { $0.assignee ?? "未交办" }),
      Column("期限", shown: { complaintDue($0, today: today) }),
    ]
  }

  private static func stateTag(_ line: ComplaintLine) -> HTML {
    complaintStateTag(line.state) + (line.hasNews ? " " + tag("有新留言", .info) : HTML())
  }

  private var pages: HTML {
    let shown = filter.state.map { counts[$0] ?? 0 } ?? all
    return complaintPager(page, list: filter.link, countText: "共 \(shown) 件")
  }
}

func complaintPager(_ page: ComplaintLines, list: Link, countText: String) -> HTML {
  guard let first = page.lines.first, let last = page.lines.last else { return HTML() }
  func position(_ line: ComplaintLine, isBackward: Bool) -> Link {
    ComplaintPosition(isBackward: isBackward, receivedAt: line.receivedAt, id: line.id).link(list)
  }
  return pager(
    next: page.hasNext ? position(last, isBackward: false) : nil,
    previous: page.hasPrevious ? position(first, isBackward: true) : nil,
    countText: "\(countText)，本页 \(page.lines.count) 件")
}

/// The clock that runs, in words; for what is finished, whether it was in time.
func complaintDue(
  state: ComplaintState, received: Date, decided: Date?, finished: Date?, today: Day
) -> HTML {
  let clock = ComplaintClock(received: ShanghaiTime.day(of: received))
  guard let due = clock.due(in: state) else {
    let isInTime = clock.isInTime(
      decided: decided.map { ShanghaiTime.day(of: $0) },
      finished: finished.map { ShanghaiTime.day(of: $0) },
      wasDeclined: state == .notAccepted, today: today)
    return isInTime ? tag("按期", .ok) : tag("超期办理", .alert)
  }
  let days = today.distance(to: due)
  let what = state == .received ? "受理" : "办结"
  if days < 0 { return tag("\(what)超期 \(-days) 天", .alert) }
  if days <= 3 { return tag(days == 0 ? "今天应\(what)" : "\(what)还有 \(days) 天", .warn) }
  return "\(due.iso) 前\(what)"
}

private func complaintDue(_ line: ComplaintLine, today: Day) -> HTML {
  complaintDue(
    state: line.state, received: line.receivedAt, decided: line.decidedAt,
    finished: line.finishedAt, today: today)
}
