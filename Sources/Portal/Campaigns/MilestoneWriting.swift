import Domain
import Pages
import Postgres
import Web

/// What the form of a milestone brings.
struct TypedMilestone: Sendable {
  let title: String
  let dueOn: Day
  let owedBy: [OwingUnit]

  init?(_ checker: inout FormChecker) {
    let title = checker.column("title", "任务", max: 100)
    let dueOn = checker.campaignDay("due_on", "期限")
    let owedBy = checker.choices("owed_by", "责任单位", of: OwingUnit.self)
    guard let title, let dueOn, checker.isValid else { return nil }
    self.title = title
    self.dueOn = dueOn
    self.owedBy = owedBy
  }

  fileprivate var audited: [String: String] {
    [
      "title": title, "due_on": dueOn.iso,
      "owed_by": owedBy.map(\.rawValue).joined(separator: " "),
    ]
  }
}

/// When a milestone was done, and what shows it.
struct TypedCompletion: Sendable {
  let doneOn: Day
  let evidence: String

  init?(_ checker: inout FormChecker, today: Day) {
    let doneOn = checker.campaignDay("done_on", "完成日期")
    if let doneOn, doneOn > today { checker.fail("done_on", "完成日期不能晚于今天（\(today.iso)），请核对") }
    let evidence = checker.stored(
      checker.paragraph("evidence", "完成凭据", max: 500), "evidence", "完成凭据", most: 1_000)
    guard checker.isValid, let doneOn, let evidence else { return nil }
    self.doneOn = doneOn
    self.evidence = evidence
  }
}

extension Transaction {
  func addMilestone(_ typed: TypedMilestone, to id: CampaignID, by editor: Editor) throws {
    // Positions are given one after the other; the row's lock keeps two from taking the same.
    let isRunning = try first(
      Query<Bool>("SELECT ended_on IS NULL FROM campaigns WHERE id = \(id) FOR UPDATE"))
    guard let isRunning else { throw WebError.notFound }
    guard isRunning else { throw EditProblem.field("title", "行动已经结束，不能再增加任务") }
    try execute(
      """
      INSERT INTO milestones (campaign_id, area, position, title, due_on, owed_by)
      SELECT c.id, c.area, 1 + COALESCE(
          (SELECT max(position) FROM milestones WHERE campaign_id = c.id), 0),
        \(typed.title), \(typed.dueOn), \(typed.owedBy.map(\.rawValue))
      FROM campaigns c WHERE c.id = \(id)
      """)
    try editor.record(.addMilestone, of: id, note: typed.title, after: typed.audited, in: self)
  }

  func changeMilestone(_ edit: EditWriting<MilestoneID>, to typed: TypedMilestone) throws {
    let before = try open(edit)
    try update(
      edit,
      """
      title = \(typed.title), due_on = \(typed.dueOn), owed_by = \(typed.owedBy.map(\.rawValue))
      """)
    try edit.editor.record(
      .changeMilestone, of: before.campaign, note: typed.title, before: before.audited,
      after: typed.audited, in: self)
  }

  func removeMilestone(_ edit: EditWriting<MilestoneID>) throws {
    let before = try open(edit)
    let removed = try execute(
      "DELETE FROM milestones WHERE id = \(edit.id) AND version = \(edit.version)")
    guard removed == 1 else { throw EditProblem.overtaken }
    try edit.editor.record(
      .removeMilestone, of: before.campaign, note: before.title, before: before.audited, in: self)
  }

  func completeMilestone(_ edit: EditWriting<MilestoneID>, _ typed: TypedCompletion) throws {
    let before = try open(edit)
    try update(
      edit,
      """
      done_on = \(typed.doneOn), evidence = \(typed.evidence),
        done_by_name = \(edit.editor.principal.displayName)
      """)
    try edit.editor.record(
      .completeMilestone, of: before.campaign, note: "\(before.title)：\(typed.evidence)",
      after: ["done_on": typed.doneOn.iso, "evidence": typed.evidence], in: self)
  }

  func reopenMilestone(_ edit: EditWriting<MilestoneID>, reason: String) throws {
    let before = try running(edit)
    guard let doneOn = before.doneOn else { throw EditProblem.overtaken }
    try update(edit, "done_on = NULL, evidence = NULL, done_by_name = NULL")
    try edit.editor.record(
      .reopenMilestone, of: before.campaign, note: "\(before.title)：\(reason)",
      before: ["done_on": doneOn.iso, "evidence": before.evidence ?? ""],
      after: ["reason": reason], in: self)
  }

  /// A milestone that is not ticked off, of a campaign that runs.
  private func open(_ edit: EditWriting<MilestoneID>) throws -> Milestone {
    let found = try running(edit)
    guard found.doneOn == nil else { throw EditProblem.overtaken }
    return found
  }

  private func running(_ edit: EditWriting<MilestoneID>) throws -> Milestone {
    let found = try found(milestone(edit.id))
    let isRunning = try one(
      Query<Bool>("SELECT ended_on IS NULL FROM campaigns WHERE id = \(found.campaign) FOR SHARE"))
    guard isRunning else { throw EditProblem.overtaken }
    return found
  }

  private func update(_ edit: EditWriting<MilestoneID>, _ columns: SQL) throws {
    let changed = try execute(
      """
      UPDATE milestones SET \(columns), version = version + 1
      WHERE id = \(edit.id) AND version = \(edit.version)
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
  }
}

extension Milestone {
  fileprivate var audited: [String: String] {
    ["title": title, "due_on": dueOn.iso, "owed_by": owedBy.joined(separator: " ")]
  }
}
