import Domain
import FindingLedger
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// What an edit of people comes to.
struct HouseholdEdit: Sendable {
  let household: HouseholdID
  /// How many findings say that one person stands in two households.
  let duplicates: Int

  /// For the message on the next page.
  var warning: String {
    duplicates > 0 ? "注意：有成员同时登记在另一个家庭，已记为疑点，请核对。" : ""
  }
}

extension Transaction {
  /// The household, kept from other edits until the end; not one that was merged.
  func lockHousehold(_ id: HouseholdID, version: Int? = nil) throws -> HouseholdDetail {
    _ = try first(
      Query<HouseholdID>("SELECT id FROM households WHERE id = \(id) FOR UPDATE"))
    guard let household = try first(householdDetail(id)) else { throw WebError.notFound }
    guard household.mergedInto == nil else { throw WebError.conflict(alreadyMerged(household)) }
    if let version, household.version != version { throw EditProblem.overtaken }
    return household
  }

  /// Tells forms that are about the household as a whole that something in it has changed.
  func touch(_ household: HouseholdID) throws {
    try execute("UPDATE households SET version = version + 1 WHERE id = \(household)")
  }

  /// A new household with its number, without members.
  func insertHousehold(
    in township: AreaCode, _ category: HouseholdCategory, number: String?
  ) throws -> (id: HouseholdID, number: String) {
    let given: SQL = number.map { "\($0)::text" } ?? "next_household_number(\(township.rawValue))"
    return try one(
      Query(
        """
        INSERT INTO households (area, number, category)
        VALUES (\(township), \(given), \(category)) RETURNING id, number
        """
      ) { row in (id: try row("id"), number: try row("number")) })
  }

  func insertPerson(
    _ person: TypedPerson, into household: HouseholdID, area: AreaCode, keys: KeyRing
  ) throws -> PersonID {
    guard let idNumber = person.idNumber else { throw EditProblem.field("id_number", "请填写身份证号") }
    try enterRegister(of: area, field: "id_number")
    return try one(
      Query<PersonID>(
        """
        INSERT INTO persons (area, household_id, relation, name, id_number_sealed, id_number_index,
          phone_sealed, phone_index, marital_status, registered_at)
        VALUES (\(area), \(household), \(person.relation), \(person.name),
          \(try keys.seal(idNumber.text, for: .personIDNumber)),
          \(keys.hash(idNumber.text, of: .idNumber)),
          \(optional: try person.phone.map { try keys.seal($0.text, for: .personPhone) }),
          \(optional: person.phone.map { keys.hash($0.text, of: .phone) }),
          \(person.maritalStatus), \(optional: person.registeredAt))
        RETURNING id
        """))
  }

  func createHousehold(_ typed: TypedHousehold, by editor: Editor) throws -> HouseholdEdit {
    try refuseSecondApplication(of: typed, keys: editor.keys)
    try describeChange(action: .createHousehold, by: editor.principal.displayName)
    let (id, number) = try insertHousehold(
      in: typed.township, typed.category, number: typed.number)
    let person = try insertPerson(
      typed.applicant, into: id, area: typed.township, keys: editor.keys)
    var after = typed.applicant.audited
    after["number"] = number
    after["area"] = typed.township.rawValue
    after["category"] = typed.category.rawValue
    try editor.record(.createHousehold, .households, id.rawValue, after: after, in: self)
    return HouseholdEdit(
      household: id, duplicates: try recheckDuplicatePersons([person], at: editor.now))
  }

  /// A form that is sent twice, or a household that is entered twice, is met by its applicant.
  private func refuseSecondApplication(of typed: TypedHousehold, keys: KeyRing) throws {
    guard let idNumber = typed.applicant.idNumber else { return }
    let index = keys.hash(idNumber.text, of: .idNumber)
    try enterRegister(of: typed.township, field: "id_number")
    try execute("SELECT pg_advisory_xact_lock(hashtextextended(encode(\(index), 'hex'), 0))")
    let known = try all(
      Query<String>(
        """
        SELECT f.number FROM persons p JOIN households f ON f.id = p.household_id
        WHERE p.id_number_index = \(index) AND p.relation = 'applicant' AND p.left_on IS NULL
        ORDER BY f.id LIMIT 1
        """))
    guard let number = known.first, !typed.isConfirmed else { return }
    throw EditProblem.field(
      TypedHousehold.anyway, "这个人已是家庭 \(number) 的申请人。请先查看那个家庭；确实要再登记一个，请勾选确认")
  }

  func changeHousehold(
    _ id: HouseholdID, category: HouseholdCategory, township: AreaCode, version: Int,
    by editor: Editor
  ) throws {
    let before = try lockHousehold(id, version: version)
    try editor.record(
      .changeHousehold, .households, id.rawValue,
      before: ["category": before.category.rawValue, "area": before.area.rawValue],
      after: ["category": category.rawValue, "area": township.rawValue], in: self)
    try execute(
      """
      UPDATE households SET category = \(category), area = \(township), version = version + 1
      WHERE id = \(id)
      """)
    try moveFindings(of: id, to: township)
  }
}

private func alreadyMerged(_ household: HouseholdDetail) -> HTML {
  """
  <p>家庭 \(household.number) 已并入其他家庭，不能再修改。</p>
  <p>\(buttonLink("查看这个家庭", Paths.deskHousehold.link(household.id)))</p>
  """
}
