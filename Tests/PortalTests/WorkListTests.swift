import Domain
import Foundation
import Postgres
import Spreadsheet
import TestSupport
import Testing

@testable import Deliveries
@testable import Ground

/// A work list out, filled in, and back.
@Suite(.serialized) struct WorkListTests {
  private func download(
    _ county: DeliveryFixture, _ type: CheckType
  ) async throws -> (page: Page, rows: [[String]]) {
    let browser = try await county.site.browser(
      signedInAs: DeliveryFixture.account(type.bureau))
    let answer = try await browser.open("/desk/work-lists").form(to: "/desk/work-lists")
      .fill(["type": type.rawValue]).submit()
    #expect(answer.status == 200)
    return (answer, try answer.sheet("xlsx"))
  }

  /// Writes a list as it came, with cells filled in by the titles of their columns.
  private func filled(
    _ rows: [[String]], _ fill: (_ person: [String: String], _ count: Int) -> [[String: String]]
  ) throws -> [UInt8] {
    let head = try #require(rows.firstIndex { $0.contains("核查结果") })
    let path = NSTemporaryDirectory() + "list-\(UUID().uuidString).xlsx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try XLSXWriter(path: path, sheet: "清单")
    for row in rows[...head] { try writer.row(row.map(Cell.text)) }
    for (index, row) in rows[(head + 1)...].enumerated() {
      let person = Dictionary(uniqueKeysWithValues: zip(rows[head], row))
      for cells in fill(person, index) {
        let whole = person.merging(cells) { _, new in new }
        try writer.row(rows[head].map { .text(whole[$0] ?? "") })
      }
    }
    try writer.finish()
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  private func send(
    _ county: DeliveryFixture, _ type: CheckType, _ bytes: [UInt8], asOf: String = "2021-07-31",
    as account: String? = nil
  ) async throws -> Page {
    let browser = try await county.site.browser(
      signedInAs: account ?? DeliveryFixture.account(type.bureau))
    let page = try await browser.open("/desk/work-lists").form(to: "/desk/work-lists/returns")
      .fill(["as_of": asOf]).forging("type", type.rawValue)
      .choosing("file", [ChosenFile(name: "清单.xlsx", type: "", bytes: bytes)]).submit()
    await county.jobs.finishAll()
    return page.status == 200 ? try await browser.open(page.address) : page
  }

  private static let clear = ["核查结果": "无异常"]

  @Test func theListHoldsEveryOpenCheckWithWholeNumbersAndSaysWhoTookIt() async throws {
    let county = try await DeliveryFixture()
    let (answer, rows) = try await download(county, .vehicles)
    let head = try #require(rows.first { $0.contains("核查结果") })
    #expect(
      head == [
        "家庭编号", "项目", "房屋", "姓名", "身份证号", "关系", "核查结果", "号牌号码", "车辆价值", "登记日期", "数据截止日期", "备注",
      ])
    #expect(rows.filter { $0[0].hasPrefix("QL-") }.count == 4)
    #expect(rows.contains { $0[0] == "QL-2" && $0[4] == (try? idNumber(3)) })
    #expect(rows[0][0].contains("gongan") && rows[0][0].contains("含完整个人信息"))
    #expect(String(decoding: answer.bytes, as: UTF8.self).contains("docProps/core.xml"))
    #expect(
      try await county.lines(
        """
        SELECT account, after ->> 'type', after ->> 'rows', after ->> 'value' FROM audit_events
        WHERE action = 'work_list.export'
        """) == ["gongan|vehicles|4|含完整个人信息"])
  }

  @Test func theListIsNarrowedToATownshipOrAnEstate() async throws {
    let county = try await DeliveryFixture()
    // Another township with an estate, where one of the three lives.
    _ = try await county.lines(
      """
      WITH e AS (
        INSERT INTO estates (area, name, address, ownership)
        VALUES ('350423101', '嵩溪新村', '嵩溪路1号', 'government') RETURNING id)
      UPDATE review_households f SET area = '350423101', estate_id = e.id
      FROM e, households h WHERE h.id = f.household_id AND h.number = 'QL-3' RETURNING 1
      """)
    let browser = try await county.site.browser(signedInAs: "gongan")
    let form = try await browser.open("/desk/work-lists").form(to: "/desk/work-lists")
      .fill(["type": "vehicles"])
    func numbers(_ typed: KeyValuePairs<String, String>) async throws -> Set<String> {
      let answer = try await form.fill(typed).submit()
      #expect(answer.status == 200)
      return Set(try answer.sheet("xlsx").map { $0[0] }.filter { $0.hasPrefix("QL-") })
    }
    let estate = try await county.lines("SELECT id FROM estates WHERE name = '嵩溪新村'")[0]
    #expect(try await numbers([:]) == ["QL-1", "QL-2", "QL-3"])
    #expect(try await numbers(["township": "350423101"]) == ["QL-3"])
    #expect(try await numbers(["estate": estate]) == ["QL-3"])
    let wrong = try await form.forging("township", "350423109").submit()
    #expect(wrong.status == 422 && wrong.has("这一轮没有这个乡镇的家庭"))
    #expect(try await form.forging("estate", "x").submit().status == 422)
    #expect(
      try await county.lines(
        "SELECT after ->> 'filter' FROM audit_events WHERE action = 'work_list.export' ORDER BY id")
        == ["全部", "350423101", estate])
  }

  @Test func whatIsAnsweredIsNotInTheListAnyMore() async throws {
    let county = try await DeliveryFixture()
    try await county.bring(.vehicles, "身份证号,号牌号码,车辆价值\n\(try idNumber(3)),闽G1,1000\n")
    let rows = try await download(county, .vehicles).rows
    #expect(!rows.contains { $0[0] == "QL-2" } && rows.contains { $0[0] == "QL-1" })
  }

  @Test func anotherBureausListCannotBeTaken() async throws {
    let county = try await DeliveryFixture()
    let browser = try await county.site.browser(signedInAs: "minzheng")
    let refused = try await browser.open("/desk/work-lists").form(to: "/desk/work-lists")
      .forging("type", "vehicles").submit()
    #expect(refused.status == 422)
    let town = try await county.site.browser(signedInAs: "longjin").open("/desk/work-lists")
    #expect(town.status == 403)
  }

  @Test func aListThatWasFilledInComesBackAsAnswers() async throws {
    let county = try await DeliveryFixture()
    let rows = try await download(county, .vehicles).rows
    let bytes = try filled(rows) { person, _ in
      switch person["家庭编号"] {
      case "QL-1" where person["关系"] == "申请人":
        [
          ["核查结果": "有情况", "号牌号码": "闽G00001", "车辆价值": "80000", "登记日期": "2020年1月2日"],
          ["核查结果": "有情况", "号牌号码": "闽G00002", "车辆价值": "90,000元"],
        ]
      case "QL-1": [Self.clear]
      case "QL-2": [["核查结果": "查无此人", "数据截止日期": "2021-08-01", "备注": "系统里没有"]]
      default: [[:]]
      }
    }
    let page = try await send(county, .vehicles, bytes)
    #expect(page.has("等待确认") && page.has("没有填写"), "\(page.text.prefix(800))")
    #expect(try await county.lines("SELECT count(*) FROM checks") == ["0"])
    _ = try await county.press(page, "confirmation")
    #expect(try await county.answers(.vehicles) == ["QL-1 hit", "QL-2 not_found"])
    #expect(
      try await county.records() == ["闽G00001|80000.00 元|2020-01-02", "闽G00002|90000.00 元"])
    #expect(
      try await county.lines("SELECT DISTINCT as_of FROM checks ORDER BY 1") == [
        "2021-07-31", "2021-08-01",
      ])
    #expect(try await county.lines("SELECT skipped_households FROM deliveries") == ["1"])
    // The household that was left open is in the next list.
    let next = try await download(county, .vehicles).rows
    #expect(next.filter { $0[0].hasPrefix("QL-") }.map { $0[0] } == ["QL-3"])
  }

  @Test func aCheckOfTheHouseholdHasOneRowEach() async throws {
    let county = try await DeliveryFixture()
    let rows = try await download(county, .utilities).rows
    #expect(rows.filter { $0[0].hasPrefix("QL-") }.count == 3)
    let bytes = try filled(rows) { person, _ in
      guard person["家庭编号"] == "QL-1" else { return [[:]] }
      return [
        ["核查结果": "无异常", "月份": "2021年6月", "用电量": "120", "用水量": "9.5"],
        ["核查结果": "无异常", "月份": "2021-07", "用电量": "110度", "用水量": "8"],
      ]
    }
    let page = try await send(county, .utilities, bytes)
    #expect(try await county.causes() == ["error number_invalid 1"])
    #expect(page.has("用电量") && page.has("第 "))
    let mended = try filled(rows) { person, _ in
      guard person["家庭编号"] == "QL-1" else { return [[:]] }
      return [
        ["核查结果": "无异常", "月份": "2021年6月", "用电量": "120", "用水量": "9.5"],
        ["核查结果": "无异常", "月份": "2021-07", "用电量": "110", "用水量": "8"],
      ]
    }
    _ = try await county.press(try await send(county, .utilities, mended), "confirmation")
    #expect(try await county.answers(.utilities) == ["QL-1 clear"])
    #expect(
      try await county.records() == ["2021-06|120.00 度|9.50 吨", "2021-07|110.00 度|8.00 吨"])
  }

  @Test func aHouseholdThatIsPartlyFilledIsToldWhoIsMissing() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.lines("UPDATE persons SET name = '陈大雪' WHERE relation = 'other'")
    let rows = try await download(county, .vehicles).rows
    let bytes = try filled(rows) { person, _ in
      person["关系"] == "申请人" && person["家庭编号"] != "QL-3" ? [Self.clear] : [[:]]
    }
    let page = try await send(county, .vehicles, bytes)
    #expect(try await county.causes() == ["error members_missing 1"])
    #expect(page.has("陈*雪") && !page.has("陈大雪"))
    _ = try await county.press(page, "confirmation")
    #expect(try await county.answers(.vehicles) == ["QL-2 clear"])
  }

  /// What may be wrong with a row, and the code under which it is listed.
  static let faults: [(fill: [String: String], cause: String)] = [
    (["核查结果": "有情况"], "values_missing"),
    (["核查结果": "有情况", "号牌号码": "闽G1"], "field_value"),
    (["号牌号码": "闽G1", "车辆价值": "1"], "result_missing"),
    (["核查结果": "查无此人", "号牌号码": "闽G1", "车辆价值": "1"], "values_unwanted"),
    (["核查结果": "也许"], "choice_unknown"),
    (["核查结果": "有情况", "号牌号码": "闽G1", "车辆价值": "-1"], "number_range"),
    (["核查结果": "有情况", "号牌号码": "闽G1", "车辆价值": "1", "登记日期": "2031-01-01"], "field_value"),
    (["核查结果": "无异常", "数据截止日期": "2031-01-01"], "field_value"),
    (["核查结果": "无异常", "家庭编号": "QL-77"], "household_unknown"),
    (["核查结果": "无异常", "家庭编号": "QL-9"], "outside_round"),
    (["核查结果": "无异常", "身份证号": "(4)"], "person_unknown"),
    (["核查结果": "无异常", "身份证号": "(500)"], "person_unknown"),
  ]

  @Test(arguments: faults) func aFaultIsListedByItsCauseAndTheOthersAreTaken(
    _ fault: (fill: [String: String], cause: String)
  ) async throws {
    let county = try await DeliveryFixture()
    _ = try await county.register.household("QL-9", members: [idNumber(90)])
    let rows = try await download(county, .vehicles).rows
    var fill = fault.fill
    if let number = fill["身份证号"], let sequence = Int(number.dropFirst().dropLast()) {
      fill["身份证号"] = try idNumber(sequence)
    }
    let bytes = try filled(rows) { person, _ in
      switch person["家庭编号"] {
      case "QL-2": [fill]
      case "QL-3": [Self.clear]
      default: [[:]]
      }
    }
    let page = try await send(county, .vehicles, bytes)
    #expect(try await county.causes() == ["error \(fault.cause) 1"])
    _ = try await county.press(page, "confirmation")
    #expect(try await county.answers(.vehicles) == ["QL-3 clear"])
    #expect(try await county.tables(with: try idNumber(500)).isEmpty)
    let hash = hexadecimal(county.site.keys.hash(try idNumber(500), of: .idNumber))
    #expect(try await county.tables(with: hash).isEmpty)
  }

  @Test func aClearAnswerWithAHomeIsRefused() async throws {
    let county = try await DeliveryFixture()
    let rows = try await download(county, .registeredProperty).rows
    let bytes = try filled(rows) { person, _ in
      person["家庭编号"] == "QL-2"
        ? [["核查结果": "无异常", "不动产权证号": "闽0001", "坐落": "桥下路1号"]] : [[:]]
    }
    _ = try await send(county, .registeredProperty, bytes)
    #expect(try await county.causes() == ["error values_unwanted 1"])
  }

  @Test func aClearAnswerMayNameAHomeThatWasSold() async throws {
    let county = try await DeliveryFixture()
    let rows = try await download(county, .registeredProperty).rows
    let bytes = try filled(rows) { person, _ in
      person["家庭编号"] == "QL-2"
        ? [["核查结果": "无异常", "不动产权证号": "闽0001", "坐落": "桥下路1号", "权属状态": "历史"]] : [[:]]
    }
    _ = try await county.press(try await send(county, .registeredProperty, bytes), "confirmation")
    #expect(try await county.answers(.registeredProperty) == ["QL-2 clear"])
    #expect(try await county.records() == ["闽0001|桥下路1号|历史"])
    #expect(try await county.lines("SELECT count(*) FROM findings") == ["0"])
  }

  @Test func aListOfAnotherCheckIsToldAsSuch() async throws {
    let county = try await DeliveryFixture()
    let rows = try await download(county, .vehicles).rows
    let bytes = try filled(rows) { _, _ in [Self.clear] }
    let page = try await send(county, .householdRegistration, bytes)
    #expect(page.has("未完成") && page.has("这看起来是车辆登记数据，请选择“车辆”再上传"))
  }

  @Test func theReasonInTheListExplainsWhatDiffers() async throws {
    let county = try await DeliveryFixture()
    let rows = try await download(county, .vehicles).rows
    let first = try filled(rows) { person, _ in person["家庭编号"] == "QL-2" ? [Self.clear] : [[:]] }
    _ = try await county.press(try await send(county, .vehicles, first), "confirmation")
    let second = try filled(rows) { person, _ in
      person["家庭编号"] == "QL-2"
        ? [["核查结果": "有情况", "号牌号码": "闽G1", "车辆价值": "1", "备注": "漏查了外省车辆"]] : [[:]]
    }
    let page = try await send(county, .vehicles, second)
    #expect(page.has("与以前答复的差异") && !page.has("与以前答复不一致的原因"))
    _ = try await county.press(page, "confirmation")
    #expect(
      try await county.lines("SELECT sequence, result, reason FROM checks ORDER BY 1") == [
        "1|clear|", "2|hit|漏查了外省车辆",
      ])
  }

  /// Where the time grows with the square of the rows, this many take minutes.
  @Test func aLongListIsCheckedInSeconds() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    let households = 1_500
    try await county.register.manyHouseholds(households, members: 3)
    try await county.openRound()
    let keys = county.site.keys
    let people = try await county.site.owner.read { tx in
      try tx.all(
        Query<(String, [UInt8])>(
          """
          SELECT h.number, p.id_number_sealed FROM persons p JOIN households h ON h.id = p.household_id
          WHERE h.number ^@ 'M' ORDER BY p.id
          """
        ) { row in (try row("number"), try row("id_number_sealed")) })
    }
    #expect(people.count == 3 * households)
    var text = "家庭编号,身份证号,核查结果,号牌号码,车辆价值,登记日期\n"
    for (place, (number, sealed)) in people.enumerated() {
      let id = try keys.openText(sealed, for: .personIDNumber)
      // Of one household in a hundred somebody is missing.
      if place % 300 == 1 { continue }
      text += "\(number),\(id),\(place % 5 == 0 ? "有情况,闽G\(place),50000" : "无异常,,"),\n"
    }
    let browser = try await county.site.browser(signedInAs: "gongan")
    let form = try await browser.open("/desk/work-lists").form(to: "/desk/work-lists/returns")
      .fill(["as_of": "2021-07-31"]).forging("type", "vehicles")
      .choosing("file", [ChosenFile(name: "清单.csv", type: "text/csv", bytes: Array(text.utf8))])
    let began = ContinuousClock.now
    let page = try await form.submit()
    await county.jobs.finishAll()
    #expect(ContinuousClock.now - began < .seconds(20))
    #expect(try await browser.open(page.address).has("等待确认"))
    #expect(try await county.causes() == ["error members_missing \(households / 100)"])
    #expect(
      try await county.lines("SELECT answers_new FROM deliveries") == [
        "\(households - households / 100)"
      ])
  }

  @Test func withoutARoundThereIsNothingToFillIn() async throws {
    let county = try await DeliveryFixture(hasRound: false)
    let page = try await county.site.browser(signedInAs: "gongan").open("/desk/work-lists")
    #expect(page.has("现在没有进行中的资格复核"))
    #expect(!page.forms.contains { $0.action == "/desk/work-lists" })
  }
}
