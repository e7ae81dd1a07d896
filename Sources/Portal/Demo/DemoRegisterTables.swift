import Domain
import Foundation
import Ground
import Postgres
import Register

// The passes that write the register: who lives where.
extension DemoCounty {
  func writePlaces(_ tx: Transaction) throws {
    let county = DemoPlaces.county
    for place in DemoPlaces.above + [(county.code, county.name)]
      + DemoPlaces.townships.map({ ($0.code, $0.name) })
    {
      try tx.execute(
        "INSERT INTO areas (code, name) VALUES (\(place.0), \(place.1)) ON CONFLICT DO NOTHING")
    }
    let bureaus = ["县住建局", "县民政局", "县自然资源局", "县公安局"]
    try tx.execute(
      """
      INSERT INTO site_settings (area, county_name, title, bureaus, organiser, is_demo)
      VALUES (\(county.code), \(county.name), '公租房租后管理点题整治', \(bureaus),
        '清流县住房和城乡建设局', true)
      """)
  }

  func writeEstates(_ tx: Transaction) throws {
    try tx.copyIn("COPY estates (id, area, name, address, ownership) FROM STDIN") { writer in
      for (index, estate) in DemoPlaces.estates.enumerated() {
        try writer.row(
          index + 1, Self.township(ofEstate: index), estate.name, estate.address,
          estate.isGovernment ? EstateOwnership.government.rawValue : EstateOwnership.other.rawValue
        )
      }
    }
  }

  func writeHomes(_ tx: Transaction) throws {
    try tx.copyIn(
      "COPY homes (id, area, estate_id, building, unit, room, floor_area, state) FROM STDIN"
    ) { writer in
      for ordinal in 0..<homes.count {
        let home = homes.home(ordinal)
        try writer.row(
          ordinal + 1, Self.township(ofEstate: home.estate), home.estate + 1, home.building,
          home.unit, home.room, Self.hundredths(home.floorArea), state(ofHome: ordinal).rawValue)
      }
    }
  }

  private func state(ofHome ordinal: Int) -> HomeState {
    guard let tenant = homes.household(inHome: ordinal, of: households) else {
      return ordinal % 70 == 13 ? .inRepair : .vacant
    }
    guard let demoCase = DemoHousehold(ordinal: tenant, seed: seed).demoCase else { return .leased }
    if demoCase.vacatedOn != nil { return .vacant }
    return demoCase.state.awaitsHome ? .awaitingRecovery : .leased
  }

  func writeHouseholds(_ tx: Transaction) throws {
    try tx.copyIn(
      """
      COPY households (id, area, number, category, estate_id, home_id, applicant, members) FROM STDIN
      """
    ) { writer in
      try forEachHousehold { household, home in
        let isRenting = household.demoCase?.vacatedOn == nil
        try writer.row(
          household.ordinal + 1, Self.township(ofEstate: home.estate),
          DemoPlaces.county.code + padded(household.ordinal + 1, 8), household.category.rawValue,
          isRenting ? home.estate + 1 : nil, isRenting ? home.ordinal + 1 : nil,
          household.members.first { $0.relation == .applicant }?.name, household.members.count)
      }
    }
  }

  func writePersons(_ tx: Transaction) throws {
    var id = 0
    try tx.copyIn(
      """
      COPY persons (id, area, household_id, relation, name, id_number_sealed, id_number_index,
        phone_sealed, phone_index, marital_status, registered_at) FROM STDIN
      """
    ) { writer in
      try forEachHousehold { household, home in
        let area = Self.township(ofEstate: home.estate)
        for (place, member) in household.members.enumerated() {
          id += 1
          let idNumber = try idNumber(of: member, person: id)
          let phone = place == 0 ? household.phone : nil
          try writer.row(
            id, area, household.ordinal + 1, member.relation.rawValue, member.name,
            keys.seal(idNumber, for: .personIDNumber), keys.hash(idNumber, of: .idNumber),
            phone.map { try keys.seal($0, for: .personPhone) },
            phone.map { keys.hash($0, of: .phone) }, member.maritalStatus.rawValue, area)
        }
      }
    }
  }

  /// The pieces of names, which the database makes itself only when people are added one by one.
  func writeNameGrams(_ tx: Transaction) throws {
    var id = 0
    try tx.copyIn("COPY person_name_grams (gram, area, household_id, person_id) FROM STDIN") {
      writer in
      try forEachHousehold { household, home in
        let area = Self.township(ofEstate: home.estate)
        for member in household.members {
          id += 1
          for gram in NameGrams.grams(of: member.name) {
            try writer.row(gram, area, household.ordinal + 1, id)
          }
        }
      }
    }
  }

  /// Of people who do not exist: no area of GB/T 2260 begins with 99, so the number is nobody's. Its
  /// check character is right, and no two people of the demo share one.
  private func idNumber(of member: DemoHousehold.Member, person: Int) throws -> String {
    try ResidentID.madeUp(
      areaPrefix: String(999_999 - person / 500), birth: calendar.moved(member.birth),
      sequence: person % 500 * 2 + (member.isMale ? 1 : 0)
    ).text
  }

  func writeLeases(_ tx: Transaction) throws {
    try tx.copyIn(
      """
      COPY leases (id, area, home_id, household_id, contract_number, contract_version, starts_on,
        ends_on, monthly_rent, deposit, state, ended_on) FROM STDIN
      """
    ) { writer in
      try forEachHousehold { household, home in
        let leaseStart = calendar.moved(household.leaseStart)
        let rent = household.rentPerSquareMetre * home.floorArea
        let endedOn = household.demoCase?.vacatedOn
        let number = "QLGZ-\(leaseStart.year)-\(padded(household.ordinal + 1, 7))"
        try writer.row(
          household.ordinal + 1, Self.township(ofEstate: home.estate), home.ordinal + 1,
          household.ordinal + 1, number, "2016版", leaseStart.iso,
          leaseStart.adding(months: household.leaseYears * 12 + 24).iso,
          Self.hundredths(rent), Self.hundredths(rent * 3),
          endedOn == nil ? LeaseState.running.rawValue : LeaseState.ended.rawValue,
          endedOn.map(moved))
      }
    }
  }

  /// `1234` as `12.34`.
  static func hundredths(_ value: Int) -> String { "\(value / 100).\(padded(value % 100, 2))" }
}
