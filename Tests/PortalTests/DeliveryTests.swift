import Domain
import Foundation
import Logging
import Postgres
import TestSupport
import Testing

@testable import Deliveries
@testable import Findings
@testable import Ground

/// From the register of a bureau to answers about households, through the pages.
@Suite(.serialized) struct DeliveryTests {
  private static let stranger = ("欧阳路人甲", 500)

  @Test func anExtractBecomesAnswersOnlyWhenItIsConfirmed() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty,
      DeliveryFixture.property(
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

  @Test func whatACommandDeliversIsInForceAndJudged() async throws {
    let county = try await DeliveryFixture()
    let path = NSTemporaryDirectory() + "delivered-\(UUID().uuidString).csv"
    try Data(
      DeliveryFixture.property("林小满,\(try idNumber(1)),闽0001,桥下路1号,88.5").utf8
    ).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let command = DeliveryCommand(
      connectionString: county.site.database.connectionString(as: .staff), keys: county.site.keys,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    func deliver(as account: String) async throws -> DeliveryCommand.Report {
      try await command.run(
        check: CheckType.registeredProperty.rawValue, path: path, account: account,
        asOf: try #require(Day(iso: "2021-07-31")), at: FindingFixture.now)
    }
    await #expect(throws: UnknownAccount.self) { try await deliver(as: "nobody") }
    await #expect(throws: DeliveryCommand.Refusal.self) { try await deliver(as: "minzheng") }
    let report = try await deliver(as: "ziran")
    #expect(report.state == "done" && report.matched == 1 && report.new == 1 && !report.isKnown)
    #expect(try await county.answers(.registeredProperty) == ["QL-1 hit"])
    #expect(
      try await county.lines("SELECT state, households, found FROM rule_runs") == ["done|1|1"])
    #expect(try await deliver(as: "ziran").isKnown)
    #expect(FileManager.default.fileExists(atPath: path))
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
    let hash = hexadecimal(county.site.keys.hash(number, of: .idNumber))
    for text in [name, number, hash, String(number.dropLast()), "陌生证号", "陌生路"] {
      #expect(try await county.tables(with: text).isEmpty, "\(text)")
    }
    // The sweep finds what is there.
    #expect(try await county.tables(with: "林小满") == ["households", "persons"])
    let known = hexadecimal(county.site.keys.hash(try idNumber(1), of: .idNumber))
    #expect(try await county.tables(with: known) == ["persons"])
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["1"])
  }

  @Test func aCompleteExtractAnswersForThoseItDoesNotNameAndAPartialOneDoesNot() async throws {
    let county = try await DeliveryFixture()
    let content = DeliveryFixture.property("林小满,\(try idNumber(3)),闽0001,桥下路1号,88.5")
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

  @Test func aDayInTheFutureOrLongAgoIsRefusedWithTheForm() async throws {
    let county = try await DeliveryFixture()
    for day in ["2021-08-21", "2016-01-01", ""] {
      let page = try await county.deliver(
        .registeredProperty, DeliveryFixture.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"),
        asOf: day)
      #expect(page.status == 422 && page.errors.map(\.field) == ["as_of"], "\(day)")
    }
    #expect(try await county.lines("SELECT count(*) FROM deliveries") == ["0"])
  }

  @Test func whatIsNoWorkbookIsRefusedWithTheForm() async throws {
    let county = try await DeliveryFixture()
    for (content, word) in [("%PDF-1.4 ...", "PDF"), ("", "空")] {
      let page = try await county.deliver(.registeredProperty, content)
      #expect(page.status == 422 && page.has(word))
    }
    #expect(try await county.lines("SELECT count(*) FROM deliveries") == ["0"])
  }

  @Test func aRegisterMayHaveMoreRowsThanAnImport() async throws {
    let county = try await DeliveryFixture()
    let browser = try await county.site.browser(signedInAs: "ziran")
    let content = DeliveryFixture.property() + String(repeating: "\n", count: 2_000_100)
    // Of a round that there is not, so that it is looked at and not read.
    let page = try await browser.open("/desk/deliveries/new").form(to: "/desk/deliveries")
      .fill(["as_of": "2021-07-31", "type": "registered_property"]).forging("round", "99")
      .choosing("file", [ChosenFile(name: "大.csv", type: "text/csv", bytes: Array(content.utf8))])
      .submit()
    #expect(page.status == 422 && page.errors.map(\.field) == ["round"])
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
    let content = DeliveryFixture.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1")
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

  @Test func whatAClosedRoundWouldRefuseIsNotOfferedToBeConfirmed() async throws {
    let fixture = try await DeliveryFixture()
    let page = try await fixture.deliver(
      .registeredProperty, DeliveryFixture.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"))
    let form = try page.form(to: "\(DeliveryFixture.link(page))/confirmation")
    _ = try await fixture.lines(
      "UPDATE review_rounds SET closed_on = '2021-08-19', closed_by_name = '林立' RETURNING 1")
    let late = try await page.browser.open(page.address)
    #expect(late.has("不能确认") && late.has("已于 2021年8月19日 结束"))
    #expect(!late.forms.contains { $0.action.hasSuffix("/confirmation") })
    #expect(late.forms.contains { $0.action.hasSuffix("/cancellation") })
    let refused = try await form.submit()
    #expect(refused.status == 409 && refused.has("这一轮复核已经结束"))
    #expect(try await fixture.lines("SELECT state FROM deliveries") == ["matched"])
  }

  @Test func confirmingTwiceDoesNothing() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(
      .registeredProperty, DeliveryFixture.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"))
    _ = try await county.press(page, "confirmation")
    let again = try await county.press(page, "confirmation")
    #expect(again.has("已生效"))
    #expect(try await county.lines("SELECT count(*) FROM checks") == ["1"])
  }

  @Test func answersThatDifferAreListedAndAskWhy() async throws {
    let county = try await DeliveryFixture()
    try await county.bring(
      .registeredProperty, DeliveryFixture.property("甲,\(try idNumber(3)),闽0001,桥下路1号,1"),
      complete: true)
    let page = try await county.deliver(
      .registeredProperty, DeliveryFixture.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"),
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

  @Test func outsideARoundItIsRegularExchangeAndAPartOfARegisterAnswersForWhomItNames()
    async throws
  {
    let county = try await DeliveryFixture(hasRound: false)
    let page = try await county.bring(
      .registeredProperty, DeliveryFixture.property("甲,\(try idNumber(1)),闽0001,桥下路1号,1"))
    #expect(page.has("定期交换"))
    #expect(try await county.answers(.registeredProperty) == ["QL-1 hit"])
    #expect(try await county.lines("SELECT round_id IS NULL FROM checks") == ["t"])
  }

  @Test func aCompleteExtractOutsideARoundAnswersForWhomItDoesNotName() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    _ = try await county.register.household("QL-9", members: [idNumber(90)])
    try await county.bring(
      .registeredProperty, DeliveryFixture.property("林小满,\(try idNumber(1)),闽0001,桥下路1号,1"),
      asOf: "2021-06-30")
    let open = "SELECT f.rule, f.state FROM findings f ORDER BY f.id"
    #expect(try await county.lines(open) == ["R1|open"])
    // Since sold: the whole register does not name them any more.
    try await county.bring(
      .registeredProperty, DeliveryFixture.property("路人,\(try idNumber(500)),闽0009,桥下路9号,1"),
      complete: true)
    #expect(
      try await county.answers(.registeredProperty) == ["QL-1 clear", "QL-2 clear", "QL-3 clear"])
    #expect(try await county.lines(open) == ["R1|lapsed"])
  }

  @Test func aCompleteExtractSaysNothingOfWhatWasSaidForALaterDay() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    try await county.bring(
      .registeredProperty, DeliveryFixture.property("林小满,\(try idNumber(1)),闽0001,桥下路1号,1"))
    try await county.bring(
      .registeredProperty, DeliveryFixture.property("路人,\(try idNumber(500)),闽0009,桥下路9号,1"),
      asOf: "2021-06-30", complete: true)
    #expect(
      try await county.answers(.registeredProperty) == ["QL-1 hit", "QL-2 clear", "QL-3 clear"])
    #expect(try await county.lines("SELECT count(*) FROM checks WHERE household_id = 1") == ["1"])
  }

  // MARK: What a row says besides

  @Test func aHomeThatWasSoldIsReadAsSold() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.bring(
      .registeredProperty,
      """
      姓名,身份证号,不动产权证号,坐落,登记状态,注销日期
      林小满,\(try idNumber(1)),闽0001,桥下路1号,历史,
      林小满,\(try idNumber(3)),闽0002,桥下路2号,已注销,2021-03-04
      林小满,\(try idNumber(4)),闽0003,桥下路3号,现势,
      林小满,\(try idNumber(4)),闽0004,桥下路4号,历史,2020-05-06

      """)
    #expect(page.has("已生效"))
    #expect(
      try await county.answers(.registeredProperty) == ["QL-1 clear", "QL-2 clear", "QL-3 hit"])
    #expect(
      try await county.lines(
        "SELECT h.number, f.rule FROM findings f JOIN households h ON h.id = f.household_id")
        == ["QL-3|R1"])
    #expect(
      try await county.records() == [
        "闽0001|桥下路1号|历史", "闽0002|桥下路2号|已注销|2021-03-04", "闽0003|桥下路3号|现势",
        "闽0004|桥下路4号|历史|2020-05-06",
      ])
  }

  @Test func aStandingThatNobodyKnowsIsAskedAboutAndItsHouseholdLeftOpen() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.bring(
      .registeredProperty,
      """
      姓名,身份证号,不动产权证号,坐落,权属状态
      林小满,\(try idNumber(1)),闽0001,桥下路1号,待定
      林小满,\(try idNumber(3)),闽0002,桥下路2号,现势

      """, complete: true)
    #expect(try await county.causes() == ["error choice_unknown 1"])
    #expect(try await county.answers(.registeredProperty) == ["QL-2 hit", "QL-3 clear"])
  }

  /// Names as they stand in a row, and whether they are another's than 林小满.
  @Test(
    arguments: [
      ("林小满", false), ("林 小 满", false), ("林小满、张三", false), ("", false), ("林*满", false),
      ("林大满", true), ("张三", true),
    ])
  func aRowWithATenantsNumberAndAnotherNameIsSaidToBeSo(name: String, differs: Bool) async throws {
    let county = try await DeliveryFixture()
    try await county.bring(
      .registeredProperty, DeliveryFixture.property("\(name),\(try idNumber(1)),闽0001,桥下路1号,1"))
    #expect(
      try await county.lines("SELECT name_differs FROM check_records") == [differs ? "t" : "f"])
    let page = try await county.site.browser(signedInAs: "zhujian").open("/desk/findings")
    #expect(page.has("申请人名下有住房"))
    #expect(page.has("报送文件第 2 行的身份证号是申请人的，姓名却与登记的不同，请先核对是不是同一人") == differs)
    if name == "张三" { #expect(try await county.tables(with: name).isEmpty) }
  }

  @Test func aHouseholdOutsideTheFrameIsLeftOutAndCounted() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.register.household("QL-9", members: [idNumber(90)])
    let page = try await county.deliver(
      .registeredProperty,
      DeliveryFixture.property(
        "甲,\(try idNumber(1)),闽0001,桥下路1号,1", "乙,\(try idNumber(90)),闽0002,桥下路2号,1"))
    #expect(page.has("不在本轮范围"))
    _ = try await county.press(page, "confirmation")
    #expect(try await county.answers(.registeredProperty) == ["QL-1 hit"])
  }

  @Test func theFileIsGoneOnceItIsMatched() async throws {
    let county = try await DeliveryFixture()
    let mark = "标记\(UUID().uuidString)"
    _ = try await county.deliver(
      .registeredProperty, DeliveryFixture.property("甲,\(try idNumber(1)),闽0001,\(mark),1"))
    #expect(try DeliveryFixture.files(with: mark).isEmpty)
  }
}
