import Domain
import FindingLedger
import Ground
import Pages
import Postgres

/// Another case of the same household that is not finished.
struct SiblingCase: RowDecodable, Sendable {
  let id: CaseID
  let number: String
  let nature: ExitNature
  let state: CaseState
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    nature = try row("nature")
    state = try row("state")
    version = try row("version")
  }
}

func siblings(of record: CaseRecord) -> Query<SiblingCase> {
  Query(
    """
    SELECT id, number, nature, state, version FROM cases
    WHERE household_id = \(record.household) AND id <> \(record.id)
      AND state <> ALL(\(list: CaseState.ended))
    ORDER BY id
    """)
}

extension CaseStepWriting {
  /// Of a case that was opened by mistake: what it rested on is open again, or becomes part of the case that is named.
  func leaveFindings(_ tx: Transaction) throws {
    guard let number = values[CaseStepTable.mergedInto] else { return try releaseFindings(tx) }
    guard let other = try tx.all(siblings(of: record)).first(where: { $0.number == number }) else {
      throw EditProblem.field("decision", "\(number) 已经办结或者不是这一家的，不能并入；请退回，由报审人改好再报")
    }
    let moved = try moveFindings(to: other.id, tx)
    try CaseStepWriting(worked: try tx.workedCase(other.id), values: StepValues(), editor: editor)
      .note(
        .merge, "\(record.number) 并入本件，疑点 \(moved.count) 个", needs: .approveCases, tx,
        telling: ["findings": idList(moved)])
  }

  /// Opens a case of another nature of some of its findings.
  func split(_ chosen: [FindingID], into nature: ExitNature, reason: String, _ tx: Transaction)
    throws -> CaseID
  {
    try tx.lockForOpening([record.household])
    guard !(try tx.all(siblings(of: record))).contains(where: { $0.nature == nature }) else {
      throw EditProblem.field("nature", "这一家的“\(nature.title)”已有另一件在办理，请先办那件")
    }
    guard let place = try tx.first(casePlaces([record.household])), place.home != nil,
      place.campaign != nil
    else { throw EditProblem.field("nature", "这一家已经没有履行中的租约，不能另立问题") }
    let (id, number) = try tx.insertCase(place, nature, record.source, on: editor.today)
    try tx.record(
      EnteredEvent(
        id: id, area: record.area, from: nil, note: "由 \(record.number) 分出。\(reason)"),
      by: editor.person)
    let moved = try moveFindings(chosen, to: id, tx)
    guard moved.count == chosen.count else { throw EditProblem.overtaken }
    try note(
      .split, "疑点 \(moved.count) 个分出为 \(number)。\(reason)", needs: .workCases, tx,
      telling: ["findings": idList(moved), "opened": id.description])
    return id
  }

  private func moveFindings(
    _ chosen: [FindingID]? = nil, to id: CaseID, _ tx: Transaction
  ) throws -> [FindingID] {
    let moved = try tx.all(
      Query<FindingID>(
        """
        UPDATE case_findings SET released_at = \(editor.now)
        WHERE case_id = \(record.id) AND released_at IS NULL
          AND (\(chosen == nil) OR finding_id = ANY(\(list: chosen ?? [])))
        RETURNING finding_id
        """))
    try tx.execute(
      """
      INSERT INTO case_findings (case_id, finding_id, area)
      SELECT \(id), finding, \(record.area) FROM unnest(\(list: moved)::bigint[]) AS f (finding)
      """)
    return moved
  }

  /// What it rested on is open again.
  private func releaseFindings(_ tx: Transaction) throws {
    let findings = try tx.all(
      Query<FindingID>(
        """
        UPDATE case_findings SET released_at = \(editor.now)
        WHERE case_id = \(record.id) AND released_at IS NULL RETURNING finding_id
        """))
    guard !findings.isEmpty else { return }
    let facts = values["facts"] ?? ""
    try tx.releaseFindings(
      findings, reason: "问题 \(record.number) 已撤案：\(facts)",
      audit: AuditEvent(
        action: .releaseFinding, entity: "findings", entityID: findings.first?.description,
        after: ["findings": idList(findings), "reason": facts]),
      by: editor.person)
  }
}
