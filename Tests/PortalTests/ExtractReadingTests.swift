import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Deliveries
@testable import Ground

/// What is read out of a bureau's register, and what of it cannot be read.
@Suite(.serialized) struct ExtractReadingTests {
  @Test func whatIsMeasuredIsAHitAboveTheLineAndClearBelowIt() async throws {
    let county = try await DeliveryFixture()
    try await setIncomeLine(county)
    try await county.bring(
      .income,
      """
      身份证号码,年收入（元）,收入年度
      \(try idNumber(1)),24000,2021
      \(try idNumber(2)),"24,000.00",2021
      \(try idNumber(3)),36000,2021

      """)
    // 2,000 yuan a month for each of two, 3,000 for one.
    #expect(try await county.answers(.income) == ["QL-1 hit", "QL-2 hit"])
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["3"])
    try await county.bring(
      .income, "身份证号,年收入\n\(try idNumber(4)),12000\n")
    #expect(try await county.answers(.income).last == "QL-3 clear")
  }

  @Test func oldNumbersAreNormalised() async throws {
    let county = try await DeliveryFixture()
    let old = try ResidentID.madeUp(
      areaPrefix: "350423", birth: try #require(Day(iso: "1980-03-08")), sequence: 7)
    let fifteen = old.text.prefix(6) + old.text.dropFirst(8).dropLast()
    let household = try await county.register.household("QL-4", members: [old.text])
    var sequence = 10
    while try idNumber(sequence).last != "X" { sequence += 1 }
    let withX = try idNumber(sequence)
    _ = try await county.register.household("QL-5", members: [withX])
    let wide = String(
      String.UnicodeScalarView(
        try idNumber(4).unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
    _ = try await county.deliver(
      .registeredProperty,
      DeliveryFixture.property(
        "甲,\(fifteen),闽0001,桥下路1号,1", "乙,\(withX.lowercased()),闽0002,桥下路2号,1",
        "丙,\(wide),闽0003,桥下路3号,1"))
    #expect(try await county.counts() == "3 3 0 0 0")
    #expect(
      try await county.lines(
        "SELECT count(*) FROM check_records WHERE household_id = \(household)") == ["1"])
  }

  @Test func malformedNumbersAreCountedAndDoNotStopTheRest() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty,
      DeliveryFixture.property(
        "甲,12345,闽0001,桥下路1号,1", "乙,350423198003080019,闽0002,桥下路2号,1",
        "丙,\(try idNumber(1)),闽0003,桥下路3号,1", ",,,,", "丁,,闽0004,桥下路4号,1"))
    #expect(try await county.counts() == "4 1 0 3 0")
    #expect(
      try await county.causes() == [
        "error id_number_check 1", "error id_number_length 1", "error key_missing 1",
      ])
    #expect(page.has("身份证号校验位不对") && page.has("第 3 行"))
    #expect(!page.source.contains("350423198003080019") && !page.has("12345"))
  }

  @Test func valuesOutOfRangeAreToldByRowAndKeepOnlyTheirRowOut() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .income,
      """
      身份证号,年收入,收入年度
      \(try idNumber(1)),-1,2021
      \(try idNumber(2)),12000,1850
      \(try idNumber(3)),12000,2021
      \(try idNumber(4)),,2021

      """)
    #expect(try await county.counts() == "4 1 0 3 0")
    #expect(try await county.causes() == ["error number_range 2", "error value_missing 1"])
    #expect(page.has("第 2 行") && page.has("年收入"))
    _ = try await county.deliver(
      .signedContracts,
      """
      身份证号,网签合同编号,房屋坐落,签订日期
      \(try idNumber(1)),WQ-1,桥下路1号,2031-01-01
      \(try idNumber(3)),WQ-2,桥下路2号,2021-07-01

      """)
    #expect(try await county.causes() == ["error field_value 1"])
    #expect(try await county.counts() == "2 1 0 1 0")
  }

  @Test func columnsThatNobodyKnowsAreListedAndTheRestIsRead() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty,
      """
      身份证号,不动产权证号,坐落,抵押银行,查封情况
      \(try idNumber(1)),闽0001,桥下路1号,某银行,无

      """)
    #expect(try await county.causes() == ["warning column_unknown 2"])
    #expect(page.has("抵押银行") && page.has("查封情况") && page.has("等待确认"))
  }

  @Test func anotherBureausFileIsToldAsSuch() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty,
      "号牌号码,机动车所有人,所有人身份证号,车辆价值\n闽G12345,林小满,\(try idNumber(1)),80000\n")
    #expect(page.has("未完成") && page.has("这看起来是车辆登记数据，应由县公安局报送"))
    #expect(try await county.causes() == ["error another_register 1"])
    let own = try await county.deliver(
      .income, "身份证号,资产总额,资产类型\n\(try idNumber(1)),80000,存款\n")
    #expect(own.has("这看起来是资产核对数据，请选择“资产”再上传"))
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["0"])
  }

  @Test func aMissingColumnIsNamed() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty, "身份证号,不动产权证号\n\(try idNumber(1)),闽0001\n")
    #expect(page.has("未完成") && page.has("“坐落”这一列"))
    let noKey = try await county.deliver(
      .registeredProperty, "所有人,不动产权证号,坐落\n林小满,闽0001,桥下路1号\n")
    #expect(noKey.has("未完成") && noKey.has("“身份证号”这一列"))
  }

  @Test func theSameThingTwiceInAFileIsKeptOnce() async throws {
    let county = try await DeliveryFixture()
    let row = "甲,\(try idNumber(1)),闽0001,桥下路1号,1"
    try await county.bring(.registeredProperty, DeliveryFixture.property(row, row))
    #expect(try await county.lines("SELECT count(*), min(line) FROM check_records") == ["1|2"])
  }

  @Test func rentAndMetersMayBeKeyedByContract() async throws {
    let county = try await DeliveryFixture()
    try await lease("HT-1", to: "QL-2", county)
    try await county.bring(
      .rentArrears,
      """
      合同编号,身份证号,欠租月数,欠租金额
      HT-1,,3,450
      HT-9,,7,1050
      ,\(try idNumber(4)),1,150

      """)
    #expect(try await county.counts() == "3 2 1 0 0")
    #expect(try await county.answers(.rentArrears) == ["QL-2 clear", "QL-3 clear"])
    #expect(
      try await county.lines("SELECT count(*) FROM check_records WHERE person_id IS NULL") == ["2"])
  }

  // MARK: Rows that cannot be read

  @Test func whoIsNamedByARowThatCannotBeReadIsNotTakenForAbsent() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty,
      DeliveryFixture.property(
        "甲,\(try idNumber(1)),闽0001,,1", "乙,\(try idNumber(3)),闽0002,桥下路2号,1",
        "乙,\(try idNumber(3)),闽0003,桥下路3号,-5"), complete: true)
    #expect(try await county.counts() == "3 1 0 2 0")
    #expect(page.has("没有读全") && page.has("仍是待核查"))
    _ = try await county.press(page, "confirmation")
    // The home of QL-1 has no address: its household is neither clear nor a hit. That of QL-2 has one.
    #expect(try await county.answers(.registeredProperty) == ["QL-2 hit", "QL-3 clear"])
  }

  @Test func aHouseholdIsNotJudgedByTheHalfThatCouldBeRead() async throws {
    for complete in [false, true] {
      let county = try await DeliveryFixture()
      try await setIncomeLine(county)
      try await county.bring(
        .income,
        """
        身份证号,年收入
        \(try idNumber(1)),12000
        \(try idNumber(2)),不详
        \(try idNumber(3)),90000
        \(try idNumber(3)),不详
        \(try idNumber(4)),9000

        """, complete: complete)
      // What is above the line already stays above it, whatever else there is.
      #expect(try await county.answers(.income) == ["QL-2 hit", "QL-3 clear"])
    }
  }

  @Test func whoIsNamedWithoutANumberIsNotTakenForAbsentEither() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.lines(
      """
      UPDATE persons p SET name = CASE h.number WHEN 'QL-1' THEN '周大年' WHEN 'QL-2' THEN '许长安' ELSE '何平' END
      FROM households h WHERE h.id = p.household_id
      """)
    try await county.bring(
      .registeredProperty,
      """
      姓名,出生日期,身份证号,不动产权证号,坐落
      周大年,1980-03-08,,闽0001,
      许长安,1980-03-09,,闽0002,
      何平,,12345,闽0003,桥下路3号
      路人甲,,12345,闽0004,桥下路4号

      """, complete: true)
    // QL-2's has another day of birth; of QL-3 the number is missing, and the name is hers.
    #expect(try await county.answers(.registeredProperty) == ["QL-2 clear"])
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["0"])
    #expect(try await county.tables(with: "路人甲").isEmpty)
  }

  @Test func aLeaseNamedByARowThatCannotBeReadStaysOpen() async throws {
    let county = try await DeliveryFixture()
    try await lease("HT-1", to: "QL-2", county)
    try await county.bring(
      .rentArrears, "合同编号,欠租月数,欠租金额\nHT-1,三个月,450\n", complete: true)
    #expect(try await county.answers(.rentArrears) == ["QL-1 clear", "QL-3 clear"])
  }

  @Test func whatIsDecidedOfOneRowDoesNotAnswerForAnotherThatCannotBeRead() async throws {
    let county = try await DeliveryFixture()
    try await setIncomeLine(county)
    let page = try await county.deliver(
      .income,
      """
      姓名,出生日期,身份证号,年收入
      林小满,1980-03-08,,100
      ,,\(try idNumber(3)),不详

      """, complete: true)
    let queue = try await page.follow("开始认定")
    let done = try await DeliveryMatchTests.decide(
      queue, [2: try await DeliveryMatchTests.candidate(county, "QL-2", 2)])
    await county.jobs.finishAll()
    _ = try await county.press(
      try await done.browser.open(DeliveryFixture.link(page)), "confirmation")
    #expect(try await county.answers(.income) == ["QL-1 not_found", "QL-3 not_found"])
  }

  // MARK: A county

  private func setIncomeLine(_ county: DeliveryFixture) async throws {
    _ = try await county.lines(
      """
      INSERT INTO thresholds (area, year, kind, amount, document, set_by_name, set_at)
      VALUES ('350423', 2021, 'income_per_head', 1980, '清政〔2020〕8号', '负责人', now())
      """)
  }

  private func lease(
    _ contract: String, to household: String, _ county: DeliveryFixture
  ) async throws {
    _ = try await county.lines(
      """
      UPDATE leases SET contract_number = 'QT-' || id;
      UPDATE leases l SET contract_number = '\(contract)'
      FROM households h WHERE h.id = l.household_id AND h.number = '\(household)'
      """)
  }
}
