import Domain
import HTML
import Pages
import Reviews
import Spreadsheet
import Web

extension RuleRunState {
  var tagKind: TagKind {
    switch self {
    case .waiting, .running: .info
    case .done: .ok
    case .failed: .alert
    }
  }
}

/// One run: how far it is, what it found, and by which lines.
struct RuleRunShowPage: Sendable {
  let run: RuleRunRecord

  var html: HTML {
    (run.message.map { notice(.alert, "<p>\($0)</p>") } ?? HTML()) + progress
      + panel("结果", figures)
      + (run.lines == nil ? HTML() : panel("所用的认定标准", lines)) + panel("登记", facts)
  }

  private var progress: HTML {
    guard run.state.isBusy else { return HTML() }
    let body: HTML =
      run.householdsExpected.map { expected in
        progressBar("核对", value: run.households, of: expected, unit: "户")
      } ?? "<p>排队……</p>"
    return """
      <div id="run-progress" data-refresh="1000">
      <noscript><meta http-equiv="refresh" content="3"></noscript>
      \(panel(run.state.title, body + refreshLink))</div>

      """
  }

  private var refreshLink: HTML {
    """
    <p class="hint">页面会自己更新，可以离开，核对照常进行。\
    <a href="\(path: Paths.deskRuleRun.link(run.id))">刷新</a></p>
    """
  }

  private var figures: HTML {
    var filter = FindingFilter()
    filter.state = nil
    filter.run = run.id
    let of = "核对 \(grouped(run.households)) 户"
    let cards: [HTML] = [
      figureCard(
        "新发现", value: grouped(run.found), denominator: of, kind: run.found > 0 ? .warn : .ok,
        link: filter.link),
      figureCard("依据有变化", value: grouped(run.changed), denominator: of, link: filter.link),
      figureCard("重新打开", value: grouped(run.reopened), denominator: of, link: filter.link),
      figureCard("不再成立", value: grouped(run.lapsed), denominator: of),
      figureCard("没有变化", value: grouped(run.unchanged), denominator: of),
    ]
    return "<div class=\"figures\">\(cards)</div>\n"
  }

  // MARK: The lines

  private var lines: HTML {
    let used = run.lines ?? []
    return silence(used)
      + dataTable(
        caption: "所用的认定标准",
        columns: [
          Column("标准") { "\(ThresholdKind(rawValue: $0.kind)?.title ?? $0.kind)" },
          Column("年度", numeric: true) { "\($0.year)" },
          Column("数值", numeric: true) { line in
            let kind = ThresholdKind(rawValue: line.kind)
            let amount = Hundredths(line.amount)
            return "\(kind.flatMap { kind in amount.map { kind.text($0) } } ?? line.amount)"
          },
          Column("依据文件") { "\($0.document)" },
        ], rows: used,
        empty: emptyState(
          "没有设置任何标准", action: buttonLink("认定标准", Paths.deskThresholds.link, isPrimary: false)))
  }

  /// Which rules could not speak for want of a line.
  private func silence(_ used: [UsedLine]) -> HTML {
    let counties = Set(used.map(\.county))
    let missing = ThresholdKind.allCases.filter { kind in
      counties.isEmpty
        || counties.contains { county in
          !used.contains { $0.county == county && $0.kind == kind.rawValue }
        }
    }
    guard !missing.isEmpty else { return HTML() }
    let items = missing.map { kind -> HTML in
      "<li>\(kind.rule.rawValue) \(kind.rule.title)：没有设置“\(kind.title)”</li>"
    }
    return notice(.warn, "<p>下面的规则缺少标准，没有作判断：</p><ul>\(items)</ul>")
  }

  private var facts: HTML {
    var items: [(String, HTML)] = [
      ("范围", "\(run.scopeText)"),
      ("发起", "\(run.accountName) \(ShanghaiTime.dateTimeText(run.at))"),
      ("标准年度", "\(run.year) 年及以前最近一年"),
    ]
    if let at = run.finishedAt { items.append(("结束", "\(ShanghaiTime.dateTimeText(at))")) }
    return definitionList(items)
  }
}
