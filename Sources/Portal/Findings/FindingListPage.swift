import Domain
import Ground
import HTML
import Pages
import Register
import Spreadsheet
import Web

/// The list of findings, from which several that are alike can be chosen.
struct FindingListPage: Sendable {
  let filter: FindingFilter
  let page: ListLines<FindingLine>
  let count: CappedCount
  let estates: [EstateChoice]
  let keys: KeyRing
  let mayDecide: Bool

  var html: HTML { filters + choice + pages }

  private var filters: HTML {
    filterBar(action: Paths.deskFindings.link) {
      filterSelect(
        "rule", label: "规则",
        options: FindingRule.allCases.map { ($0.rawValue, "\($0.rawValue) \($0.title)") },
        selected: filter.rule?.rawValue)
        + filterSelect(
          "state", label: "状态",
          options: FindingState.allCases.filter { $0 != .open }.map { ($0.rawValue, $0.title) }
            + [(FindingFilter.anyState, "全部")],
          selected: filter.state?.rawValue ?? FindingFilter.anyState, any: FindingState.open.title)
        + filterSelect(
          "township", label: "乡镇", options: estates.townships,
          selected: filter.township?.rawValue)
        + filterSelect(
          "estate", label: "项目", options: estates.map { ($0.id.description, $0.name) },
          selected: filter.estate?.description)
        + filterHidden(filter.household.map { ("household", $0.description) })
        + filterHidden(filter.run.map { ("run", $0.description) })
    }
  }

  /// Whether there is anything to choose for deciding.
  private var offersChoice: Bool { mayDecide && page.lines.contains { $0.state == .open } }

  private var choice: HTML {
    guard offersChoice else { return table(Self.columns(keys)) }
    return """
      <form method="get" action="\(path: Paths.deskFindingChoice.link)">
      \(table(Self.columns(keys) + [Self.checkbox]))
      <div class="form-actions"><button class="button" type="submit">处理所选的疑点</button>\
      <span class="hint">一次可以选几个同一规则的疑点，一起排除或转为问题。</span></div>
      </form>

      """
  }

  private func table(_ columns: [Column<FindingLine>]) -> HTML {
    dataTable(
      caption: "疑点", columns: columns, rows: page.lines, link: { Paths.deskFinding.link($0.id) },
      empty: emptyState(
        "没有符合条件的疑点", hint: "部门答复以后运行规则，疑点就列在这里；也可以换一个筛选条件。",
        action: buttonLink("运行规则", Paths.deskRuleRuns.link, isPrimary: false)))
  }

  private static var checkbox: Column<FindingLine> {
    Column("选择") { line -> HTML in
      guard line.state == .open else { return HTML() }
      return """
        <input type="checkbox" name="finding" value="\(line.id.description)" \
        aria-label="选择家庭 \(line.householdNumber) 的疑点 \(line.rule.rawValue)">
        """
    }
  }

  static func columns(_ keys: KeyRing) -> [Column<FindingLine>] {
    [
      Column("规则", text: { "\($0.rule.rawValue) \($0.rule.title)" }),
      Column("家庭", shown: household),
      Column("项目", text: \.estate),
      Column("乡镇", text: \.township),
      Column("说明", text: { $0.words.text(keys) }),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("发现日期", day: { ShanghaiTime.day(of: $0.foundAt) }),
    ]
  }

  private static func household(_ line: FindingLine) -> HTML {
    """
    <a href="\(path: Paths.deskHousehold.link(line.household))">\
    \(line.applicantText)（\(line.householdNumber)）</a>
    """
  }

  private var pages: HTML {
    guard let first = page.lines.first, let last = page.lines.last else { return HTML() }
    return pager(
      next: page.hasNext ? FindingPosition(isBackward: false, id: last.id).link(filter) : nil,
      previous: page.hasPrevious
        ? FindingPosition(isBackward: true, id: first.id).link(filter) : nil,
      countText: "共 \(count.text) 个，本页 \(page.lines.count) 个")
  }
}
