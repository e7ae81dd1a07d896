import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

struct RuleRunFilter: ListFilter {
  static var list: Link { Paths.deskRuleRuns.link }
}

/// 运行规则: the runs there were, the newest first, and where one is started.
struct RuleRunList: RecordList {
  var asked: ListRequest<RuleRunFilter>
  let view: FormView

  let title = "运行规则"
  let lead = "按认定标准逐户核对部门的答复，找出疑点；再运行一次，没有变化的不变。"
  var breadcrumbs: [(String, Link)] { [("疑点", Paths.deskFindings.link)] }
  let caption = "历次运行"
  let sheetTitle = "规则运行"
  let entity = "rule_runs"
  let unit = "次"

  let order = ListOrder<RuleRunRecord>.descending(
    .key("u.id", \.id), paging: .onward("before", toFirst: true))
  let tables: SQL = "rule_runs u"
  let counting = ListCounting.notAtAll

  func query(_ part: ListPart) -> SQL { "\(ruleRunSQL(part.rows)) ORDER BY \(part.order)" }

  var columns: [Column<RuleRunRecord>] {
    [
      Column("编号", text: \.id.description),
      Column("时间", text: { ShanghaiTime.dateTimeText($0.at) }),
      Column("范围", text: \.scopeText),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("核对户数", number: \.households),
      Column("新发现", number: \.found),
      Column("有变化", number: \.changed),
      Column("重新打开", number: \.reopened),
      Column("不再成立", number: \.lapsed),
      Column("没有变化", number: \.unchanged),
      Column("发起", text: \.accountName),
    ]
  }

  func link(_ run: RuleRunRecord) -> Link? { Paths.deskRuleRun.link(run.id) }

  var empty: HTML { emptyState("还没有运行过规则", hint: "部门答复以后运行规则，找出来的疑点列在疑点清单里。") }

  /// The rounds over which the rules can be run.
  func more(_ tx: Transaction) throws -> [RoundChoice] { try tx.all(roundChoices) }

  func body(_ page: ListPage<RuleRunList>) -> HTML {
    let start = asked.principal.may(.workFindings) ? panel("运行", start(page.more)) : HTML()
    return start + panel("历次运行", page.table + page.pager)
  }

  private func start(_ rounds: [RoundChoice]) -> HTML {
    let choices =
      rounds.map { round in
        ("round-\(round.id)", "\(round.title)（\(round.isOpen ? "进行中" : "已结束")）")
      } + [("area", "全部家庭")]
    return view.form(
      action: RuleRunFilter.list, csrf: asked.csrf, button: "运行规则",
      view.radios(
        "scope", "范围", options: choices, value: choices[0].0,
        hint: "部门送来数据后，规则会自动核对涉及的家庭；认定标准改变以后，请运行一次。"))
  }
}
