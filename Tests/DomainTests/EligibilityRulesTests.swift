import Testing

@testable import Domain

@Suite struct EligibilityRulesTests {
  // MARK: R1

  @Test func everyOtherHomeIsAFindingOfItsOwn() throws {
    var household = EligibilityCase()
    try household.answer(
      .registeredProperty, .hit,
      [
        (1, [.certificate: "闽（2020）清流县不动产权第0001号", .address: "龙津镇1号"]),
        (2, [.certificate: "闽(2020)清流县不动产权第 0001 号", .address: "龙津镇1号"]),
        (2, [.certificate: "闽（2021）清流县不动产权第0002号", .address: "嵩溪镇2号"]),
      ])
    try household.answer(
      .signedContracts, .hit,
      [(1, [.contractNumber: "WQ-7", .address: "新城3号", .signedOn: "2021-05-06"])])
    try household.answer(
      .otherHousing, .hit, [(1, [.kind: "affordable", .address: "老街4号"])])
    let homes = household.findings.filter { $0.rule == .otherHome }
    #expect(homes.count == 4)
    #expect(homes.allSatisfy { $0.nature == .purchasedHome })
    let joint = try #require(homes.first { $0.subject.contains("0001") })
    #expect(joint.explanation.hasPrefix("不动产登记：申请人、配偶名下有住房，"))
    #expect(joint.explanation.contains("坐落 龙津镇1号"))
  }

  @Test func aHomeOfSomebodyWhoLeftDoesNotCount() throws {
    var household = EligibilityCase()
    try household.answer(
      .registeredProperty, .hit, [(9, [.certificate: "闽1号", .address: "龙津镇1号"])])
    #expect(household.claims.isEmpty)
    #expect(!household.isHit(.registeredProperty))
  }

  /// What a property register says of whether an entry holds, with the day for which it vouches: 31 July.
  static let entries: [(entry: [CheckFieldName: String], isOwned: Bool)] = [
    ([:], true), ([.standing: "current"], true), ([.standing: "historical"], false),
    ([.standing: "cancelled"], false), ([.endedOn: "2021-07-31"], false),
    ([.endedOn: "2021-08-01"], true), ([.standing: "historical", .endedOn: "2021-06-01"], false),
    ([.standing: "historical", .endedOn: "2021-08-01"], true),
    ([.standing: "current", .endedOn: "2021-06-01"], false),
  ]

  @Test(arguments: entries)
  func whoSoldBeforeTheDayOwnsNothing(entry: [CheckFieldName: String], isOwned: Bool) throws {
    var household = EligibilityCase()
    let home: [CheckFieldName: String] = [.certificate: "闽1号", .address: "龙津镇1号"]
    try household.answer(
      .registeredProperty, .hit, asOf: "2021-07-31", [(1, home.merging(entry) { $1 })])
    #expect(household.claims == (isOwned ? ["R1 registered_property:闽1号"] : []))
    #expect(household.isHit(.registeredProperty) == isOwned)
    let record = try CheckRecord(
      .registeredProperty, home.merging(entry) { $1 }, today: EligibilityCase.today)
    let day = try #require(Day(iso: "2021-07-31"))
    let type = CheckType.registeredProperty
    #expect(type.mismatch(.clear, [record], asOf: day) == (isOwned ? .somethingFound : nil))
    #expect(type.mismatch(.hit, [record], asOf: day) == (isOwned ? nil : .nothingFound))
  }

  @Test func whoseNameARowDoesNotHaveIsSaidAndAsked() throws {
    var household = EligibilityCase()
    let answer = try #require(Day(iso: "2021-07-31"))
    func home(_ certificate: String, _ name: OtherName?) throws -> PersonRecord {
      PersonRecord(
        person: PersonID(rawValue: 1),
        record: try CheckRecord(
          .registeredProperty, [.certificate: certificate, .address: "龙津镇1号"],
          today: EligibilityCase.today), otherName: name)
    }
    household.answers[.registeredProperty] = AnswerFacts(
      result: .hit, asOf: answer,
      records: [try home("闽1号", OtherName(line: 12)), try home("闽2号", nil)])
    let said = household.findings.map(\.explanation)
    #expect(
      said[0] == "不动产登记：申请人名下有住房，不动产权证号 闽1号，坐落 龙津镇1号。"
        + "注意：报送文件第 12 行的身份证号是申请人的，姓名却与登记的不同，请先核对是不是同一人。")
    #expect(said[1].hasSuffix("坐落 龙津镇1号。"))
  }

  @Test func aSecondHomeOfProtectionIsAContradictionAndNoProperty() throws {
    var household = EligibilityCase()
    try household.answer(
      .otherHousing, .hit, [(1, [.kind: "public_rental", .address: "老街4号"])])
    #expect(household.claims == ["R8 other_housing:PUBLIC_RENTAL:老街4号"])
    #expect(household.findings[0].nature == nil)
    #expect(household.isHit(.otherHousing))
  }

  // MARK: Whom the rules concern

  @Test func ofWhoRentsNoHomeOfTheCampaignNothingIsSaid() throws {
    var household = EligibilityCase()
    try household.answer(.income, .hit, [(1, [.amount: "900000"])])
    try household.answer(.assets, .notFound, earlier: .clear)
    #expect(household.claims == ["R2 income", "R8 answers:assets"])
    household.isInScope = false
    #expect(household.claims.isEmpty)
  }

  @Test(arguments: LeftReason.allCases)
  func whoHasLeftIsAChangeOfTheFamily(reason: LeftReason) throws {
    var household = EligibilityCase()
    let day = try #require(Day(iso: "2021-05-04"))
    household.departures = [
      DepartureFacts(id: PersonID(rawValue: 9), relation: .parent, leftOn: day, reason: reason)
    ]
    #expect(household.claims == (reason == .merged ? [] : ["R4 left:9"]))
    guard reason == .died else { return }
    #expect(
      household.findings[0].explanation
        == "家庭成员减少：公租房信息系统登记父母已于2021年5月4日离开（去世），请重新核对保障条件。")
  }

  // MARK: R2

  @Test func incomePerHeadIsSaidWithFiguresLineAndDocument() throws {
    var household = EligibilityCase()
    try household.answer(
      .income, .hit, [(1, [.amount: "60000", .year: "2020"]), (2, [.amount: "23160"])])
    #expect(
      household.explanation(.income)
        == "人均月收入 2,310.00 元，超过 1,980.00 元（依据：清政〔2021〕12号）。家庭年收入合计 83,160.00 元，家庭成员 3 人。")
    #expect(household.findings[0].nature == .overLimit)
  }

  @Test(arguments: [("71280.00", false), ("71280.01", true), ("71279.99", false)])
  func incomeAtTheLineIsNoFindingAndACentAboveItIs(sum: String, isAbove: Bool) throws {
    var household = EligibilityCase()
    try household.answer(.income, .clear, [(1, [.amount: sum])])
    #expect(household.claims == (isAbove ? ["R2 income"] : []))
    #expect(household.isHit(.income) == isAbove)
    if isAbove { #expect(household.explanation(.income)?.contains("1,980.01 元，超过") == true) }
  }

  @Test func ofEachPersonTheLatestYearCounts() throws {
    var household = EligibilityCase()
    try household.answer(
      .income, .hit,
      [
        (1, [.amount: "71000", .year: "2020"]), (1, [.amount: "90000", .year: "2019"]),
        (2, [.amount: "280.00", .year: "2019"]),
      ])
    #expect(household.claims.isEmpty)
  }

  @Test func aHouseholdWithoutMembersHasNoIncomePerHead() throws {
    var household = EligibilityCase()
    household.members = []
    try household.answer(.income, .hit, [(0, [.amount: "1000000"])])
    #expect(household.claims.isEmpty)
  }

  // MARK: R3

  @Test func assetsAndVehiclesHaveLinesOfTheirOwn() throws {
    var household = EligibilityCase()
    try household.answer(.assets, .hit, [(1, [.amount: "100000"]), (2, [.amount: "50000.01"])])
    try household.answer(
      .vehicles, .hit,
      [
        (1, [.plate: "闽G12345", .value: "50000"]), (2, [.plate: "闽g 12345", .value: "50000"]),
        (2, [.plate: "闽G54321", .value: "30000.00"]),
      ])
    #expect(household.claims == ["R3 assets"])
    household.lines = EligibilityCase.lines([.householdAssets: "200000", .vehicleValue: "79999.99"])
    #expect(household.claims == ["R3 vehicles"])
    #expect(
      household.explanation(.assets)
        == "车辆价值合计 80,000.00 元，超过 79,999.99 元（依据：清政〔2021〕12号）。车辆 2 辆：闽G12345 50,000.00 元、闽G54321 30,000.00 元。"
    )
  }

  // MARK: R4

  @Test(arguments: [
    (MaritalStatus.married, "married", false), (.married, "divorced", true),
    (.single, "married", true), (.unknown, "divorced", false),
  ])
  func aMarriageThatTheRegisterDoesNotKnowOfIsAChange(
    before: MaritalStatus, now: String, isChange: Bool
  ) throws {
    var household = EligibilityCase()
    household.members = [EligibilityCase.member(1, .applicant, before)]
    try household.answer(
      .marriage, .clear, [(1, [.status: now, .changedOn: "2021-03-04"])])
    #expect(household.claims == (isChange ? ["R4 marriage:1"] : []))
    #expect(household.isHit(.marriage) == isChange)
  }

  @Test func theLatestOfSeveralMarriagesCounts() throws {
    var household = EligibilityCase()
    try household.answer(
      .marriage, .clear,
      [
        (1, [.status: "married", .changedOn: "2021-03-04"]),
        (1, [.status: "divorced", .changedOn: "2019-03-04"]),
      ])
    #expect(household.claims.isEmpty)
  }

  @Test func whoDiedMovedAwayOrIsRegisteredElsewhereIsAChange() throws {
    var household = EligibilityCase()
    household.members.append(EligibilityCase.member(4, .parent, at: nil))
    try household.answer(
      .householdRegistration, .hit,
      [
        (1, [.status: "died", .changedOn: "2021-02-03"]),
        (2, [.status: "moved_out", .registeredAt: "350102"]),
        (3, [.status: "normal", .registeredAt: "350424100"]),
        (4, [.status: "normal", .registeredAt: "350424100"]),
      ])
    #expect(household.claims == ["R4 registration:1", "R4 registration:2", "R4 registration:3"])
    #expect(household.findings[0].explanation == "申请人的户口已因死亡注销（2021年2月3日）。")
    #expect(household.findings[2].explanation.contains("不在本县"))
    #expect(household.findings.allSatisfy { $0.nature == nil })
  }

  @Test func movingWithinTheCountyIsNoChange() throws {
    var household = EligibilityCase()
    try household.answer(
      .householdRegistration, .clear, [(1, [.status: "normal", .registeredAt: "350423101"])])
    #expect(household.claims.isEmpty)
    #expect(!household.isHit(.householdRegistration))
  }

  // MARK: R6 and R7

  private func use(_ months: ClosedRange<Int>, _ power: String, _ water: String) -> [(
    Int64, [CheckFieldName: String]
  )] {
    months.map { month in
      (0, [.month: "2021-0\(month)", .electricity: power, .water: water])
    }
  }

  @Test func sixMonthsInARowWithoutUseAreAnEmptyHome() throws {
    var household = EligibilityCase()
    try household.answer(.utilities, .hit, use(1...6, "10.00", "1.00"))
    #expect(household.claims == ["R6 empty"])
    #expect(household.findings[0].nature == .vacant)
    #expect(
      household.findings[0].explanation
        == "2021年1月至2021年6月连续 6 个月每月用电不超过 10.00 度、用水不超过 1.00 吨，达到 6 个月（依据：清政〔2021〕12号）。")
  }

  @Test func aGapPowerOrWaterMakesItInUse() throws {
    var household = EligibilityCase()
    for records in [
      use(1...5, "0", "0"), use(1...3, "0", "0") + use(5...7, "0", "0"), use(1...6, "10.01", "0"),
      use(1...6, "0", "1.01"), use(1...6, "0", "0") + use(3...3, "11", "0"),
    ] {
      try household.answer(.utilities, .hit, records)
      #expect(household.claims.isEmpty)
      #expect(!household.isHit(.utilities))
    }
  }

  @Test func monthsInARowCrossTheYear() throws {
    var household = EligibilityCase()
    let months = ["2020-10", "2020-11", "2020-12", "2021-01", "2021-02", "2021-03"]
    try household.answer(
      .utilities, .hit, months.map { (0, [.month: $0, .electricity: "0", .water: "0"]) })
    #expect(household.explanation(.empty)?.hasPrefix("2020年10月至2021年3月连续 6 个月") == true)
  }

  @Test(arguments: [("5", false), ("6", true)])
  func sixMonthsOfRentOwedAreArrears(months: String, isHit: Bool) throws {
    var household = EligibilityCase()
    try household.answer(.rentArrears, .hit, [(0, [.months: months, .amount: "1008"])])
    #expect(household.claims == (isHit ? ["R7 arrears"] : []))
    #expect(household.isHit(.rentArrears) == isHit)
    if isHit {
      #expect(household.findings[0].nature == .arrears)
      #expect(
        household.findings[0].explanation
          == "累计欠租 6 个月，共 1,008.00 元，达到 6 个月（依据：清政〔2021〕12号）。")
    }
  }

  // MARK: Lines

  @Test func aRuleWithoutItsLineDoesNotSpeak() throws {
    var household = EligibilityCase()
    try household.answer(.income, .hit, [(1, [.amount: "900000"])])
    try household.answer(.assets, .hit, [(1, [.amount: "900000"])])
    try household.answer(.vehicles, .hit, [(1, [.plate: "闽G1", .value: "900000"])])
    try household.answer(.utilities, .hit, use(1...7, "0", "0"))
    try household.answer(.rentArrears, .hit, [(0, [.months: "60", .amount: "900"])])
    #expect(
      household.claims == ["R2 income", "R3 assets", "R3 vehicles", "R6 empty", "R7 arrears"])
    for kind in ThresholdKind.allCases {
      var amounts = Dictionary(
        uniqueKeysWithValues: ThresholdKind.allCases.map { ($0, $0 == .emptyMonths ? "6" : "5") })
      amounts[kind] = nil
      household.lines = EligibilityCase.lines(amounts)
      #expect(household.lines.missing == [kind])
      #expect(EligibilityRules.mutedChecks(household.lines) == [kind.check])
      #expect(!household.isHit(kind.check))
      #expect(household.claims.count == 4)
      #expect(!household.findings.contains { $0.types == [kind.check] })
    }
  }
}
