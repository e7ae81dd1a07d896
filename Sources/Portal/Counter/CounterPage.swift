import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

struct QuestionFilter: ListFilter {
  static var list: Link { Paths.deskCounter.link }
}

/// 窗口核查, the counter's one screen: the answer to the last question, the next question, one's own history.
struct QuestionList: RecordList {
  var asked: ListRequest<QuestionFilter>
  let view: FormView
  let justAsked: CounterCheckID?

  let title = "窗口核查"
  let lead = "办理网签备案或不动产登记前问一次：申请人是不是公租房在保对象。每次查询都有记录。"
  let caption = "我的查询"
  let sheetTitle = "窗口核查记录"
  let entity = "counter_checks"
  let unit = "条"

  let order = ListOrder<CounterLine>.descending(
    .key("c.id", \.id), paging: .onward("before", toFirst: true))
  let tables: SQL = "counter_checks c"
  var basis: SQL { "c.account_id = \(asked.principal.accountID)" }
  let counting = ListCounting.notAtAll

  func query(_ part: ListPart) -> SQL { counterSQL(part) }

  func countText(_ counted: Int, shown: Int) -> String? { "本页 \(shown) 条" }

  /// Without the buttons.
  var columns: [Column<CounterLine>] {
    [
      Column("编号", text: \.reference),
      Column("时间", text: { String(tableTime($0.askedAt)) }),
      Column("办理事项", text: \.purpose.title),
      Column("结果", tag: { ($0.state.word, $0.state.kind) }),
      Column("姓名", text: \.maskedName),
      Column("放行", text: \.releaseText),
      Column("备案或登记编号", text: \.filingNumber),
    ]
  }

  private func filing(_ line: CounterLine) -> HTML {
    guard line.state.mayFile, line.filingNumber == nil else { return HTML() }
    return """
      <a href="\(path: Paths.deskCounterFiling.link(line.id))">填编号\
      <span class="visually-hidden">：\(line.reference)</span></a>
      """
  }

  var empty: HTML { emptyState("还没有查询过", hint: "填写姓名和身份证号，选择办理事项，按回车即可。") }

  func more(_ tx: Transaction) throws -> CounterLine? {
    try justAsked.flatMap { try tx.first(counterLine($0)) }
  }

  func body(_ page: ListPage<QuestionList>) -> HTML {
    let history = page.table(columns + [Column("操作", filing)]) + page.pager
    return (page.more.map { counterAnswer($0) } ?? HTML())
      + panel(page.more == nil ? "查询" : "下一个", form(after: page.more))
      + panel("我的查询", history)
  }

  private func form(after answer: CounterLine?) -> HTML {
    view.form(
      action: Paths.deskCounter.link, csrf: asked.csrf, button: "查询",
      """
      \(view.input("name", "姓名", maxlength: 60, autocomplete: "off", autofocus: true))\
      \(view.input("id_number", "身份证号", hint: "18 位，旧证 15 位也可以", maxlength: 40, autocomplete: "off"))\
      \(view.radios(
        "purpose", "办理事项", options: CounterPurpose.allCases.map { ($0.rawValue, $0.title) },
        value: answer?.purpose.rawValue))
      """)
  }
}

/// What the clerk tells the person at the window.
private func counterAnswer(_ line: CounterLine) -> HTML {
  let name: HTML =
    line.nameMatches == false
    ? "<p>所填姓名与公租房登记的不一致，请核对证件。</p>" : HTML()
  let filing: HTML =
    line.state.mayFile && line.filingNumber == nil
    ? "<p><a href=\"\(path: Paths.deskCounterFiling.link(line.id))\">办完后在这里填备案或登记编号</a></p>"
    : HTML()
  return """
    <div class="notice notice-\(line.state.kind.rawValue) counter-answer" role="status">
    <p><strong>\(line.state.title)</strong></p>
    \(name)<p>核查编号 <code>\(line.reference)</code>，\(line.purpose.title)</p>
    \(ifLet: line.releaseText, { "<p>\($0)</p>" })\(filing)</div>

    """
}

extension CounterState {
  var kind: TagKind {
    switch self {
    case .clear, .released: .ok
    case .waiting: .alert
    }
  }
}

extension CounterLine {
  /// Who let it go on, when and why; nil while nobody has.
  var releaseText: String? {
    guard let releasedAt, let releasedByName, let releaseReason else { return nil }
    return "\(releasedByName) \(tableTime(releasedAt).prefix(16)) 放行：\(releaseReason)"
  }
}

/// Where the number of the filing is entered that followed.
struct CounterFilingPage {
  let line: CounterLine
  let view: FormView
  let csrf: String

  var html: HTML {
    panel("核查结果", definitionList(counterFacts(line))) + panel("办理", content)
  }

  private var content: HTML {
    if let number = line.filingNumber {
      return emptyState(
        "已经填过：\(number)", action: buttonLink("返回窗口核查", Paths.deskCounter.link))
    }
    guard line.state.mayFile else {
      return emptyState("县住建局还没有放行", hint: "放行后，窗口核查页会显示原因，再来填写编号。")
    }
    return view.form(
      action: Paths.deskCounterFiling.link(line.id), csrf: csrf, button: "保存",
      view.input(
        "filing_number", "备案或登记编号", hint: "网签备案号或不动产登记受理号", maxlength: 60,
        autocomplete: "off", autofocus: true))
  }
}

/// What pages say of one question.
func counterFacts(_ line: CounterLine) -> [(String, HTML)] {
  [
    ("编号", HTML(text: line.reference)), ("时间", HTML(text: tableTime(line.askedAt))),
    ("查询", HTML(text: line.asker)), ("办理事项", HTML(text: line.purpose.title)),
    ("结果", tag(line.state.word, line.state.kind)),
  ] + (line.releaseText.map { [("放行", HTML(text: $0))] } ?? [])
}
