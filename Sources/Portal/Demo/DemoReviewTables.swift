import Domain
import Foundation
import Ground
import Postgres
import Reviews

// The passes that write the review: its round, what the bureaus delivered, and their answers.
extension DemoCounty {
  static let round = 1
  private static let firstExchange = Day(number: 18_809)  // 2021-07-01
  private static let opened = Day(number: 18_793)  // 2021-06-15
  private static let delivered = Day(number: 18_828)  // 2021-07-20
  private static let othersDue = Day(number: 18_839)  // 2021-07-31
  private static let housingDue = Day(number: 18_854)  // 2021-08-15

  func writeRound(_ tx: Transaction) throws {
    try tx.copyIn(
      """
      COPY review_rounds (id, area, campaign_id, title, opened_on, opened_by_name) FROM STDIN
      """
    ) {
      try $0.row(
        Self.round, Self.area, Self.campaign, "\(calendar.moved(Self.opened).year)年全面资格复核",
        moved(Self.opened),
        DemoAccounts.officer)
    }
    try tx.copyIn("COPY review_dues (round_id, area, bureau, due_on) FROM STDIN") { writer in
      for bureau in Bureau.allCases {
        try writer.row(
          Self.round, Self.area, bureau.rawValue,
          moved(bureau == .housing ? Self.housingDue : Self.othersDue))
      }
    }
    try tx.copyIn("COPY review_households (round_id, household_id, area, estate_id) FROM STDIN") {
      writer in
      try forEachInFrame { household, home, _ in
        try writer.row(
          Self.round, household.ordinal + 1, Self.township(ofEstate: home.estate), home.estate + 1)
      }
    }
  }

  /// One delivery for each kind of check, and the answers that it gives.
  func writeAnswers(_ tx: Transaction) throws {
    try tx.copyIn(
      """
      COPY deliveries (id, area, round_id, check_type, way, state, as_of, is_complete, account_name,
        delivered_at, file_name, file_hash) FROM STDIN
      """
    ) { writer in
      for (index, type) in DemoHousehold.checks.enumerated() {
        let name = "\(type.title)-\(moved(Self.delivered).filter { $0 != "-" }).csv"
        try writer.row(
          index + 1, Self.area, Self.round, type.rawValue, DeliveryWay.extract.rawValue,
          DeliveryState.done.rawValue, moved(Self.delivered), true, Self.account(of: type.bureau),
          ShanghaiTime.date(on: calendar.moved(Self.delivered), hour: 9 + index), name,
          keys.hash(name, of: .checkRecord))
      }
    }
    try writeRecords(tx)
    try tx.copyIn(
      """
      COPY checks (id, area, round_id, household_id, check_type, result, as_of, answered_on,
        delivery_id) FROM STDIN
      """
    ) { writer in
      var id = 0
      try forEachInFrame { household, home, _ in
        let area = Self.township(ofEstate: home.estate)
        for (index, result) in household.answers.enumerated() where result != .pending {
          id += 1
          try writer.row(
            id, area, Self.round, household.ordinal + 1, DemoHousehold.checks[index].rawValue,
            result.rawValue, moved(Self.delivered), moved(Self.delivered), index + 1)
        }
      }
    }
  }

  /// The values behind hits.
  private func writeRecords(_ tx: Transaction) throws {
    try tx.copyIn(
      """
      COPY check_records (id, area, delivery_id, household_id, person_id, check_type, line, digest,
        values_sealed) FROM STDIN
      """
    ) { writer in
      var id = 0
      var lines: [CheckType: Int] = [:]
      try forEachInFrame { household, home, applicant in
        let area = AreaCode(Self.township(ofEstate: home.estate)) ?? Self.area
        for (index, result) in household.answers.enumerated() where result == .hit {
          let type = DemoHousehold.checks[index]
          for values in values(of: type, household) {
            id += 1
            lines[type, default: 1] += 1
            let record = try SealedRecord(
              CheckRecord(type, values, today: calendar.moved(Self.delivered)),
              of: type.isAboutPersons ? PersonID(rawValue: Int64(applicant)) : nil,
              household: HouseholdID(rawValue: Int64(household.ordinal + 1)), area: area,
              line: lines[type], keys: keys)
            try writer.row(
              id, area, index + 1, household.ordinal + 1, record.person, type.rawValue, record.line,
              record.digest, record.values)
          }
        }
      }
    }
  }

  /// What a hit of the demo says; each is over the county's line.
  private func values(
    of type: CheckType, _ household: DemoHousehold
  ) -> [[CheckFieldName: String]] {
    let place = household.ordinal
    let delivered = calendar.moved(Self.delivered)
    switch type {
    case .registeredProperty:
      let registered = delivered.adding(months: place % 9 - 18).monthStart + 14
      return [
        [
          .certificate: "闽（\(registered.year)）清流县不动产权第\(padded(place + 1, 7))号",
          .address: "清流县龙津镇桥下路\(place % 90 + 1)号\(place % 6 + 1)0\(place % 4 + 1)室",
          .floorArea: "\(70 + place % 60).50", .registeredOn: registered.iso,
        ]
      ]
    case .income:
      let members = household.members.count
      return [
        [.amount: "\(members * (26_400 + place % 9 * 1_200))", .year: "\(delivered.year - 1)"]
      ]
    case .payroll:
      return [[.employer: "清流县龙津镇中心小学", .kind: "在编"]]
    case .rentArrears:
      return [[.months: "\(6 + place % 8)", .amount: "\((6 + place % 8) * 150)"]]
    case .utilities:
      return (1...6).map { month in
        [
          .month: String(delivered.adding(months: month - 7).iso.prefix(7)),
          .electricity: "\(month % 2)", .water: "0",
        ]
      }
    default: return []
    }
  }

  /// The lines of the made-up county, and how often its sources deliver.
  func writeLines(_ tx: Transaction) throws {
    let year = calendar.moved(Self.opened).year
    let lines: [(ThresholdKind, String, String)] = [
      (.incomePerHead, "1980", "清政办〔\(year)〕演示12号"),
      (.householdAssets, "150000", "清政办〔\(year)〕演示12号"),
      (.vehicleValue, "80000", "清政办〔\(year)〕演示12号"), (.electricity, "3", "清住建〔\(year)〕演示7号"),
      (.water, "1", "清住建〔\(year)〕演示7号"), (.emptyMonths, "6", "《公共租赁住房管理办法》第二十七条"),
      (.arrearsMonths, "6", "《公共租赁住房管理办法》第二十九条"),
    ]
    try tx.copyIn(
      "COPY thresholds (area, year, kind, amount, document, set_by_name, set_at) FROM STDIN"
    ) { writer in
      for (kind, amount, document) in lines {
        try writer.row(
          Self.area, year, kind.rawValue, amount, document, DemoAccounts.lead,
          ShanghaiTime.date(on: calendar.moved(Self.opened), hour: 9))
      }
    }
    try tx.copyIn(
      "COPY exchange_schedules (area, check_type, every, due_day, starts_on) FROM STDIN"
    ) { writer in
      for type in [CheckType.registeredProperty, .signedContracts, .marriage, .vehicles] {
        try writer.row(
          Self.area, type.rawValue,
          (type == .signedContracts ? ExchangeInterval.week : .month).rawValue,
          type == .signedContracts ? 1 : 10, moved(Self.firstExchange))
      }
    }
  }

  /// The households in the estates of the government, each with the number of its applicant's row.
  private func forEachInFrame(
    _ body: (DemoHousehold, DemoHomes.Home, _ applicant: Int) throws -> Void
  ) throws {
    var person = 1
    try forEachHousehold { household, home in
      if DemoPlaces.estates[home.estate].isGovernment { try body(household, home, person) }
      person += household.members.count
    }
  }

  private static func account(of bureau: Bureau) -> String {
    DemoAccounts.all.first { $0.role == bureau.role }?.displayName ?? bureau.title
  }
}
