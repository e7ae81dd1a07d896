import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// What a form says of a clock's term.
struct TypedTerm: Sendable {
  let code: ClockCode
  let term: LegalTerm
  let reason: String
  /// The sequence of the setting that was in force when the form was drawn; 0 where there was none.
  let base: Int
}

/// A clock with what holds for it.
struct SeenTerm: Sendable {
  let rule: ClockRule
  let set: SetClock?
}

/// `/desk/clocks/term?code=…`: a term is corrected, or confirmed as it is.
struct ClockTermForm: Sendable {
  let services: Services
  let recount: ClockRecount

  var form: EditForm<Void, SeenTerm, TypedTerm, Void> {
    EditForm(
      services, taken: ["clock_settings_key": ("count", "别人刚刚确认过，请回到办理期限核对")],
      load: { tx, _, asked in
        let rule = try Self.rule(asked)
        let held = holding(try tx.all(setClocks(of: try county(of: asked.principal))))
        return SeenTerm(rule: rule, set: held[rule.code])
      },
      page: { seen, frame in
        EditPage(
          title: "确认期限", lead: seen.rule.title,
          breadcrumbs: [("办理期限", Paths.deskClocks.link)],
          panel(seen.rule.title, termFields(seen, frame)))
      },
      read: { checker, seen in checker.term(of: seen.rule.code) },
      write: { [recount] tx, typed, edit in
        try tx.set(typed, by: edit.editor)
        try recount.enter(tx, by: edit.editor)
      },
      done: { _, typed, _ in
        (Paths.deskClocks.link, "已确认“\(typed.code.rule.title)”：\(typed.term.title)。")
      })
  }

  /// The clock of the address, or of the form that was sent; the first where neither says one.
  private static func rule(_ asked: EditRequest) throws -> ClockRule {
    guard let text = asked.fields?["code"] ?? asked.query["code"] else {
      return ClockCode.subletObjection.rule
    }
    guard let code = ClockCode(rawValue: text), code.rule.isCorrectable else {
      throw WebError.badRequest("网址里的期限不对，请回到“办理期限”重新选择。")
    }
    return code.rule
  }
}

private func termFields(_ seen: EditSeen<Void, SeenTerm>, _ frame: EditFrame) -> HTML {
  let (rule, view) = (seen.rule, frame.view)
  let held = seen.set?.sequence ?? 0
  let known = frame.answer.isOvertaken ? nil : seen.asked.fields?["sequence"].flatMap { Int32($0) }
  let shown = seen.set?.term ?? rule.term
  let facts = definitionList([
    ("起算", "\(rule.startText)"), ("到什么为止", "\(rule.untilText.isEmpty ? "期满" : rule.untilText)"),
    ("适用", "\(rule.scope)"), ("依据", "\(rule.source)"),
    ("门户自带", "\(rule.term?.title ?? "—")"),
    (
      "现在", "\(shown?.title ?? "—")\(ifLet: seen.set, { "（\($0.setByName)：\($0.reason)）" })"
    ),
  ])
  return facts
    + frame.form(
      action: Paths.deskClockTerm.link, button: "确认",
      """
      <input type="hidden" name="code" value="\(rule.code.rawValue)">
      <input type="hidden" name="sequence" value="\(known.map { Int($0) } ?? held)">
      \(view.input(
        "count", "期限", value: shown.map { String($0.count) }, hint: "整数", maxlength: 4,
        inputmode: "numeric"))\
      \(view.select(
        "unit", "单位", options: TermUnit.allCases.map { ($0.rawValue, $0.title) },
        value: shown?.unit.rawValue, prompt: nil))\
      \(view.input(
        "reason", "理由", value: nil, hint: "法制机构的意见或者文件，如 县司法局2021年6月1日复函", maxlength: 200))
      """)
}

extension FormChecker {
  /// A term with its reason.
  mutating func term(of code: ClockCode) -> TypedTerm? {
    let unit = choice("unit", "单位", of: TermUnit.self)
    let count = unit.flatMap { integer("count", "期限", in: 1...$0.most) }
    let reason = column("reason", "理由", max: 200)
    if let reason, reason.unicodeScalars.count < 2 {
      fail("reason", "请写明理由，例如 县司法局2021年6月1日复函")
      return nil
    }
    guard let unit, let count, let term = LegalTerm(count, unit), let reason else { return nil }
    let base = fields["sequence"].flatMap { Int32($0) }.map { Int($0) } ?? 0
    return TypedTerm(code: code, term: term, reason: reason, base: base)
  }
}

extension Transaction {
  /// Sets a term; what held before stays in the history.
  ///
  /// - Throws: `EditProblem.overtaken` where somebody has set it since the form was drawn.
  fileprivate func set(_ typed: TypedTerm, by editor: Editor) throws {
    let county = try county(of: editor.principal)
    let before = holding(try all(setClocks(of: county)))[typed.code]
    guard before?.sequence ?? 0 == typed.base else { throw EditProblem.overtaken }
    try execute(
      """
      INSERT INTO clock_settings (area, code, sequence, count, unit, reason, set_by, set_by_name,
        set_at)
      VALUES (\(county), \(typed.code), \(typed.base + 1), \(typed.term.count), \(typed.term.unit),
        \(typed.reason), \(editor.principal.accountID), \(editor.principal.displayName),
        \(editor.now))
      """)
    try audit(
      AuditEvent(
        action: .setClock, entity: "clock_settings",
        entityID: "\(county)-\(typed.code.rawValue)",
        before: before.map { ["term": $0.term.title, "reason": $0.reason] },
        after: ["term": typed.term.title, "reason": typed.reason]), by: editor.origin)
  }
}
