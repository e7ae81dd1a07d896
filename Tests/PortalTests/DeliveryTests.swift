import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Portal

/// From the register of a bureau to answers about households, through the pages.
@Suite(.serialized) struct DeliveryTests {
  private static let stranger = ("欧阳路人甲", 500)

  private static func property(_ rows: String...) -> String {
    ([DeliveryFixture.propertyTitles] + rows).joined(separator: "\n") + "\n"
  }

  @Test func anExtractBecomesAnswersOnlyWhenItIsConfirmed() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty,
      Self.property(
        "林小满,\(try idNumber(1)),闽0001,桥下路1号,88.5", "路人,\(try idNumber(500)),闽0002,桥下路2号,60"))
    #expect(page.has("等待确认") && page.has("比中") && page.has("没有保存"))
    #expect(try await county.counts() == "2 1 1 0 0")
    #expect(try await county.answers(.registeredProperty).isEmpty)
    let done = try await county.press(page, "confirmation")
    #expect(done.has("已生效"))
    #expect(try await county.answers(.registeredProperty) == ["QL-1 hit"])
    #expect(try await county.records() == ["闽0001|桥下路1号|88.50 m²"])
    #expect(
      try await county.lines("SELECT person_id = (SELECT min(id) FROM persons) FROM check_records")
        == ["t"])
  }

  @Test func whoIsNotInTheRegisterIsInNoTableAfterwards() async throws {
    let county = try await DeliveryFixture()
    let (name, sequence) = Self.stranger
    let number = try idNumber(sequence)
    let titles = "姓名,身份证号,出生日期,不动产权证号,坐落,建筑面积\n"
    _ = try await county.deliver(
      .registeredProperty,
      titles + """
        林小满,\(try idNumber(1)),,闽0001,桥下路1号,88.5
        \(name),\(number),,陌生证号,陌生路99号,60
        \(name),,1980-03-08,陌生证号,陌生路99号,60
        \(name),\(number.dropLast())?,,陌生证号,陌生路99号,60
        \(name),\(number),,,陌生路99号,-5

        """)
    #expect(try await county.counts() == "5 1 3 1 0")
    let hash = hex(county.site.keys.hash(number, of: .idNumber))
    for text in [name, number, hash, String(number.dropLast()), "陌生证号", "陌生路"] {
      #expect(try await county.tables(with: text).isEmpty, "\(text)")
    }
    // The sweep finds what is there.
    #expect(try await county.tables(with: "林小满") == ["persons"])
    let known = hex(county.site.keys.hash(try idNumber(1), of: .idNumber))
    #expect(try await county.tables(with: known) == ["persons"])
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["1"])
  }

  @Test func aCompleteExtractAnswersForThoseItDoesNotNameAndAPartialOneDoesNot() async throws {
    let county = try await DeliveryFixture()
    let content = Self.property("林小满,\(try idNumber(3)),闽0001,桥下路1号,88.5")
    try await county.bring(.registeredProperty, content)
    #expect(try await county.answers(.registeredProperty) == ["QL-2 hit"])
    try await county.bring(.registeredProperty, content, complete: true)
    #expect(
      try await county.answers(.registeredProperty) == ["QL-1 clear", "QL-2 hit", "QL-3 clear"])
    try await county.bring(
      .householdRegistration, "身份证号,户籍状态\n\(try idNumber(1)),正常\n", complete: true)
    #expect(
      try await county.answers(.householdRegistration) == [
        "QL-1 clear", "QL-2 not_found", "QL-3 not_found",
      ])
  }

  @Test func whatIsMeasuredIsAHitAboveTheLineAndClearBelowIt() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.lines(
      """
      INSERT INTO thresholds (area, year, kind, amount, document, set_by_name, set_at)
      VALUES ('350423', 2021, 'income_per_head', 1980, '清政〔2020〕8号', '负责人', now())
      """)
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
      Self.property(
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
      Self.property(
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

  @Test func aDayInTheFutureOrLongAgoIsRefusedWithTheForm() async throws {
    let county = try await DeliveryFixture()
    for day in ["2021-08-21", "2016-01-01", ""] {
      let page = try await county.deliver(
        .registeredProperty, Self.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"), asOf: day)
      #expect(page.status == 422 && page.errors.map(\.field) == ["as_of"], "\(day)")
    }
    #expect(try await county.lines("SELECT count(*) FROM deliveries") == ["0"])
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

  @Test func whatIsNoWorkbookIsRefusedWithTheForm() async throws {
    let county = try await DeliveryFixture()
    for (content, word) in [("%PDF-1.4 ...", "PDF"), ("", "空")] {
      let page = try await county.deliver(.registeredProperty, content)
      #expect(page.status == 422 && page.has(word))
    }
    #expect(try await county.lines("SELECT count(*) FROM deliveries") == ["0"])
  }

  @Test func anotherBureausCheckCannotBeDelivered() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .income, "身份证号,年收入\n\(try idNumber(1)),12000\n", as: "gongan")
    #expect(page.status == 422)
    let matched = try await county.deliver(
      .income, "身份证号,年收入\n\(try idNumber(1)),12000\n")
    let stranger = try await county.site.browser(signedInAs: "gongan").open(
      DeliveryFixture.link(matched))
    #expect(stranger.status == 200 && stranger.forms.allSatisfy { $0.action == "/logout" })
    let token = try #require(
      try await stranger.browser.open("/account/password").form()["csrf"])
    let forged = try await stranger.browser.send(
      "\(DeliveryFixture.link(matched))/confirmation", body: Array("version=9&csrf=\(token)".utf8))
    #expect(forged.status == 403)
    #expect(try await county.answers(.income).isEmpty)
  }

  @Test func theSameFileAgainIsRecognised() async throws {
    let county = try await DeliveryFixture()
    let content = Self.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1")
    let first = try await county.bring(.registeredProperty, content)
    let browser = try await county.site.browser(signedInAs: "ziran")
    let again = try await browser.open("/desk/deliveries/new").form(to: "/desk/deliveries")
      .fill(["as_of": "2021-07-31", "type": "registered_property"])
      .choosing("file", [ChosenFile(name: "别名.csv", type: "text/csv", bytes: Array(content.utf8))])
      .submit()
    #expect(again.has("已经报送过") && again.address == DeliveryFixture.link(first))
    #expect(try await county.lines("SELECT count(*) FROM deliveries") == ["1"])
    // As of another day it is another delivery, which says the same.
    let later = try await county.deliver(.registeredProperty, content, asOf: "2021-08-10")
    #expect(later.has("所有答复与已有的相同"))
    #expect(try await county.press(later, "confirmation").has("已生效"))
    #expect(try await county.lines("SELECT count(*) FROM checks") == ["1"])
  }

  @Test func confirmingTwiceDoesNothing() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty, Self.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"))
    _ = try await county.press(page, "confirmation")
    let again = try await county.press(page, "confirmation")
    #expect(again.has("已生效"))
    #expect(try await county.lines("SELECT count(*) FROM checks") == ["1"])
  }

  @Test func answersThatDifferAreListedAndAskWhy() async throws {
    let county = try await DeliveryFixture()
    try await county.bring(
      .registeredProperty, Self.property("甲,\(try idNumber(3)),闽0001,桥下路1号,1"), complete: true)
    let page = try await county.deliver(
      .registeredProperty, Self.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"),
      asOf: "2021-08-10", complete: true)
    #expect(page.has("与以前答复的差异") && page.has("QL-1") && page.has("QL-2"))
    #expect(!page.has("QL-3"))
    let refused = try await county.press(page, "confirmation")
    #expect(refused.status == 422 && refused.errors.map(\.field) == ["reason"])
    let done = try await county.press(page, "confirmation", ["reason": "重新核对了权利人"])
    #expect(done.has("已生效"))
    #expect(
      try await county.lines(
        """
        SELECT h.number, k.sequence, k.result, k.reason FROM checks k
        JOIN households h ON h.id = k.household_id ORDER BY 1, 2
        """) == [
          "QL-1|1|clear|", "QL-1|2|hit|重新核对了权利人", "QL-2|1|hit|", "QL-2|2|clear|重新核对了权利人",
          "QL-3|1|clear|",
        ])
  }

  @Test func outsideARoundItIsRegularExchangeAndOnlyNamedHouseholdsAreAnswered() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    let page = try await county.bring(
      .registeredProperty, Self.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"), complete: true)
    #expect(page.has("定期交换"))
    #expect(try await county.answers(.registeredProperty) == ["QL-1 hit"])
    #expect(try await county.lines("SELECT round_id IS NULL FROM checks") == ["t"])
  }

  @Test func aHouseholdOutsideTheFrameIsLeftOutAndCounted() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.register.household("QL-9", members: [idNumber(90)])
    let page = try await county.deliver(
      .registeredProperty,
      Self.property(
        "甲,\(try idNumber(1)),闽0001,桥下路1号,1", "乙,\(try idNumber(90)),闽0002,桥下路2号,1"))
    #expect(page.has("不在本轮范围"))
    _ = try await county.press(page, "confirmation")
    #expect(try await county.answers(.registeredProperty) == ["QL-1 hit"])
  }

  @Test func theSameThingTwiceInAFileIsKeptOnce() async throws {
    let county = try await DeliveryFixture()
    let row = "甲,\(try idNumber(1)),闽0001,桥下路1号,1"
    try await county.bring(.registeredProperty, Self.property(row, row))
    #expect(try await county.lines("SELECT count(*), min(line) FROM check_records") == ["1|2"])
  }

  @Test func rentAndMetersMayBeKeyedByContract() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.lines(
      """
      INSERT INTO estates (area, name, address, ownership)
      VALUES ('350423100', '龙津小区', '龙津路1号', 'government');
      INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
      SELECT area, id, '1', '1', '101', 50, 'leased' FROM estates;
      INSERT INTO leases (area, home_id, household_id, contract_number, contract_version, starts_on,
        ends_on, monthly_rent, deposit, state)
      SELECT m.area, m.id, h.id, 'HT-1', '2020', '2020-01-01', '2023-01-01', 100, 300, 'running'
      FROM homes m, households h WHERE h.number = 'QL-2'
      """)
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

  @Test func theFileIsGoneOnceItIsMatched() async throws {
    let county = try await DeliveryFixture()
    let mark = "标记\(UUID().uuidString)"
    _ = try await county.deliver(
      .registeredProperty, Self.property("甲,\(try idNumber(1)),闽0001,\(mark),1"))
    #expect(try DeliveryFixture.files(with: mark).isEmpty)
  }
}
