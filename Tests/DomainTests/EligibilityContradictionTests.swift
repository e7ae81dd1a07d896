import Testing

@testable import Domain

@Suite struct EligibilityContradictionTests {
  @Test func anotherAnswerInTheSameRoundIsAContradiction() throws {
    var household = EligibilityCase()
    try household.answer(.income, .notFound, earlier: .clear)
    try household.answer(.vehicles, .clear, earlier: .clear)
    #expect(household.claims == ["R8 answers:income"])
    #expect(household.findings[0].explanation == "县民政局对“收入”先后答复不一致：先答“无异常”，后答“查无此人”。")
  }

  @Test(arguments: [CheckResult.clear, .notFound])
  func aContractThatIsNotRegisteredYetIsNoContradiction(property: CheckResult) throws {
    var household = EligibilityCase()
    try household.answer(
      .signedContracts, .hit,
      [(1, [.contractNumber: "WQ-7", .address: "新城3号", .signedOn: "2021-05-06"])])
    try household.answer(.registeredProperty, property)
    #expect(household.claims == ["R1 signed_contracts:WQ7"])
  }

  // MARK: Of a couple

  /// What civil affairs say of the applicant and the spouse.
  private func couple(_ applicant: String, _ spouse: String) throws -> EligibilityCase {
    var household = EligibilityCase()
    household.members = [
      EligibilityCase.member(1, .applicant, .unknown), EligibilityCase.member(2, .spouse, .unknown),
      EligibilityCase.member(3, .child, .unknown),
    ]
    try household.answer(
      .marriage, .clear,
      [(1, [.status: applicant]), (2, [.status: spouse]), (3, [.status: "single"])])
    return household
  }

  @Test(
    arguments: [
      ("divorced", "married", true), ("married", "divorced", true), ("single", "married", true),
      ("married", "married", false), ("divorced", "divorced", false), ("single", "divorced", false),
      ("widowed", "married", false),
    ])
  func aCoupleIsMarriedOrItIsNot(applicant: String, spouse: String, contradicts: Bool) throws {
    let household = try couple(applicant, spouse)
    #expect(household.claims == (contradicts ? ["R8 couple:2"] : []))
  }

  @Test func whatIsSaidOfAChildIsNotHeldAgainstAParent() throws {
    var household = try couple("married", "married")
    try household.answer(
      .marriage, .clear, [(1, [.status: "married"]), (3, [.status: "divorced"])])
    #expect(household.claims.isEmpty)
  }

  @Test(arguments: [("normal", true), ("moved_out", true), ("died", false)])
  func whoIsWidowedHasNoLivingSpouse(status: String, contradicts: Bool) throws {
    for (widowed, other) in [(Int64(1), Int64(2)), (2, 1)] {
      var household = try couple("married", "married")
      try household.answer(.marriage, .clear, [(widowed, [.status: "widowed"])])
      try household.answer(.householdRegistration, .clear, [(other, [.status: status])])
      #expect(household.claims.contains("R8 widowed_alive:\(other)") == contradicts)
      #expect(household.claims.contains { $0.hasPrefix("R8") } == contradicts)
    }
  }

  @Test(arguments: [("2021-07-31", true), ("2021-08-01", false)])
  func aSpouseWhoDiedAfterThePoliceLookedIsNoContradiction(day: String, contradicts: Bool) throws {
    var household = try couple("widowed", "married")
    try household.answer(
      .marriage, .clear, asOf: "2021-08-15", [(1, [.status: "widowed", .changedOn: day])])
    try household.answer(
      .householdRegistration, .clear, asOf: "2021-07-31", [(2, [.status: "normal"])])
    #expect(household.claims.contains("R8 widowed_alive:2") == contradicts)
  }

  @Test func whoIsDeadAndAliveInOneExtractIsAContradiction() throws {
    var household = EligibilityCase()
    try household.answer(
      .householdRegistration, .hit,
      [
        (2, [.status: "normal", .registeredAt: "350423100"]),
        (2, [.status: "died", .changedOn: "2021-03-01"]), (1, [.status: "normal"]),
      ])
    #expect(household.claims == ["R4 registration:2", "R8 died_alive:2"])
    let said = household.explanation(.contradiction)
    #expect(said?.contains("既有“户籍状态 死亡注销，变动日期 2021-03-01”") == true)
    try household.answer(
      .householdRegistration, .hit, [(2, [.status: "died"]), (1, [.status: "normal"])])
    #expect(household.claims == ["R4 registration:2"])
  }

  @Test func everyContradictionIsARowOfTheTable() throws {
    #expect(Set(Contradiction.table.map(\.code)).count == Contradiction.table.count)
    for seed in 1...300 {
      for finding in try drawn(UInt64(seed)).findings where finding.rule == .contradiction {
        #expect(Contradiction.isListed(finding.subject), "\(finding.subject)")
      }
    }
    #expect(!Contradiction.isListed("contract_without_registration"))
    #expect(!Contradiction.isListed("person:3:4"))
  }

  @Test(arguments: [("2021-03-02", true), ("2021-03-01", false)])
  func whoDiedAndIsStillMarriedLaterIsAContradiction(asOf: String, contradicts: Bool) throws {
    var household = EligibilityCase()
    try household.answer(
      .householdRegistration, .hit, [(2, [.status: "died", .changedOn: "2021-03-01"])])
    try household.answer(.marriage, .clear, asOf: asOf, [(2, [.status: "married"])])
    #expect(household.claims.contains("R8 died_married:2") == contradicts)
  }

  @Test func whoDiedAndIsWidowedIsNoContradiction() throws {
    var household = EligibilityCase()
    try household.answer(
      .householdRegistration, .hit, [(2, [.status: "died", .changedOn: "2021-03-01"])])
    try household.answer(.marriage, .clear, asOf: "2021-05-01", [(1, [.status: "married"])])
    #expect(!household.claims.contains { $0.hasPrefix("R8") })
  }

  private func use(_ month: String, _ power: String, _ water: String) -> (
    Int64, [CheckFieldName: String]
  ) {
    (0, [.month: month, .electricity: power, .water: water])
  }

  private func visit(_ day: String, _ use: VisitUse) throws -> VisitFacts {
    VisitFacts(visitedOn: try #require(Day(iso: day)), use: use)
  }

  @Test func anEmptyHomeThatUsesWaterIsAContradiction() throws {
    var household = EligibilityCase()
    household.visits = [try visit("2021-07-05", .tenant), try visit("2021-07-20", .empty)]
    try household.answer(
      .utilities, .clear, [use("2021-06", "120", "8"), use("2021-08", "0", "0")])
    #expect(household.claims == ["R8 empty_but_used"])
    #expect(household.findings[0].explanation.contains("2021年7月20日入户走访为“空置”，2021年6月用电 120.00 度"))
    try household.answer(
      .utilities, .clear, [use("2021-06", "120", "8"), use("2021-07", "0", "0")])
    #expect(household.claims.isEmpty)
    try household.answer(.utilities, .clear, [use("2021-07", "0", "1.01")])
    #expect(household.claims == ["R8 empty_but_used"])
    household.visits.append(try visit("2021-07-21", .tenant))
    #expect(household.claims.isEmpty)
  }

  /// Households with records of every kind, drawn by chance.
  private func drawn(_ seed: UInt64) throws -> EligibilityCase {
    var random = SeededGenerator(seed: seed)
    var household = EligibilityCase()
    func person() -> Int64 { Int64.random(in: 1...4, using: &random) }
    func money() -> String { String(Int.random(in: 0...120_000, using: &random)) }
    func day() -> String {
      "2021-0\(Int.random(in: 1...7, using: &random))-1\(Int.random(in: 0...9, using: &random))"
    }
    func some<T>(_ make: () -> T) -> [T] {
      (0..<Int.random(in: 0...5, using: &random)).map { _ in make() }
    }
    try household.answer(
      .income, .hit,
      some { (person(), [.amount: money(), .year: Bool.random(using: &random) ? "2020" : "2019"]) })
    try household.answer(.assets, .hit, some { (person(), [.amount: money()]) })
    try household.answer(
      .vehicles, .hit,
      some { (person(), [.plate: "闽G\(Int.random(in: 1...3, using: &random))", .value: money()]) })
    try household.answer(
      .registeredProperty, .hit,
      some {
        (
          person(),
          [
            .certificate: "闽\(Int.random(in: 1...3, using: &random))",
            .address: "街\(Int.random(in: 1...3, using: &random))",
          ]
        )
      })
    try household.answer(
      .signedContracts, .hit,
      some {
        (
          person(),
          [
            .contractNumber: "W\(Int.random(in: 1...3, using: &random))", .address: "街",
            .signedOn: day(),
          ]
        )
      })
    try household.answer(
      .marriage, .hit, earlier: .clear,
      some {
        (
          person(),
          [
            .status: ["single", "married", "divorced"].randomElement(using: &random) ?? "single",
            .changedOn: day(),
          ]
        )
      })
    try household.answer(
      .householdRegistration, .hit,
      some {
        (
          person(),
          [
            .status: ["normal", "died", "moved_out"].randomElement(using: &random) ?? "normal",
            .changedOn: day(), .registeredAt: "350424",
          ]
        )
      })
    try household.answer(
      .utilities, .hit,
      (1...8).map { use("2021-0\($0)", String(Int.random(in: 0...11, using: &random)), "0") })
    return household
  }

  @Test func theOrderOfRecordsAndMembersChangesNothing() throws {
    var kinds: Set<FindingRule> = []
    for seed in 1...300 {
      let household = try drawn(UInt64(seed))
      let expected = household.findings
      kinds.formUnion(expected.map(\.rule))
      var shuffled = household
      var random = SeededGenerator(seed: UInt64(seed) &* 7)
      shuffled.members.shuffle(using: &random)
      shuffled.answers = household.answers.mapValues { answer in
        AnswerFacts(
          result: answer.result, asOf: answer.asOf,
          records: answer.records.shuffled(using: &random),
          earlierResult: answer.earlierResult)
      }
      #expect(shuffled.findings == expected)
      #expect(household.findings == expected)
      let keys = expected.map { "\($0.rule.rawValue) \($0.subject)" }
      #expect(Set(keys).count == keys.count)
    }
    #expect(kinds == [.otherHome, .income, .assets, .familyChanged, .empty, .contradiction])
  }

  @Test func whatIsAHitIsWhatItsRuleSpeaksOn() throws {
    for seed in 1...300 {
      let household = try drawn(UInt64(seed))
      for type in household.answers.keys {
        var alone = household
        alone.answers = [
          type: AnswerFacts(
            result: .hit, asOf: EligibilityCase.today,
            records: household.answers[type]?.records ?? [])
        ]
        #expect(alone.isHit(type) == !alone.findings.isEmpty, "\(type) \(seed)")
      }
    }
  }
}
