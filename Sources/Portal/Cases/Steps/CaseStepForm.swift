import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A case with the step that somebody is about to take.
struct CaseStepAsked: Sendable {
  let worked: WorkedCase
  let action: CaseAction
  /// Nil where the case has moved on, or never could take it.
  let transition: CaseTransition?
  /// Of which a case that was opened by mistake may become part.
  let siblings: [SiblingCase]

  /// Why it cannot be taken now, in words; empty where it can.
  func obstacles(_ asked: EditRequest) -> [String] {
    guard let transition, transition.mayBeginBy(asked.principal) else {
      return ["这件问题现在是“\(worked.record.state.title)”，不能“\(action.title)”"]
    }
    if let proposal = worked.proposalBefore(transition) {
      return ["“\(proposal.action.title)”正在等待审批，审批或者撤回以后才能办下一步"]
    }
    return worked.missing(action, on: asked.today)
  }
}

/// `/desk/cases/:id/step?take=…`: one form for every step of the table, drawn from its fields.
func caseStepForm(_ services: Services) -> EditForm<
  CaseID, CaseStepAsked, StepValues, CaseTransition
> {
  EditForm(
    services, taken: ["case_proposals_open_key": ("facts", "别人刚刚报审了一步，请回到问题页面核对")],
    load: { tx, id, asked in
      let name = asked.fields?["take"] ?? asked.query["take"] ?? ""
      let worked = try tx.workedCase(id)
      let next = worked.steps(for: asked.principal).first?.action ?? .close
      guard let action = name.isEmpty ? next : CaseAction(rawValue: name) else {
        throw WebError.notFound
      }
      return CaseStepAsked(
        worked: worked, action: action, transition: worked.transition(action),
        siblings: try tx.all(siblings(of: worked.record)))
    },
    history: { _, seen in .ofCase(seen.worked) },
    page: { seen, frame in
      EditPage(
        title: seen.action.title, lead: caseLead(seen.worked.record),
        breadcrumbs: caseCrumbs(seen.worked.record), stepBody(seen, frame))
    },
    read: { checker, seen in
      guard seen.isAsSeen else { return StepValues() }
      guard seen.model.obstacles(seen.asked).isEmpty else {
        // The page says why.
        checker.fail("take", seen.model.obstacles(seen.asked).joined(separator: "；"))
        return nil
      }
      let values = checker.stepValues(
        seen.worked.fields(of: seen.action), rules: seen.worked.rules(on: seen.asked.today))
      if let number = values?[CaseStepTable.mergedInto],
        !seen.siblings.contains(where: { $0.number == number })
      {
        checker.fail(CaseStepTable.mergedInto, mergeMessage(number, seen.siblings))
      }
      return values
    },
    write: { tx, values, edit in
      // Read again: what the form was held against may have changed.
      let writing = try tx.caseWriting(edit, values.without("take"))
      guard let action = values["take"].flatMap(CaseAction.init(rawValue:)),
        let transition = writing.worked.transition(action),
        transition.mayBeginBy(edit.editor.principal)
      else { throw EditProblem.overtaken }
      if transition.needsSecondPerson {
        try writing.propose(transition, tx)
      } else {
        try writing.take(transition, tx)
      }
      return transition
    },
    done: { transition, _, id in
      (
        Paths.deskCase.link(id),
        transition.needsSecondPerson
          ? "已报审“\(transition.action.title)”，等待另一人审批。" : "已办理：\(transition.action.title)。"
      )
    })
}

extension EditSeen<CaseID, CaseStepAsked> {
  /// Whether nothing has happened since the form was drawn; where something has, what the step asks for may be
  /// something else, and the answer is what happened.
  fileprivate var isAsSeen: Bool {
    asked.fields?["version"] == String(model.worked.record.version)
  }
}

private func mergeMessage(_ number: String, _ siblings: [SiblingCase]) -> String {
  siblings.isEmpty
    ? "这一家没有别的正在办理的问题，不能并入；请留空"
    : "\(number) 不是这一家正在办理的问题；可以并入的有 "
      + siblings.map { "\($0.number)（\($0.nature.title)）" }.joined(separator: "、")
}

extension StepValues {
  fileprivate func without(_ name: String) -> StepValues {
    var values = self
    values.plain[name] = nil
    return values
  }
}

func caseLead(_ record: CaseRecord) -> String {
  "\(record.number) · \(record.estate) \(record.place) · \(record.nature.markedTitle) · \(record.state.title)"
}

func caseCrumbs(_ record: CaseRecord) -> [(String, Link)] {
  [
    ("问题（整改）清单", Paths.deskCases.link), ("问题 \(record.number)", Paths.deskCase.link(record.id)),
  ]
}

extension EditHistory {
  /// Of a case; what came since stands in its history.
  static func ofCase(_ worked: WorkedCase) -> EditHistory {
    EditHistory(
      version: worked.record.version,
      mark: { tx in
        try tx.one(
          Query<Int64>(
            "SELECT count(*) FROM case_events WHERE case_id = \(worked.record.id)"))
      },
      since: { tx, mark in
        try tx.all(caseEvents(worked.record.id)).dropFirst(Int(clamping: mark)).map(\.line.shown)
      })
  }
}

// MARK: - Drawing

private func stepBody(_ seen: EditSeen<CaseID, CaseStepAsked>, _ frame: EditFrame) -> HTML {
  let obstacles = seen.model.obstacles(seen.asked)
  guard obstacles.isEmpty else {
    return notice(
      .warn,
      "<p><strong>现在还不能“\(seen.action.title)”</strong></p><ul>\(obstacles, { "<li>\($0)</li>" })</ul>"
    )
      + typedTexts(seen)
      + "<p>\(buttonLink("回到问题页面", Paths.deskCase.link(seen.id), isPrimary: false))</p>\n"
  }
  let isProposed = seen.transition?.needsSecondPerson == true
  let words: HTML =
    isProposed
    ? notice(.info, "<p>这一步由另一人审批以后才生效；审批以前可以撤回。</p>") : HTML()
  let hardship: HTML =
    seen.worked.record.isInHardship && seen.action.isHard
    ? notice(.warn, "<p>这一家标记有困难情形。可以先考虑中止，或者达成分期的执行协议。</p>") : HTML()
  let take: HTML = "<input type=\"hidden\" name=\"take\" value=\"\(seen.action.rawValue)\">\n"
  let fields = seen.worked.fields(of: seen.action).map {
    stepField($0, seen.worked.ground, frame.view, today: seen.asked.today)
  }
  return words + hardship + ground(seen.worked, seen.action)
    + panel(
      seen.action.title,
      frame.form(
        action: Paths.deskCaseStep.link(seen.id), button: isProposed ? "报审" : seen.action.title,
        take + fields.joined()))
}

/// What was typed for a step that cannot be taken any more: not stored, and not lost.
private func typedTexts(_ seen: EditSeen<CaseID, CaseStepAsked>) -> HTML {
  guard let typed = seen.asked.fields else { return HTML() }
  let items = CaseStepTable.known(seen.action).compactMap { field in
    typed[field.name].flatMap { $0.isEmpty ? nil : (field.title, "\(field.text($0))" as HTML) }
  }
  return items.isEmpty ? HTML() : panel("您刚才填写的内容（没有保存）", definitionList(items))
}

/// What the case rests on, where the step chooses its way.
private func ground(_ worked: WorkedCase, _ action: CaseAction) -> HTML {
  guard action == .verify else { return HTML() }
  let ground = worked.ground
  return panel(
    "处理依据",
    definitionList([
      ("退出性质", "\(ground.nature.markedTitle)"), ("处理途径", "\(ground.route.title)"),
      ("条文", "\(ground.articles.isEmpty ? "没有直接对应的条文" : ground.articles)"),
      ("怎样办", "\(ground.route.way)"),
    ]))
}

func stepField(
  _ field: CaseField, _ ground: ExitGround, _ view: FormView, today: Day
) -> HTML {
  switch field.kind {
  case .pastDay:
    return view.input(
      field.name, field.title, type: .date, value: today.iso, hint: field.hint,
      required: field.isRequired)
  case .futureDay:
    return view.input(
      field.name, field.title, type: .date, hint: field.hint, required: field.isRequired)
  case .line(let most):
    let value = field.name == "local_rule" ? ground.localRule : nil
    return view.input(
      field.name, field.title, value: value, hint: field.hint, required: field.isRequired,
      maxlength: most)
  case .paragraph(let most):
    return view.textarea(
      field.name, field.title, rows: 4, hint: field.hint, required: field.isRequired,
      maxlength: most)
  case .personal(let most):
    return view.textarea(
      field.name, field.title, rows: 4, hint: (field.hint.map { $0 + "；" } ?? "") + "加密保存",
      required: field.isRequired, maxlength: most)
  case .count, .amount:
    return view.input(
      field.name, field.title, hint: field.hint, required: field.isRequired, maxlength: 12)
  case .choice(let choices):
    let value = field.name == "route" ? ground.route.rawValue : nil
    return view.radios(
      field.name, field.title, options: choices.map { ($0.code, $0.title) }, value: value,
      hint: field.hint, required: field.isRequired)
  }
}

// MARK: - Reading

extension FormChecker {
  /// What was typed for the fields of a step; nil, with messages at them, where something is wrong.
  mutating func stepValues(
    _ asked: [CaseField], rules: CaseStepRules
  ) -> StepValues? {
    var values = StepValues()
    values.plain["take"] = fields["take"]
    for field in asked {
      guard let typed = typed(field) else { continue }
      if field.isPersonal {
        values.personal[field.name] = typed
      } else {
        values.plain[field.name] = typed
      }
    }
    let days = values.days
    for (date, day) in days {
      guard let problem = rules.problem(date, day, with: days) else { continue }
      fail(date.rawValue, problem)
    }
    return isValid ? values : nil
  }

  private mutating func typed(_ field: CaseField) -> String? {
    switch field.kind {
    case .pastDay, .futureDay:
      return day(
        field.name, field.title, in: CaseStepRules.days, required: field.isRequired)?.iso
    case .line(let most):
      return column(field.name, field.title, max: most, required: field.isRequired)
    case .paragraph(let most), .personal(let most):
      let text = paragraph(
        field.name, field.title, max: most, min: 2, required: field.isRequired)
      return stored(text, field.name, field.title, most: most)
    case .count(let most):
      return integer(field.name, field.title, in: 0...most, required: field.isRequired)
        .map { String($0) }
    case .amount(let most):
      guard
        field.isRequired || !(text(field.name, field.title, max: 40, required: false) ?? "").isEmpty
      else { return nil }
      return hundredths(
        field.name, field.title,
        in: Hundredths(count: 0)...Hundredths(count: most * 100))?.text
    case .choice(let choices):
      return choice(
        field.name, field.title, among: choices.map(\.code), required: field.isRequired)
    }
  }
}
