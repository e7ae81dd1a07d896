import Testing

@testable import Domain

/// R9 and R10, and the extracts that they rest on.
@Suite struct ObtainingTests {
  private static let home: [CheckFieldName: String] = [.certificate: "闽1号", .address: "龙津镇1号"]

  private func household(since day: String? = "2018-03-01") -> EligibilityCase {
    var household = EligibilityCase()
    household.firstLease = day.flatMap { Day(iso: $0) }
    return household
  }

  // MARK: R9

  @Test(arguments: [
    ("2018-02-28", true), ("2018-03-01", false), ("2018-03-02", false), (nil, false),
  ])
  func aHomeOlderThanTheLeaseWasHidden(registered: String?, isHidden: Bool) throws {
    var household = household()
    var home = Self.home
    home[.registeredOn] = registered
    try household.answer(.registeredProperty, .hit, [(2, home)])
    #expect(
      household.claims == ["R1 registered_property:闽1号"]
        + (isHidden ? ["R9 registered_property:闽1号"] : []))
    guard isHidden else { return }
    let finding = try #require(household.findings.last)
    #expect(finding.nature == .deceit && finding.types == [.registeredProperty])
    #expect(
      finding.explanation.hasPrefix(
        "不动产登记：配偶于2018年2月28日登记住房，早于登记的第一份租约起租日2018年3月1日，申请时可能没有如实申报。"))
  }

  @Test func withoutALeaseNothingCanBeOlder() throws {
    var household = household(since: nil)
    try household.answer(
      .registeredProperty, .hit, [(1, Self.home.merging([.registeredOn: "2001-01-01"]) { $1 })])
    #expect(household.claims == ["R1 registered_property:闽1号"])
  }

  @Test(arguments: [("2018-02-01", false), ("2018-03-01", false), ("2018-04-01", true)])
  func whatWasSoldBeforeTheLeaseWasNotThere(sold: String, isHidden: Bool) throws {
    var household = household()
    let home = Self.home.merging([.registeredOn: "2010-05-06", .endedOn: sold]) { $1 }
    try household.answer(.registeredProperty, .clear, [(1, home)])
    #expect(household.claims == (isHidden ? ["R9 registered_property:闽1号"] : []))
  }

  @Test func anEntryThatEndedOnAnUnknownDaySaysNothing() throws {
    var household = household()
    let home = Self.home.merging([.registeredOn: "2010-05-06", .standing: "historical"]) { $1 }
    try household.answer(.registeredProperty, .clear, [(1, home)])
    #expect(household.claims.isEmpty)
  }

  @Test func contractsAndOtherHousingAreHomesToo() throws {
    var household = household()
    try household.answer(
      .signedContracts, .hit,
      [(1, [.contractNumber: "WQ-7", .address: "新城3号", .signedOn: "2017-05-06"])])
    try household.answer(
      .otherHousing, .hit,
      [
        (1, [.kind: "affordable", .address: "老街4号", .since: "2016-01-01"]),
        (1, [.kind: "public_rental", .address: "老街5号", .since: "2016-01-01"]),
      ])
    #expect(
      household.claims.filter { $0.hasPrefix("R9") } == [
        "R9 other_housing:AFFORDABLE:老街4号", "R9 signed_contracts:WQ7",
      ])
  }

  /// A spouse's home; the applicant's is told of all the same.
  @Test(arguments: [(Int64(2), false), (1, true)])
  func whoMarriedInSinceToldNobodyAnything(owner: Int64, isHidden: Bool) throws {
    var household = household()
    try household.answer(
      .registeredProperty, .hit, [(owner, Self.home.merging([.registeredOn: "2010-05-06"]) { $1 })])
    try household.answer(
      .marriage, .clear, [(2, [.status: "married", .changedOn: "2019-10-01"])])
    #expect(household.claims.contains { $0.hasPrefix("R9") } == isHidden)
  }

  // MARK: R10

  @Test func eachMemberOnThePayrollIsLookedAtAgain() throws {
    var household = household()
    try household.answer(
      .payroll, .hit,
      [
        (1, [.employer: "清流县第一中学", .kind: "在编"]), (1, [.employer: "清流县教育局"]),
        (2, [.employer: "清流县医院", .endedOn: "2021-01-01"]), (9, [.employer: "清流县医院"]),
      ])
    #expect(household.claims == ["R10 on_payroll:1"])
    #expect(household.isHit(.payroll))
    let finding = household.findings[0]
    #expect(finding.nature == nil && FindingRule.notAllocated.natures == ExitNature.allCases)
    #expect(
      finding.explanation
        == "申请人在财政供养人员名单里：供养单位 清流县教育局；供养单位 清流县第一中学，人员类别 在编。请重新核对保障条件。")
  }

  @Test func whomACompleteListOfAllocationsDoesNotNameWasNeverAllocatedAHome() throws {
    var household = household()
    #expect(CheckType.allocationList.absence == .hit && CheckType.payroll.absence == .clear)
    try household.answer(.allocationList, .hit)
    #expect(household.claims == ["R10 not_allocated"])
    #expect(household.findings[0].explanation.hasPrefix("截至2021年7月31日的配租名单里没有这个家庭的任何一名成员"))
    try household.answer(.allocationList, .clear, [(3, [.since: "2018-02-01"])])
    #expect(household.claims.isEmpty && !household.isHit(.allocationList))
    // A list that is older than the lease.
    try household.answer(.allocationList, .hit, asOf: "2018-02-28")
    #expect(household.claims.isEmpty)
  }

  @Test func anEntryOfTheListOfAllocationsIsAsItShouldBe() throws {
    let day = try #require(Day(iso: "2021-07-31"))
    let record = try CheckRecord(.allocationList, [.since: "2018-02-01"], today: day)
    let type = CheckType.allocationList
    #expect(type.mismatch(.hit, [], asOf: day) == nil)
    #expect(type.mismatch(.clear, [record], asOf: day) == nil)
    #expect(type.mismatch(.hit, [record], asOf: day) == .namedAfterAll)
    #expect(type.mismatch(.notFound, [record], asOf: day) == .nobodyFound)
  }

  // MARK: Deaths, and what raises nothing

  @Test func aDeathThatTwoRegistersKnowIsOneChange() throws {
    var household = household()
    let died: [CheckFieldName: String] = [.changedOn: "2021-05-03"]
    try household.answer(.deaths, .hit, [(2, died), (3, died)])
    #expect(household.claims == ["R4 registration:2", "R4 registration:3"])
    #expect(household.explanation(.familyChanged) == "配偶列入死亡人员名单（2021年5月3日死亡）。")
    #expect(household.findings[0].types == [.deaths])
    try household.answer(
      .householdRegistration, .hit, [(2, [.status: "died", .changedOn: "2021-05-04"])])
    #expect(household.claims == ["R4 registration:2", "R4 registration:3"])
    #expect(
      household.explanation(.familyChanged)
        == "配偶的户口已因死亡注销（2021年5月4日），列入死亡人员名单（2021年5月3日死亡）。")
    #expect(household.findings[0].types == [.householdRegistration, .deaths])
  }

  @Test func firmsAndInsuranceAreShownAndRaiseNothing() throws {
    var household = household()
    try household.answer(.businessRegistration, .hit, [(1, [.company: "清流县某商店"])])
    try household.answer(.socialSecurity, .hit, [(1, [.kind: "职工养老", .standing: "current"])])
    try household.answer(.housingFund, .hit, [(1, [.employer: "某厂"])])
    #expect(household.claims.isEmpty)
    let shown: [CheckType] = [.businessRegistration, .socialSecurity, .housingFund]
    #expect(shown.allSatisfy(household.isHit))
    try household.answer(
      .businessRegistration, .hit, [(1, [.company: "清流县某商店", .standing: "cancelled"])])
    #expect(!household.isHit(.businessRegistration))
  }

  @Test func rulesStandInTheOrderOfTheirNumbers() throws {
    #expect(FindingRule.allCases.sorted().map(\.rawValue).suffix(3) == ["R8", "R9", "R10"])
    var household = household()
    try household.answer(.payroll, .hit, [(1, [.employer: "清流县第一中学"])])
    try household.answer(
      .registeredProperty, .hit, [(1, Self.home.merging([.registeredOn: "2010-05-06"]) { $1 })])
    #expect(household.findings.map(\.rule) == [.otherHome, .deceit, .notAllocated])
  }

  @Test func aHomeGotByDeceitIsGivenBack() {
    #expect(ExitNature.deceit.markedTitle == "骗租" && ExitNature.deceit.annexMark == nil)
    let subject = CaseSubject(
      nature: .deceit, route: ExitGround.of(.deceit).route,
      last: CaseMove(from: .verified, action: .serveNotice))
    let next = CaseWorkflow.next(from: .noticed, of: subject).map(\.to)
    #expect(!next.contains(.corrected) && next.contains(.decided))
    #expect(FindingRule.deceit.natures == [.deceit])
  }
}
