package import Domain
package import Foundation
package import Ground
package import Postgres

/// A household without its members.
package struct HouseholdDetail: RowDecodable {
  package let id: HouseholdID
  let area: AreaCode
  package let township: String
  package let number: String
  package let category: HouseholdCategory
  /// The household that took its people over.
  package let mergedInto: HouseholdID?
  package let mergedNumber: String?
  package let importID: ImportID?
  package let createdAt: Date
  let version: Int

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    township = try row("township")
    number = try row("number")
    category = try row("category")
    mergedInto = try row("merged_into")
    mergedNumber = try row("merged_number")
    importID = try row("import_id")
    createdAt = try row("created_at")
    version = try row("version")
  }
}

private func householdSQL(where condition: SQL) -> SQL {
  """
  SELECT f.id, f.area, a.name AS township, f.number, f.category, f.merged_into,
    m.number AS merged_number, f.import_id, f.created_at, f.version
  FROM households f
  JOIN areas a ON a.code = f.area
  LEFT JOIN households m ON m.id = f.merged_into
  WHERE \(condition)
  """
}

package func householdDetail(_ id: HouseholdID) -> Query<HouseholdDetail> {
  Query(householdSQL(where: "f.id = \(id)"))
}

func householdDetail(number: String) -> Query<HouseholdDetail> {
  Query(householdSQL(where: "f.number = \(number)"))
}

/// Somebody who belongs to a household, or did; what identifies them is still sealed.
package struct HouseholdPerson: RowDecodable {
  package let id: PersonID
  let household: HouseholdID
  package let name: String
  package let relation: Relation
  let idNumberSealed: [UInt8]
  let phoneSealed: [UInt8]?
  package let maritalStatus: MaritalStatus
  package let registeredAt: AreaCode?
  package let registeredName: String?
  package let leftOn: Day?
  package let leftReason: LeftReason?
  let version: Int

  package init(_ row: Row) throws {
    id = try row("id")
    household = try row("household_id")
    name = try row("name")
    relation = try row("relation")
    idNumberSealed = try row("id_number_sealed")
    phoneSealed = try row("phone_sealed")
    maritalStatus = try row("marital_status")
    registeredAt = try row("registered_at")
    registeredName = try row("registered_name")
    leftOn = try row("left_on")
    leftReason = try row("left_reason")
    version = try row("version")
  }

  package var isPresent: Bool { leftOn == nil }
}

private func personSQL(where condition: SQL) -> SQL {
  """
  SELECT p.id, p.household_id, p.name, p.relation, p.id_number_sealed, p.phone_sealed,
    p.marital_status, p.registered_at, a.name AS registered_name, p.left_on, p.left_reason,
    p.version
  FROM persons p LEFT JOIN areas a ON a.code = p.registered_at
  WHERE \(condition)
  ORDER BY p.left_on IS NOT NULL, p.relation <> 'applicant', p.relation <> 'spouse', p.id
  """
}

/// The members, the applicant first, then those who left.
package func persons(of household: HouseholdID) -> Query<HouseholdPerson> {
  Query(personSQL(where: "p.household_id = \(household)"))
}

func person(_ id: PersonID) -> Query<HouseholdPerson> { Query(personSQL(where: "p.id = \(id)")) }

/// A person as pages show them.
package struct MaskedPerson: Sendable {
  package let person: HouseholdPerson
  package let name: String
  package let idNumber: String
  /// Nil when none is known.
  package let phone: String?
  let birthDay: Day?

  /// Numbers are opened to be masked, and what does not open is not shown.
  ///
  /// - Parameter showsName: for who works the household, on a page whose showing is recorded.
  package init(_ person: HouseholdPerson, keys: KeyRing, showsName: Bool = false) {
    self.person = person
    name = showsName ? person.name : Masking.maskedName(person.name)
    let number = try? keys.openText(person.idNumberSealed, for: .personIDNumber)
    idNumber = number.map { Masking.maskedResidentID($0) } ?? "无法显示"
    birthDay = number.flatMap { try? ResidentID($0).birthDay }
    phone = person.phoneSealed.map { sealed in
      (try? keys.openText(sealed, for: .personPhone)).map { Masking.maskedPhone($0) } ?? "无法显示"
    }
  }

  /// Full years on a day.
  package func age(on day: Day) -> Int? {
    birthDay.map { birth in
      let (then, now) = (birth.components, day.components)
      return now.year - then.year - ((now.month, now.day) < (then.month, then.day) ? 1 : 0)
    }
  }
}
