import Domain
import FindingLedger
import Ground
import Pages
import Postgres
import Web

/// How somebody leaves a household.
struct TypedLeaving: Sendable {
  let day: Day
  let reason: LeftReason
  /// Who becomes the applicant when the applicant leaves.
  let successor: PersonID?
}

extension Transaction {
  /// The person and their household, kept from other edits until the end.
  func lockPerson(
    _ id: PersonID, version: Int
  ) throws -> (person: HouseholdPerson, household: HouseholdDetail) {
    guard let found = try first(person(id)) else { throw WebError.notFound }
    let household = try lockHousehold(found.household)
    // Read again: what was read before the lock may be old.
    guard let locked = try first(person(id)) else { throw WebError.notFound }
    guard locked.version == version else { throw EditProblem.overtaken }
    return (locked, household)
  }

  func addMember(
    _ typed: TypedPerson, to id: HouseholdID, by editor: Editor
  ) throws -> HouseholdEdit {
    let household = try lockHousehold(id)
    try describeChange(action: .addMember, by: editor.principal.displayName)
    let person = try insertPerson(typed, into: id, area: household.area, keys: editor.keys)
    try touch(id)
    try editor.record(.addMember, .persons, person.rawValue, after: typed.audited, in: self)
    return HouseholdEdit(
      household: id, duplicates: try recheckDuplicatePersons([person], at: editor.now))
  }

  func changeMember(
    _ id: PersonID, to typed: TypedPerson, version: Int, by editor: Editor
  ) throws -> HouseholdEdit {
    let (before, household) = try lockPerson(id, version: version)
    try editor.record(
      .changeMember, .persons, id.rawValue, before: before.audited(editor.keys),
      after: typed.audited, in: self)
    let keys = editor.keys
    var changes: [SQL] = [
      "name = \(typed.name)", "relation = \(typed.relation)",
      "marital_status = \(typed.maritalStatus)",
      "registered_at = \(optional: typed.registeredAt)", "version = version + 1",
    ]
    if let number = typed.idNumber?.text {
      try enterRegister(of: household.area, field: "id_number")
      changes.append("id_number_sealed = \(try keys.seal(number, for: .personIDNumber))")
      changes.append("id_number_index = \(keys.hash(number, of: .idNumber))")
    }
    if let phone = typed.phone?.text {
      changes.append("phone_sealed = \(try keys.seal(phone, for: .personPhone))")
      changes.append("phone_index = \(keys.hash(phone, of: .phone))")
    } else if typed.removesPhone {
      changes.append("phone_sealed = NULL, phone_index = NULL")
    }
    try execute("UPDATE persons SET \(changes.joined(separator: ", ")) WHERE id = \(id)")
    try touch(household.id)
    return HouseholdEdit(
      household: household.id, duplicates: try recheckDuplicatePersons([id], at: editor.now))
  }

  func memberLeaves(
    _ id: PersonID, _ leaving: TypedLeaving, version: Int, by editor: Editor
  ) throws -> HouseholdEdit {
    let (person, household) = try lockPerson(id, version: version)
    guard person.isPresent else { throw EditProblem.overtaken }
    try editor.record(
      .memberLeaves, .persons, id.rawValue, reason: leaving.reason.title,
      after: ["left_on": leaving.day.iso, "left_reason": leaving.reason.rawValue], in: self)
    if person.relation == .applicant { try succeed(person, leaving, household.id) }
    try leave([id], on: leaving.day, reason: leaving.reason)
    try touch(household.id)
    try recheckDuplicatePersons([id], at: editor.now)
    return HouseholdEdit(household: household.id, duplicates: 0)
  }

  /// Without an applicant nobody answers for the lease.
  private func succeed(
    _ applicant: HouseholdPerson, _ leaving: TypedLeaving, _ household: HouseholdID
  ) throws {
    let others = try all(persons(of: household)).filter { $0.isPresent && $0.id != applicant.id }
    guard !others.isEmpty else {
      let isHome = try all(leases(of: household)).contains { $0.state == .running }
      guard !isHome else {
        throw EditProblem.field("left_on", "这个家庭只剩申请人一人，还有履行中的租约，请先终止租约")
      }
      return
    }
    guard let successor = others.first(where: { $0.id == leaving.successor }) else {
      throw EditProblem.field("successor", "申请人离开后，请选择由谁做新的申请人")
    }
    try makeApplicant(successor.id)
  }

  func makeApplicant(_ id: PersonID) throws {
    try execute(
      "UPDATE persons SET relation = 'applicant', version = version + 1 WHERE id = \(id)")
  }

  func leave(_ ids: [PersonID], on day: Day, reason: LeftReason) throws {
    try execute(
      """
      UPDATE persons SET left_on = \(day), left_reason = \(reason), version = version + 1
      WHERE id = ANY(\(list: ids))
      """)
  }

  func memberReturns(_ id: PersonID, version: Int, by editor: Editor) throws -> HouseholdEdit {
    let (person, household) = try lockPerson(id, version: version)
    guard !person.isPresent else { throw EditProblem.overtaken }
    let hasApplicant = try all(persons(of: household.id))
      .contains { $0.isPresent && $0.relation == .applicant }
    let relation: Relation =
      person.relation == .applicant && hasApplicant ? .other : person.relation
    try editor.record(
      .memberReturns, .persons, id.rawValue, before: ["left_on": person.leftOn?.iso ?? ""],
      after: ["relation": relation.rawValue], in: self)
    try execute(
      """
      UPDATE persons SET left_on = NULL, left_reason = NULL, relation = \(relation),
        version = version + 1
      WHERE id = \(id)
      """)
    try touch(household.id)
    return HouseholdEdit(
      household: household.id, duplicates: try recheckDuplicatePersons([id], at: editor.now))
  }
}

extension HouseholdPerson {
  /// For the audit log: masked.
  fileprivate func audited(_ keys: KeyRing) -> [String: String] {
    let masked = MaskedPerson(self, keys: keys)
    var fields = [
      "name": masked.name, "relation": relation.rawValue, "id_number": masked.idNumber,
      "marital_status": maritalStatus.rawValue,
    ]
    fields["phone"] = masked.phone
    fields["registered_at"] = registeredAt?.rawValue
    return fields
  }
}
