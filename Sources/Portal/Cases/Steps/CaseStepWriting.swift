import Domain
import FindingLedger
import Findings
import Foundation
import Ground
import Pages
import Postgres
import Register

/// That it was opened is the first entry of its history.
private let caseSteps = StepTable<CaseWorkflow, CaseID>(
  "cases", history: StepHistory("case_events", of: "case_id"))

/// Entries of a case's history that are no steps of its workflow.
enum CaseNote: String, CaseIterable {
  case propose
  case decline
  case withdrawProposal = "withdraw_proposal"
  case review
  case hardship
  case noHardship = "no_hardship"
  case remark
  case plan
  case split
  case merge
  case entry
  case instalments

  var title: String {
    switch self {
    case .propose: "报审"
    case .decline: "不同意报审"
    case .withdrawProposal: "撤回报审"
    case .review: "法制审核"
    case .hardship: "标记困难情形"
    case .noHardship: "取消困难情形"
    case .remark: "补充情况"
    case .plan: "经办人和计划"
    case .split: "分出疑点另立问题"
    case .merge: "并入另一件问题"
    case .entry: "记账"
    case .instalments: "分期计划"
    }
  }

  fileprivate var audited: AuditAction {
    switch self {
    case .propose: .proposeCaseStep
    case .decline: .declineCaseStep
    case .withdrawProposal: .withdrawCaseProposal
    case .review: .reviewCaseStep
    case .hardship, .noHardship: .markHardship
    case .remark: .noteCase
    case .plan: .planCase
    case .split: .splitCase
    case .merge: .mergeCase
    case .entry, .instalments: .enterMoney
    }
  }
}

/// A step about to be taken or proposed, with what was typed.
struct CaseStepWriting: Sendable {
  let worked: WorkedCase
  let values: StepValues
  let editor: Editor

  var record: CaseRecord { worked.record }

  /// Takes a step that one person may take.
  func take(_ transition: CaseTransition, _ tx: Transaction) throws {
    try take(transition, firstPerson: nil, audit: .takeCaseStep, tx)
  }

  /// Leaves a step to a second person.
  func propose(_ transition: CaseTransition, _ tx: Transaction) throws {
    try note(.propose, transition.action.title, needs: .workCases, tx)
    let needsReview = transition.action == .decide && worked.needsLegalReview
    try tx.execute(
      """
      INSERT INTO case_proposals (area, case_id, case_version, action, from_state, to_state, details,
        personal_sealed, proposed_by, proposed_by_name, proposed_at, needs_review)
      VALUES (\(record.area), \(record.id), \(record.version + 1), \(transition.action),
        \(transition.from), \(transition.to), \(try values.json)::jsonb,
        \(optional: try values.sealed(editor.keys, of: record.id)), \(editor.principal.accountID),
        \(editor.principal.displayName), \(editor.now), \(needsReview))
      """)
  }

  /// Takes the step that somebody else proposed.
  func approve(_ proposal: CaseProposal, reason: String?, _ tx: Transaction) throws {
    guard let transition = worked.transition(proposal.action) else { throw EditProblem.overtaken }
    try decide(proposal, "approved", reason: reason, version: record.version, tx)
    try take(transition, firstPerson: proposal.proposedBy, audit: .approveCaseStep, tx)
    if transition.action == .withdraw { try leaveFindings(tx) }
  }

  func decline(_ proposal: CaseProposal, reason: String, _ tx: Transaction) throws {
    try decide(proposal, "declined", reason: reason, version: record.version, tx)
    try note(
      .decline, "\(proposal.action.title)：\(reason)", needs: .approveCases, tx)
  }

  func withdraw(_ proposal: CaseProposal, reason: String?, _ tx: Transaction) throws {
    try decide(proposal, "withdrawn", reason: reason, version: record.version, tx)
    try note(.withdrawProposal, reason ?? proposal.action.title, needs: .workCases, tx)
  }

  func review(_ proposal: CaseProposal, words: String, _ tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE case_proposals SET reviewed_by = \(editor.principal.accountID),
        reviewed_by_name = \(editor.principal.displayName), reviewed_at = \(editor.now),
        review_note = \(words)
      WHERE id = \(proposal.id)
      """)
    let holds: Permission = editor.principal.may(.workCases) ? .workCases : .approveCases
    try note(.review, words, needs: holds, tx)
  }

  /// Marks the household, or takes the mark away.
  func mark(hardship isInHardship: Bool, note words: String, _ tx: Transaction) throws {
    try note(
      isInHardship ? .hardship : .noHardship, words, needs: .workCases, tx,
      changing: "in_hardship = \(isInHardship)")
  }

  /// Says who works it, until when, and how it goes.
  func plan(_ typed: TypedPlan, _ tx: Transaction) throws {
    let words = [
      typed.assignee.map { "经办人：\($0.name)" }, typed.plannedOn.map { "计划完成时间：\($0.iso)" },
      typed.measures.map { "措施和进度：\($0)" },
    ]
    // What holds stands with the entry too: the annex of a past day reads it there.
    try CaseStepWriting(worked: worked, values: typed.values, editor: editor).note(
      .plan, words.compactMap(\.self).joined(separator: "；"), needs: .workCases, tx,
      changing: """
        assigned_to = \(optional: typed.assignee?.id), planned_on = \(optional: typed.plannedOn),
        measures = \(optional: typed.measures)
        """,
      telling: [
        "assigned_to": typed.assignee?.id.description ?? "",
        "planned_on": typed.plannedOn?.iso ?? "", "measures": typed.measures ?? "",
      ])
  }

  // MARK: How

  private func take(
    _ transition: CaseTransition, firstPerson: AccountID?, audit action: AuditAction,
    _ tx: Transaction
  ) throws {
    var step = StepTaking(
      transition, of: [SeenVersion(record.id, version: record.version)], in: caseSteps,
      audit: event(
        action,
        ["step": transition.action.rawValue, "state": transition.to.rawValue]))
    step.note = values["facts"]
    step.told = try told()
    step.firstPerson = firstPerson
    step.changes = changes(transition)
    try tx.take(step, by: editor.person)
    try follow(transition, tx)
    try tx.setClock(of: record.id, on: editor.today)
  }

  /// What the step does to the home.
  private func follow(_ transition: CaseTransition, _ tx: Transaction) throws {
    switch (transition.action, transition.from, transition.to) {
    case (.vacate, _, _):
      let state = values[HomeReturn.home.name].flatMap(HomeState.init(rawValue:)) ?? .vacant
      try tx.returnHome(
        record.home, of: record.household, on: values.day(.vacated) ?? editor.today,
        reason: "问题 \(record.number) 清退", becoming: state, by: editor)
    case (.takeBack, .vacated, _):
      if let day = worked.dates[.vacated] {
        try tx.takeBackReturn(of: record.home, by: record.household, on: day, by: editor)
      }
      try tx.expectHome(record.home, back: transition.to.awaitsHome, by: editor)
    default:
      if transition.from.awaitsHome != transition.to.awaitsHome {
        try tx.expectHome(record.home, back: transition.to.awaitsHome, by: editor)
      }
    }
  }

  private func changes(_ transition: CaseTransition) -> SQL {
    var changes: SQL = "state_since = \(editor.today)"
    if transition.to.isCleared, transition.to != .closed {
      changes += ", cleared_on = \(values.day(.vacated) ?? values.day(.corrected) ?? editor.today)"
    } else if !transition.to.isCleared {
      changes += ", cleared_on = NULL, vacated_on = NULL"
    }
    if transition.action == .vacate {
      changes += ", vacated_on = \(values.day(.vacated) ?? editor.today)"
    }
    if transition.action == .verify, let route = values["route"] {
      changes += ", route = \(route), local_rule = \(optional: values["local_rule"])"
    } else if transition.to == .suspected {
      changes += ", route = NULL, local_rule = NULL"
    }
    return changes
  }

  private func told() throws -> [(column: StaticString, value: SQL)] {
    let sealed = try values.sealed(editor.keys, of: record.id)
    return [
      ("account_id", "\(editor.principal.accountID)"), ("details", "\(try values.json)::jsonb"),
      ("personal_sealed", "\(optional: sealed)::bytea"),
    ]
  }

  /// An entry of the history that moves nothing.
  func note(
    _ note: CaseNote, _ words: String?, needs permission: Permission, _ tx: Transaction,
    changing changes: SQL = .empty, telling after: [String: String] = [:]
  ) throws {
    var step = StepTaking(
      staying: record.state, action: note.rawValue, needs: permission,
      of: SeenVersion(record.id, version: record.version), in: caseSteps,
      audit: event(
        note.audited,
        ["step": note.rawValue].merging(after) { first, _ in first }))
    step.note = words
    // What is proposed stands with the proposal until it is taken.
    step.told =
      note == .propose ? [("account_id", "\(editor.principal.accountID)")] : try told()
    step.changes = changes
    try tx.take(step, by: editor.person)
  }

  private func decide(
    _ proposal: CaseProposal, _ outcome: String, reason: String?, version: Int, _ tx: Transaction
  ) throws {
    let changed = try tx.execute(
      """
      UPDATE case_proposals SET outcome = \(outcome), decided_by = \(editor.principal.accountID),
        decided_by_name = \(editor.principal.displayName), decided_at = \(editor.now),
        decided_version = \(version), reason = \(optional: reason)
      WHERE id = \(proposal.id) AND outcome IS NULL
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
  }

  func event(_ action: AuditAction, _ after: [String: String]) -> AuditEvent {
    let days = Dictionary(
      uniqueKeysWithValues: values.days.map { ($0.key.rawValue, $0.value.iso) })
    return AuditEvent(
      action: action, entity: "cases", entityID: record.id.description,
      before: ["state": record.state.rawValue], after: after.merging(days) { first, _ in first })
  }
}
