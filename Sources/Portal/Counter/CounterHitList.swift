import Domain
import Ground
import HTML
import Pages
package import Postgres
import Register
import Spreadsheet

enum CounterHitStanding: String, CaseIterable, Sendable {
  case waiting
  case released

  var title: String {
    switch self {
    case .waiting: CounterState.waiting.word
    case .released: CounterState.released.word
    }
  }

  /// The condition on `counter_checks c`.
  var condition: SQL {
    switch self {
    case .waiting: "c.released_at IS NULL"
    case .released: "c.released_at IS NOT NULL"
    }
  }
}

struct CounterHitFilter: ListFilter {
  /// Nil for all; the list begins with those that wait.
  var standing: CounterHitStanding? = .waiting

  var purpose: CounterPurpose?

  static var list: Link { Paths.deskCounterHits.link }

  static let fields: [FilterField<CounterHitFilter>] = [
    .choice(\.purpose, "purpose", "办理事项", titled: \.title) { "c.purpose = \($0)" },
    .choice(\.standing, "state", "状态", titled: \.title, usual: .waiting) { $0.condition },
  ]
}

private let isHit: SQL = "c.result = 'protected'"

/// 窗口命中: protected tenants about whom the counter has asked, the newest first.
struct CounterHitList: RecordList {
  var asked: ListRequest<CounterHitFilter>

  let title = "窗口命中"
  let lead = "在保对象正在办理网签备案或不动产登记：先核实，再决定放行。"
  let entity = "counter_checks"
  let unit = "条"

  let order = ListOrder<CounterLine>.descending(
    .key("c.id", \.id), paging: .onward("before", toFirst: true))
  let tables: SQL = "counter_checks c"
  let basis = isHit
  let counting = ListCounting.exactly

  func query(_ part: ListPart) -> SQL { counterSQL(part) }

  func countText(_ counted: Int, shown: Int) -> String? { "共 \(grouped(counted)) 条" }

  /// Without the buttons.
  var columns: [Column<CounterLine>] {
    [
      Column("编号", text: \.reference),
      Column("时间", text: { tableTime($0.askedAt) }),
      Column("查询", text: \.asker),
      Column("办理事项", text: \.purpose.title),
      Column("姓名", text: \.maskedName),
      Column("家庭") { line in
        guard let household = line.household else { return "—" }
        return """
          <a href="\(path: Paths.deskHousehold.link(household))">\(line.householdNumber ?? "—")</a>
          """
      } export: { line in
        line.householdNumber.map { .text($0) } ?? .empty
      },
      Column("姓名一致", tag: { $0.nameMatches == false ? ("不一致", .warn) : ("一致", .neutral) }),
      Column("状态", tag: { ($0.state.word, $0.state.kind) }),
      Column("放行", text: \.releaseText),
    ]
  }

  private func releasing(_ line: CounterLine) -> HTML {
    guard line.state == .waiting else { return HTML() }
    return """
      <a href="\(path: Paths.deskCounterRelease.link(line.id))">放行\
      <span class="visually-hidden">：\(line.reference)</span></a>
      """
  }

  var empty: HTML { emptyState("没有需要处理的窗口命中", hint: "窗口查到在保对象时，会立即出现在这里。") }

  func body(_ page: ListPage<CounterHitList>) -> HTML {
    page.filters + choice(page) + page.pager
  }

  private func choice(_ page: ListPage<CounterHitList>) -> HTML {
    guard page.lines.lines.contains(where: { $0.state == .waiting }) else {
      return page.table(columns + [Column("操作", releasing)])
    }
    let all = asked.filter.link(at: Paths.deskCounterHitRelease.link).query("all", "yes")
    return """
      <form method="get" action="\(path: Paths.deskCounterHitRelease.link)">
      \(page.table(columns + [Column("操作") { Self.checkbox($0) + releasing($0) }]))
      <div class="form-actions"><button class="button" type="submit">放行所选的</button>\
      \(buttonLink("放行筛选出的全部", all, isPrimary: false))\
      <span class="hint">原因相同的可以一起放行，下一页写明原因、核对条数。</span></div>
      </form>

      """
  }

  private static func checkbox(_ line: CounterLine) -> HTML {
    guard line.state == .waiting else { return HTML() }
    return """
      <input type="checkbox" name="hit" value="\(line.id.description)" \
      aria-label="选择 \(line.reference)">
      """
  }
}

/// How many wait to be let go on.
package let waitingHitCount: Query<Int> = Query(
  "SELECT count(*) FROM counter_checks c WHERE \(isHit) AND \(CounterHitStanding.waiting.condition)"
)
