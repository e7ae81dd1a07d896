import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// What somebody wants to do with the findings that they chose.
package enum FindingDecision: Sendable {
  case dismissal, confirmation
}

/// The findings that somebody chose, and what may be done with all of them at once.
struct FindingChoicePage: Sendable {
  /// How many of a filter are shown.
  private static let shown = 50

  let lines: [FindingLine]
  /// Whether they are all of a filter of the list.
  let isWholeFilter: Bool
  let keys: KeyRing
  /// When cases that are opened now are due.
  let dueOn: Day?
  /// The form that came back.
  var answered: (decision: FindingDecision, checker: FormChecker)?
  /// Those that others have changed since they were chosen.
  var overtaken: Set<FindingID> = []
  var isOvertaken = false

  private var open: [FindingLine] { lines.filter { $0.state == .open } }
  private var rules: Set<FindingRule> { Set(open.map(\.rule)) }

  func html(csrf: String) -> HTML { conflict + list + forms(csrf: csrf) }

  private var conflict: HTML {
    guard isOvertaken else { return HTML() }
    let items = lines.filter { overtaken.contains($0.id) }.prefix(Self.shown).map { line -> HTML in
      let who = line.decidedByName.map { name in
        "，\(name)\(line.decidedAt.map { " " + ShanghaiTime.dateTimeText($0) } ?? "")"
      }
      let reason = line.decisionReason.map { "，\($0)" }
      return """
        <li><a href="\(path: Paths.deskFinding.link(line.id))">家庭 \(line.householdNumber) 的 \
        \(line.rule.rawValue)</a>：现在是“\(line.state.title)”\(who ?? "")\(reason ?? "")</li>
        """
    }
    return notice(
      .alert,
      """
      <p><strong>您打开页面以后，所选的疑点已有变化，一个也没有处理。</strong></p>
      \(if: !items.isEmpty, "<ul>\(items)</ul>")
      <p>下面是仍待处理的疑点，请核对后再提交一次。</p>
      """)
  }

  private var list: HTML {
    let title = isWholeFilter ? "筛选出的 \(grouped(lines.count)) 个疑点" : "所选的疑点"
    let rest = isWholeFilter ? max(0, lines.count - Self.shown) : 0
    return panel(
      title,
      dataTable(
        caption: title, columns: findingColumns(keys),
        rows: Array(lines.prefix(lines.count - rest)),
        link: { Paths.deskFinding.link($0.id) },
        empty: emptyState(
          isWholeFilter ? "没有待处理的疑点" : "没有选择疑点",
          hint: isWholeFilter ? "换一个筛选条件，再处理全部。" : "在疑点清单里勾选要处理的疑点。",
          action: buttonLink("回到疑点清单", Paths.deskFindings.link, isPrimary: false)))
        + (rest > 0 ? "<p>这里列出前 \(Self.shown) 个，还有 \(grouped(rest)) 个也在其中。</p>" : HTML()))
  }

  private func forms(csrf: String) -> HTML {
    guard !open.isEmpty else {
      return lines.isEmpty ? HTML() : notice(.info, "<p>所选的疑点都已处理。</p>")
    }
    guard rules.count == 1, let rule = rules.first else {
      return notice(.warn, "<p>所选的疑点不是同一规则的，不能一起处理。请回到清单，按规则筛选后再选。</p>")
    }
    return dismissal(csrf: csrf) + confirmation(rule, csrf: csrf)
  }

  private func view(_ decision: FindingDecision) -> FormView {
    let prefix = decision == .dismissal ? "dismissal-" : "confirmation-"
    guard let answered, answered.decision == decision else { return FormView(idPrefix: prefix) }
    return FormView(answered.checker, idPrefix: prefix)
  }

  private var chosen: HTML {
    FindingSelection(
      open.map { SeenVersion($0.id, version: $0.version) }, isWholeFilter: isWholeFilter
    ).hidden
  }

  private func dismissal(csrf: String) -> HTML {
    let view = view(.dismissal)
    return panel(
      "排除",
      """
      <p>核实后不是问题的，写明原因，把这 \(grouped(open.count)) 个疑点一起排除。排除可以取消；依据有了变化，疑点会重新打开。</p>
      """
        + view.form(
          action: Paths.deskFindingDismissal.link, csrf: csrf,
          button: "排除 \(grouped(open.count)) 个疑点",
          chosen
            + view.textarea(
              "reason", "排除的原因", rows: 3, hint: "例如 房屋已于配租前出售，见不动产登记证明。",
              maxlength: 500)))
  }

  private func confirmation(_ rule: FindingRule, csrf: String) -> HTML {
    let view = view(.confirmation)
    let nature: HTML =
      rule.natures.count == 1
      ? "<p>退出性质：\(rule.natures[0].markedTitle)</p>\n"
      : view.radios(
        "nature", "退出性质", options: rule.natures.map { ($0.rawValue, $0.markedTitle) },
        hint: "这条规则不能确定性质，请核实后选择。")
    return panel(
      "转为问题",
      """
      <p>列入问题（整改）清单，状态为“疑点待核”\(ifLet: dueOn, { "，期限 \($0.chinese)" })。\
      同一家庭已有同一性质、尚未办结的问题的，并入那一件。</p>
      """
        + view.form(
          action: Paths.deskFindingConfirmation.link, csrf: csrf,
          button: "把 \(grouped(open.count)) 个疑点转为问题",
          chosen + nature
            + view.textarea("note", "说明", rows: 2, required: false, maxlength: 500)))
  }
}
