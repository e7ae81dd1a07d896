import Domain
import HTML
import Pages
import Postgres
import Web

struct ContestFilter: ListFilter {
  var state: ContestState?

  static var list: Link { Paths.deskContests.link }

  static let fields: [FilterField<ContestFilter>] = [
    .choice(\.state, "state", "状态", titled: \.title) { $0.condition }
  ]
}

/// Whether a contest waits.
enum ContestState: String, CaseIterable, Hashable, Sendable {
  case open, decided

  var title: String { self == .open ? "等待决定" : "已决定" }
  var condition: SQL { self == .open ? "c.outcome IS NULL" : "c.outcome IS NOT NULL" }
}

/// 异议: what households say against answers, the newest first.
struct ContestList: RecordList {
  var asked: ListRequest<ContestFilter>

  let title = "异议"
  let lead = "当事人对核查结果提出的异议：谁、什么时候、怎么决定的。没有决定以前，有关疑点不能列入问题清单。"
  let entity = "contests"
  let unit = "条"

  let order = ListOrder<Contest>.descending(
    .key("c.id", \.id), paging: .onward("before", toFirst: true))
  let tables: SQL = "contests c"
  let counting = ListCounting.notAtAll

  func query(_ part: ListPart) -> SQL { "\(contestSQL(part.rows)) ORDER BY \(part.order)" }

  var columns: [Column<Contest>] {
    [
      Column("编号", text: \.id.description),
      Column("家庭编号", text: \.householdNumber),
      Column("核查事项", text: \.type.title),
      Column("单位", text: \.type.bureau.title),
      Column("提出日期", day: \.saidOn),
      Column("状态", tag: { ($0.stateTitle, $0.tagKind) }),
      Column("记录", text: \.recordedByName),
      Column("决定", text: { $0.decidedByName ?? "" }),
    ]
  }

  func link(_ contest: Contest) -> Link? { Paths.deskContest.link(contest.id) }

  var actions: HTML { exportLinks(asked.filter.link) }

  var empty: HTML {
    emptyState("没有符合条件的异议", hint: "当事人对核查结果有异议的，在家庭档案的“部门核查”里记录。")
  }
}
