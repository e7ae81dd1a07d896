import Domain
import FindingLedger
import Pages
import Postgres
import Web

/// A household whose people go over into another.
struct TypedMerger: Sendable {
  let target: HouseholdID
  let targetVersion: Int
  let day: Day
  let reason: String
  /// How each member stands to the applicant of the other household.
  let relations: [PersonID: Relation]
}

extension Transaction {
  func mergeHousehold(
    _ id: HouseholdID, _ merger: TypedMerger, version: Int, by editor: Editor
  ) throws -> HouseholdEdit {
    // Always in the same order, so that two merges cannot wait for each other.
    _ = try all(
      Query<HouseholdID>(
        """
        SELECT id FROM households WHERE id = ANY(\(list: [id, merger.target]))
        ORDER BY id FOR UPDATE
        """))
    let target = try lockHousehold(merger.target, version: merger.targetVersion)
    let source = try lockHousehold(id, version: version)
    let members = try all(persons(of: id)).filter(\.isPresent)
    guard Set(members.map(\.id)) == Set(merger.relations.keys) else { throw EditProblem.overtaken }
    try editor.record(
      .mergeHouseholds, .households, id.rawValue, reason: merger.reason,
      before: ["number": source.number], after: ["merged_into": target.number], in: self)
    try takeLease(of: id, into: target.id)
    try leave(members.map(\.id), on: merger.day, reason: .merged)
    let arrived = try members.map { member in
      try arrive(member, in: target, as: merger.relations[member.id] ?? .other)
    }
    try execute(
      """
      UPDATE households SET merged_into = \(target.id), version = version + 1 WHERE id = \(id)
      """)
    try touch(target.id)
    let duplicates = try recheckDuplicatePersons(members.map(\.id) + arrived, at: editor.now)
    return HouseholdEdit(household: target.id, duplicates: duplicates)
  }

  /// The running lease goes with the people, if the other household has none.
  private func takeLease(of id: HouseholdID, into target: HouseholdID) throws {
    guard let own = try all(leases(of: id)).first(where: { $0.state == .running }) else { return }
    if try all(leases(of: target)).contains(where: { $0.state == .running }) {
      throw EditProblem.field("reason", "两个家庭都有履行中的租约，请先终止其中一份")
    }
    try execute(
      """
      UPDATE leases SET household_id = \(target), version = version + 1 WHERE id = \(own.id)
      """)
  }

  /// Somebody who is there already, or was, is the same row again.
  private func arrive(
    _ member: HouseholdPerson, in target: HouseholdDetail, as relation: Relation
  ) throws -> PersonID {
    let known = try first(
      Query<PersonID>(
        """
        SELECT t.id FROM persons t JOIN persons s ON s.id_number_index = t.id_number_index
        WHERE t.household_id = \(target.id) AND s.id = \(member.id)
        """))
    guard let known else {
      return try copyPerson(member.id, into: target.id, area: target.area, as: relation)
    }
    try execute(
      """
      UPDATE persons SET left_on = NULL, left_reason = NULL, relation = \(relation),
        version = version + 1
      WHERE id = \(known) AND left_on IS NOT NULL
      """)
    return known
  }
}
