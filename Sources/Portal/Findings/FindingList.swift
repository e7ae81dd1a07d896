import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

struct FindingFilter: ListFilter {
  typealias Choices = [EstateChoice]

  var rule: FindingRule?
  /// Of another home (R1): whether it was contracted for or registered.
  var origin: HomeOrigin?
  /// Nil for all; the list begins with those that are open.
  var state: FindingState? = .open
  var township: AreaCode?
  var estate: EstateID?
  var household: HouseholdID?
  /// Those that one run found, or found changed.
  var run: RuleRunID?

  static var list: Link { Paths.deskFindings.link }

  static let fields: [FilterField<FindingFilter>] = [
    .choice(
      \.rule, "rule", "规则", titled: { "\($0.rawValue) \($0.title)" },
      condition: { "f.rule = \($0)" }),
    .choice(\.origin, "origin", "另有住房的来源", titled: \.title) { $0.condition },
    .choice(\.state, "state", "状态", titled: \.title, usual: .open) { "f.state = \($0)" },
    .township(\.township) { "f.area = \($0)" },
    .estate(\.estate) { "h.estate_id = \($0)" },
    .hidden(\.household, "household") { "f.household_id = \($0)" },
    .hidden(\.run, "run") { "f.run_id = \($0)" },
  ]
}

/// 疑点: the findings, the newest first, from which several that are alike can be chosen.
struct FindingList: RecordList {
  var asked: ListRequest<FindingFilter>
  let keys: KeyRing

  let title = "疑点"
  let lead = "规则从部门的答复里找出来的疑点：逐个核实，排除，或转为问题。"
  let entity = "findings"
  let unit = "个"

  let order = ListOrder<FindingLine>.descending(.key("f.id", \.id))
  var planning: Databases.Planning? { .search }

  var tables: SQL { findingTables(asked.filter) }

  func query(_ part: ListPart) -> SQL { findingSQL(part.rows, order: part.order) }

  var columns: [Column<FindingLine>] { findingColumns(keys) }

  func link(_ line: FindingLine) -> Link? { Paths.deskFinding.link(line.id) }

  var actions: HTML {
    exportLinks(asked.filter.link)
      + buttonLink("认定标准", Paths.deskThresholds.link, isPrimary: false)
      + buttonLink("运行规则", Paths.deskRuleRuns.link, isPrimary: false)
  }

  var empty: HTML {
    emptyState(
      "没有符合条件的疑点", hint: "部门答复以后运行规则，疑点就列在这里；也可以换一个筛选条件。",
      action: buttonLink("运行规则", Paths.deskRuleRuns.link, isPrimary: false))
  }
}

/// Households are looked at only where they matter.
private func findingTables(_ filter: FindingFilter) -> SQL {
  filter.estate == nil
    ? "findings f" : "findings f JOIN households h ON h.id = f.household_id"
}

/// What of a filter nobody has decided.
func openFindings(_ asked: ListRequest<FindingFilter>, limit: Int) -> Query<FindingID> {
  Query(
    """
    SELECT f.id FROM \(findingTables(asked.filter))
    WHERE \(asked.condition) AND f.state = \(FindingState.open)
    ORDER BY f.id DESC LIMIT \(limit)
    """)
}

/// The columns of lists of findings.
func findingColumns(_ keys: KeyRing) -> [Column<FindingLine>] {
  [
    Column("规则", text: \.ruleText),
    Column("家庭", shown: household),
    Column("项目", text: \.estate),
    Column("乡镇", text: \.township),
    Column("说明", text: { $0.words.text(keys) }),
    Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
    Column("发现日期", day: { ShanghaiTime.day(of: $0.foundAt) }),
  ]
}

private func household(_ line: FindingLine) -> HTML {
  """
  <a href="\(path: Paths.deskHousehold.link(line.household))">\
  \(line.applicantText)（\(line.householdNumber)）</a>
  """
}

// MARK: - Choosing several

extension FindingList {
  func body(_ page: ListPage<FindingList>) -> HTML { page.filters + choice(page) + page.pager }

  private func choice(_ page: ListPage<FindingList>) -> HTML {
    let isOffered =
      asked.principal.may(.workFindings) && page.lines.lines.contains { $0.state == .open }
    guard isOffered else { return page.table }
    return """
      <form method="get" action="\(path: Paths.deskFindingChoice.link)">
      \(page.table(columns + [Self.checkbox]))
      <div class="form-actions"><button class="button" type="submit">处理所选的疑点</button>\
      <span class="hint">一次可以选几个同一规则的疑点，一起排除或转为问题。</span></div>
      </form>
      \(wholeFilter(page))

      """
  }

  /// To all that the filter holds, and not this page alone. Only findings of one rule are decided together.
  private func wholeFilter(_ page: ListPage<FindingList>) -> HTML {
    guard asked.filter.rule != nil else {
      return "<p class=\"hint\">要一次处理很多个，先按规则筛选，再选“处理筛选出的全部疑点”。</p>"
    }
    guard [nil, .open].contains(asked.filter.state), page.counted > 1 else {
      return HTML()
    }
    let all = asked.filter.link(at: Paths.deskFindingAll.link)
    return "<p>\(buttonLink("处理筛选出的全部疑点", all, isPrimary: false))</p>"
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
}
