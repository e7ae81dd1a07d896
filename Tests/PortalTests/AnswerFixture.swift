import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Reviews

/// Three households in an open round, and the bureaus that answer about them.
struct AnswerFixture {
  static let day = ShanghaiTime.day(of: TestPortal.start)

  let register: RegisterFixture
  let round: ReviewRoundID
  let households: [HouseholdID]
  let area: AreaCode

  init() async throws {
    register = try await RegisterFixture()
    var households: [HouseholdID] = []
    for place in 1...3 {
      households.append(
        HouseholdID(
          rawValue: try await register.household("H\(place)", members: [idNumber(place)])))
    }
    self.households = households
    area = try #require(AreaCode("350423100"))
    round = try await register.openRound("复核")
  }

  var databases: Databases { register.databases }
  private var keys: KeyRing { register.site.keys }

  /// The demo's account of a role.
  func principal(_ role: Role) async throws -> Principal {
    try await register.site.owner.read { tx in
      try tx.one(
        Query(
          """
          SELECT id, account, display_name, role, area FROM accounts WHERE role = \(role)
            AND area ^@ '350423' ORDER BY id LIMIT 1
          """
        ) { row in try Principal(row) })
    }
  }

  /// What a bureau says about one household.
  struct Said {
    var type = CheckType.registeredProperty
    var result: CheckResult
    var records: [[CheckFieldName: String]] = []
    var terms = AnswerTerms()
    var role = Role.naturalResources
    var round: ReviewRoundID?

    static let home: [CheckFieldName: String] = [.certificate: "闽0001", .address: "桥下路1号"]
  }

  /// Sends an answer as the screen does.
  @discardableResult
  func answer(_ household: HouseholdID, _ said: Said) async throws -> AnswerAssessment {
    let (keys, area, actor) = (keys, area, try await principal(said.role))
    let now = TestPortal.start
    let round = round
    return try await databases.transaction(as: actor) { tx in
      let head = try tx.openDelivery(
        NewDelivery(
          round: said.round ?? round, type: said.type, way: .screen, asOf: Self.day), by: actor,
        at: now)
      try tx.insertRecords(
        try said.records.map {
          try SealedRecord(
            CheckRecord(said.type, $0, today: Self.day), of: nil, household: household, area: area,
            keys: keys)
        }, of: head.id)
      try tx.makeProposedAnswers()
      try tx.propose([ProposedAnswer(household: household, result: said.result)])
      return try tx.recordAnswers(of: head, said.terms, keys: keys, at: now)
    }
  }

  /// `sequence result reason` of each answer to a check of the first household.
  func stored(_ type: CheckType = .registeredProperty) async throws -> [String] {
    try await register.lines(
      """
      SELECT sequence || ' ' || result || coalesce(' ' || reason, '') FROM checks
      WHERE household_id = \(households[0]) AND check_type = '\(type.rawValue)' ORDER BY sequence
      """)
  }

  /// `clear hit not_found` of a check in the round, as pages read it.
  func progress(_ type: CheckType = .registeredProperty) async throws -> [String] {
    try await register.lines(
      """
      SELECT sum(clear) || ' ' || sum(hit) || ' ' || sum(not_found) FROM review_progress
      WHERE check_type = '\(type.rawValue)'
      """)
  }
}
