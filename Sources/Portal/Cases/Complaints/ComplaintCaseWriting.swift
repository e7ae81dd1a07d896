import Complaints
import Domain
import Ground
import Pages
import Postgres
import Register

extension Transaction {
  /// Opens a case from a complaint, or lets the complaint join one.
  func write(
    _ way: TypedComplaintCase.Way, of edit: EditWriting<ComplaintID>, household: HouseholdID
  ) throws -> CaseID {
    try lockForOpening([household])
    // Read again: what the form was held against may have changed.
    let seen = try complaintCase(edit.id, household: household)
    guard let entry = seen.entry, seen.chosen?.household.id == household else {
      throw EditProblem.overtaken
    }
    switch way {
    case .opening(let nature, let facts):
      guard entry.problem == nil, !entry.running.contains(where: { $0.nature == nature }) else {
        throw EditProblem.overtaken
      }
      return try open(nature, facts, entry.place, of: edit)
    case .joining(let id, let facts):
      guard let known = seen.joinable.first(where: { $0.id == id }) else {
        throw EditProblem.overtaken
      }
      try join(known.id, known.state, facts, entry.place, of: edit)
      return id
    }
  }

  private func open(
    _ nature: ExitNature, _ facts: String, _ place: CasePlace, of edit: EditWriting<ComplaintID>
  ) throws -> CaseID {
    let editor = edit.editor
    let (id, number) = try insertCase(place, nature, .complaint, on: editor.today)
    try record(
      EnteredEvent(
        id: id, area: place.area, from: nil, note: "线索来源：\(CaseSource.complaint.title)",
        personal: try sealed(facts, editor, of: id)), by: editor.person)
    try link(edit.id, to: id, area: place.area, by: editor)
    try audit(
      AuditEvent(
        action: .openCase, entity: "cases", entityID: id.description,
        after: [
          "number": number, "nature": nature.rawValue, "source": CaseSource.complaint.rawValue,
          "household": place.household.description, "complaint": edit.id.description,
        ]), by: editor.origin)
    return id
  }

  private func join(
    _ id: CaseID, _ state: CaseState, _ facts: String?, _ place: CasePlace,
    of edit: EditWriting<ComplaintID>
  ) throws {
    let editor = edit.editor
    let area = try one(Query<AreaCode>("SELECT area FROM cases WHERE id = \(id)"))
    try record(
      EnteredEvent(
        id: id, area: area, action: CaseEventLine.addComplaint, from: state, to: state,
        note: "另有一件投诉举报反映同一件事", personal: try facts.flatMap { try sealed($0, editor, of: id) }),
      by: editor.person)
    try link(edit.id, to: id, area: area, by: editor)
    try audit(
      AuditEvent(
        action: .addComplaintToCase, entity: "cases", entityID: id.description,
        after: ["complaint": edit.id.description]), by: editor.origin)
  }

  private func sealed(_ facts: String, _ editor: Editor, of id: CaseID) throws -> [UInt8]? {
    var values = StepValues()
    values.personal["facts"] = facts
    return try values.sealed(editor.keys, of: id)
  }

  private func link(
    _ complaint: ComplaintID, to id: CaseID, area: AreaCode, by editor: Editor
  ) throws {
    try execute(
      """
      INSERT INTO case_complaints (case_id, complaint_id, area, linked_by, linked_by_name, linked_at)
      VALUES (\(id), \(complaint), \(area), \(editor.principal.accountID),
        \(editor.principal.displayName), \(editor.now))
      """)
  }
}
