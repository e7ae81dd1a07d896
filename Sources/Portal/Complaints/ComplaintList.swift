import Domain
import HTML
import Pages
import Postgres
import Web

struct ComplaintFilter: ListFilter {
  typealias Choices = [ComplaintEstate]

  var state: ComplaintState?
  var kind: ComplaintKind?
  var estate: EstateID?
  /// Only those that wait for the person who looks.
  var isMine = false
  /// Only those past their due day.
  var isOverdue = false

  static var list: Link { Paths.deskComplaints.link }

  static let fields: [FilterField<ComplaintFilter>] = [
    .choice(\.state, "state", "状态", titled: \.title) { "c.state = \($0)" },
    .choice(
      \.kind, "kind", "类型", titled: \.title,
      among: ComplaintKind.allCases.filter { !$0.isForInspectorsOnly }
    ) { "c.kind = \($0)" },
    .record(
      \.estate, "estate", "小区（项目）", among: { $0.map { ($0.id.description, $0.name) } },
      condition: { "c.estate_id = \($0)" }),
    .flag(\.isMine, "mine", "经办", "等我处理") { asked in
      "c.assigned_to = \(asked.principal.accountID) AND c.state IN ('received', 'accepted')"
    },
    .flag(\.isOverdue, "overdue", "期限", "已超期") { overdue(on: $0.today) },
  ]

  private static func overdue(on today: Day) -> SQL {
    let limits = ComplaintTimeLimits()
    let decision = ShanghaiTime.date(on: today - limits.acceptance)
    let finish = ShanghaiTime.date(on: today - limits.finish)
    return """
      ((c.state = 'received' AND c.received_at < \(decision))
        OR (c.state = 'accepted' AND c.received_at < \(finish)))
      """
  }
}

/// 投诉举报: the desk's list of complaints, with how many there are in each state.
struct ComplaintList: RecordList {
  var asked: ListRequest<ComplaintFilter>

  let title = "投诉举报"
  let lead = "群众的举报和建议：15天内答复是否受理，60天内办结。"
  let entity = "complaints"
  let unit = "件"

  let order = ListOrder<ComplaintLine>.newest
  let tables: SQL = "complaints c"
  /// By state: see ``more(_:)``.
  let counting = ListCounting.notAtAll

  func countText(_ counted: Int, shown: Int) -> String? {
    shown == 0 ? nil : "共 \(counted) 件，本页 \(shown) 件"
  }

  func choices(_ tx: Transaction) throws -> [ComplaintEstate]? {
    try tx.all(complaintEstates(in: asked.principal.area))
  }

  func query(_ part: ListPart) -> SQL {
    complaintSQL(
      part, assignee: "a.display_name", accounts: "LEFT JOIN accounts a ON a.id = c.assigned_to")
  }

  var columns: [Column<ComplaintLine>] {
    [
      Column("编号", text: \.number),
      Column("收到", day: { ShanghaiTime.day(of: $0.receivedAt) }),
      Column("类型", shown: { tag($0.kind.title) }),
      Column("地点", text: { complaintPlace(estate: $0.estate, address: $0.address) }),
      Column("照片", number: \.photos),
      Column("状态", shown: state),
      Column("经办人", text: { $0.assignee ?? "未交办" }),
      Column("期限", shown: due),
    ]
  }

  private func state(_ line: ComplaintLine) -> HTML {
    complaintStateTag(line.state) + (line.hasNews ? " " + tag("有新留言", .info) : HTML())
  }

  private func due(_ line: ComplaintLine) -> HTML {
    complaintDue(
      state: line.state, received: line.receivedAt, decided: line.decidedAt,
      finished: line.finishedAt, today: asked.today)
  }

  func link(_ line: ComplaintLine) -> Link? { Paths.deskComplaint.link(line.id) }

  /// Whether this account may take down what arrives by phone, letter or visit.
  private var mayRegister: Bool { asked.principal.may(.handleComplaints) }

  var empty: HTML {
    emptyState(
      "没有符合条件的投诉举报",
      hint: mayRegister ? "换一个筛选条件或清除筛选；电话、来信、来访的举报可以在这里登记。" : "换一个筛选条件或清除筛选。",
      action: mayRegister
        ? buttonLink("登记来电来信来访", Paths.deskComplaintNew.link, isPrimary: false) : HTML())
  }
}

// MARK: - The page

extension ComplaintList {
  /// How many there are in each state, whichever is chosen.
  func more(_ tx: Transaction) throws -> [ComplaintState: Int] {
    var all = asked
    all.filter.state = nil
    let counts: Query<(state: ComplaintState, count: Int)> = Query(
      """
      SELECT c.state, count(*) AS count FROM complaints c WHERE \(all.condition) GROUP BY c.state
      """
    ) { (try $0("state"), try $0("count")) }
    return Dictionary(uniqueKeysWithValues: try tx.all(counts).map { ($0.state, $0.count) })
  }

  func body(_ page: ListPage<ComplaintList>) -> HTML {
    let counts = page.more
    let all = counts.values.reduce(0, +)
    let shown = asked.filter.state.map { counts[$0] ?? 0 } ?? all
    return entry + cards(counts, of: all) + page.filters + page.table
      + page.pager(countText(shown, shown: page.lines.lines.count))
  }

  private var entry: HTML {
    guard mayRegister else { return HTML() }
    return "<p class=\"actions\">\(buttonLink("登记来电来信来访", Paths.deskComplaintNew.link))</p>\n"
  }

  private func cards(_ counts: [ComplaintState: Int], of all: Int) -> HTML {
    figureCards(
      ComplaintState.allCases.map { state in
        var narrowed = asked.filter
        narrowed.state = state
        return figureCard(
          state.title, value: "\(counts[state] ?? 0)", denominator: "共 \(all) 件",
          kind: state == .received ? .warn : .neutral, link: narrowed.link)
      })
  }
}
