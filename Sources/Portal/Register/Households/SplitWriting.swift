import Domain
import FindingLedger
import Pages
import Postgres
import Web

/// Which members go into a household of their own, and as what.
struct TypedSplit: Sendable {
  let day: Day
  let category: HouseholdCategory
  let number: String?
  /// Who goes, with how they stand to the new applicant; one of them is the applicant.
  let leaving: [PersonID: Relation]
  /// Who becomes the applicant of those who stay, when theirs goes.
  let successor: PersonID?
}

extension Transaction {
  func splitHousehold(
    _ id: HouseholdID, _ split: TypedSplit, version: Int, by editor: Editor
  ) throws -> HouseholdEdit {
    let household = try lockHousehold(id, version: version)
    let members = try all(persons(of: id)).filter(\.isPresent)
    let going = members.filter { split.leaving[$0.id] != nil }
    let staying = members.filter { split.leaving[$0.id] == nil }
    guard going.count == split.leaving.count else { throw EditProblem.overtaken }
    guard !staying.isEmpty else {
      throw EditProblem.field("category", "至少要有一位成员留在原家庭")
    }
    try describeChange(action: .splitHousehold, by: editor.principal.displayName)
    let (new, number) = try insertHousehold(
      in: household.area, split.category, number: split.number)
    try editor.record(
      .splitHousehold, .households, id.rawValue, after: ["new_household": number], in: self)
    if !staying.contains(where: { $0.relation == .applicant }) {
      guard let successor = staying.first(where: { $0.id == split.successor }) else {
        throw EditProblem.field("successor", "申请人分出去了，请选择留下的家庭由谁做新的申请人")
      }
      try makeApplicant(successor.id)
    }
    try leave(going.map(\.id), on: split.day, reason: .split)
    let copies = try going.map {
      try copyPerson($0.id, into: new, area: household.area, as: split.leaving[$0.id] ?? .other)
    }
    try touch(id)
    let duplicates = try recheckDuplicatePersons(going.map(\.id) + copies, at: editor.now)
    return HouseholdEdit(household: new, duplicates: duplicates)
  }

  /// The same person as a member of another household; the row left behind tells where they were.
  func copyPerson(
    _ id: PersonID, into household: HouseholdID, area: AreaCode, as relation: Relation
  ) throws -> PersonID {
    try one(
      Query<PersonID>(
        """
        INSERT INTO persons (area, household_id, relation, name, id_number_sealed, id_number_index,
          phone_sealed, phone_index, marital_status, registered_at)
        SELECT \(area), \(household), \(relation), name, id_number_sealed, id_number_index,
          phone_sealed, phone_index, marital_status, registered_at
        FROM persons WHERE id = \(id)
        RETURNING id
        """))
  }
}
