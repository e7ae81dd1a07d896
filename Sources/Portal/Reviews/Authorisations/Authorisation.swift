package import Domain
import Foundation
package import Ground
package import Postgres

/// A member's signed authorisation.
package struct Authorisation: RowDecodable {
  let id: AuthorisationID
  let person: PersonID
  /// Not yet masked.
  let personName: String
  let signedOn: Day
  let runsOutOn: Day?
  let paperNote: String?
  let hasScan: Bool
  let recordedByName: String
  let recordedAt: Date

  package init(_ row: Row) throws {
    id = try row("id")
    person = try row("person_id")
    personName = try row("person_name")
    signedOn = try row("signed_on")
    runsOutOn = try row("runs_out_on")
    paperNote = try row("paper_note")
    hasScan = try row("has_scan")
    recordedByName = try row("recorded_by_name")
    recordedAt = try row("recorded_at")
  }

  func holds(on day: Day) -> Bool {
    signedOn <= day && runsOutOn.map { $0 >= day } ?? true
  }
}

/// Of a household's members, the latest first.
package func authorisations(of household: HouseholdID) -> Query<Authorisation> {
  Query(
    """
    SELECT a.id, a.person_id, p.name AS person_name, a.signed_on, a.runs_out_on, a.paper_note,
      a.scan_sealed IS NOT NULL AS has_scan, a.recorded_by_name, a.recorded_at
    FROM persons p JOIN authorisations a ON a.person_id = p.id
    WHERE p.household_id = \(household) ORDER BY a.signed_on DESC, a.id DESC
    """)
}

/// A grown member without an authorisation that holds.
package struct UnauthorisedMember: Sendable {
  let household: HouseholdID
  let householdNumber: String
  let person: PersonID
  /// Masked.
  package let name: String
}

private struct MemberWithout: RowDecodable {
  let household: HouseholdID
  let householdNumber: String
  let person: PersonID
  let name: String
  let number: [UInt8]

  init(_ row: Row) throws {
    household = try row("household_id")
    householdNumber = try row("number")
    person = try row("id")
    name = try row("name")
    number = try row("id_number_sealed")
  }
}

extension Transaction {
  /// Calls with every grown member of some households who has given no authorisation that holds on a day,
  /// household by household. The day of birth stands sealed in the ID number: only those without are opened.
  ///
  /// - Parameter households: a query of their ids.
  package func forEachUnauthorised(
    of households: SQL, on day: Day, keys: KeyRing, _ body: (UnauthorisedMember) throws -> Void
  ) throws {
    try forEach(
      Query<MemberWithout>(
        """
        SELECT p.household_id, h.number, p.id, p.name, p.id_number_sealed
        FROM persons p JOIN households h ON h.id = p.household_id
        WHERE p.household_id IN (\(households)) AND p.left_on IS NULL AND NOT EXISTS (
          SELECT FROM authorisations a WHERE a.person_id = p.id AND a.signed_on <= \(day)
            AND (a.runs_out_on IS NULL OR a.runs_out_on >= \(day)))
        ORDER BY p.household_id, p.id
        """)
    ) { member in
      let birth = (try? keys.openText(member.number, for: .personIDNumber))
        .flatMap { try? ResidentID($0).birthDay }
      guard Authorisations.isGrown(born: birth, on: day) else { return }
      try body(
        UnauthorisedMember(
          household: member.household, householdNumber: member.householdNumber,
          person: member.person, name: Masking.maskedName(member.name)))
    }
  }

  package func unauthorisedMembers(
    of household: HouseholdID, on day: Day, keys: KeyRing
  ) throws -> [UnauthorisedMember] {
    var found: [UnauthorisedMember] = []
    try forEachUnauthorised(of: "SELECT \(household)::bigint", on: day, keys: keys) {
      found.append($0)
    }
    return found
  }

  /// The households among some of which not every grown member has given one.
  func unauthorisedHouseholds(
    of households: SQL, on day: Day, keys: KeyRing
  ) throws -> [HouseholdID] {
    var found: [HouseholdID] = []
    try forEachUnauthorised(of: households, on: day, keys: keys) { member in
      if found.last != member.household { found.append(member.household) }
    }
    return found
  }

  /// Takes what rests on an authorisation that is not there out of `proposed_answers`, where the county says so.
  ///
  /// - Returns: how many households.
  func dropUnauthorised(of delivery: DeliveryHead, on day: Day, keys: KeyRing) throws -> Int {
    guard Authorisations.needed.contains(delivery.type),
      try first(authorisationSetting(of: delivery.area))?.mayCheckWithout == false
    else { return 0 }
    let missing = try unauthorisedHouseholds(
      of: "SELECT household_id FROM proposed_answers", on: day, keys: keys)
    guard !missing.isEmpty else { return 0 }
    return try execute(
      "DELETE FROM proposed_answers WHERE household_id = ANY(\(list: missing))")
  }
}

/// What a county says of households without authorisations.
package struct AuthorisationSetting: RowDecodable {
  package let mayCheckWithout: Bool
  let document: String
  let setByName: String
  let setAt: Date

  package init(_ row: Row) throws {
    mayCheckWithout = try row("may_check_without")
    document = try row("document")
    setByName = try row("set_by_name")
    setAt = try row("set_at")
  }
}

/// The last one of the area or of one above it.
package func authorisationSetting(of area: AreaCode) -> Query<AuthorisationSetting> {
  Query(
    """
    SELECT may_check_without, document, set_by_name, set_at FROM authorisation_settings
    WHERE \(area)::text ^@ area::text ORDER BY char_length(area) DESC, id DESC LIMIT 1
    """)
}
