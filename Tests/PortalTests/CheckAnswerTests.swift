import Domain
import Foundation
import TestSupport
import Testing

@testable import Demo

/// A bureau answers household by household.
@Suite(.serialized) struct CheckAnswerTests {
  @Test func `by keyboard alone, from the first household to the last`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let police = try await fixture.browser("gongan")
    let list = try await police.open("/desk/checks?check=vehicles")
    #expect(list.has("共 5 户") && list.has("只用键盘"))
    var page = try await list.follow("从第一户开始答复")
    var seen: [String] = []
    while page.address.hasPrefix("/desk/checks/") {
      seen.append(String(page.address.dropFirst("/desk/checks/".count).prefix { $0 != "?" }))
      // The keyboard starts at the first choice, every choice has its key, and Enter saves.
      let focused = page.tags.filter { $0["autofocus"] != nil }
      #expect(focused.count == 1 && focused.first?["name"] == "result")
      let choices = page.tags.filter { $0["name"] == "result" && $0["type"] == "radio" }
      #expect(choices.map { $0["accesskey"] } == ["1", "2", "3"])
      let form = try page.form(button: "保存")
      #expect(form.buttons.first?.text.contains("保存") == true)
      page = try await form.fill(["result": "clear", "as_of": "2021-08-18"]).submit()
    }
    #expect(seen == fixture.households.prefix(5).map(String.init))
    #expect(page.has("已记录：家庭 H5 的“车辆”为“无异常”") && page.has("“车辆”已经全部答复"))
    #expect(
      try await fixture.lines("SELECT DISTINCT check_type, result, as_of, sequence FROM checks")
        == ["vehicles|clear|2021-08-18|1"])
    // The day that was typed stays for the next household.
    #expect(page.address.hasPrefix("/desk/checks?"))
  }

  @Test func `the next household lies within what the list was narrowed to`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let police = try await fixture.browser("gongan")
    var page = try await police.open("/desk/checks?check=vehicles&township=350423101")
      .follow("从第一户开始答复")
    #expect(page.has("家庭 H4"))
    page = try await page.form(button: "保存").fill(["result": "clear", "as_of": "2021-08-01"])
      .submit()
    #expect(page.has("车辆：家庭 H5"))
    let asOf = try page.form(button: "保存")["as_of"]
    #expect(asOf == "2021-08-01")
    page = try await page.form(button: "保存").fill(["result": "clear"]).submit()
    #expect(page.address.hasPrefix("/desk/checks?") && page.address.contains("350423101"))
  }

  @Test func `a hit is kept with its values, sealed`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let browser = try await fixture.browser("ziran")
    let household = fixture.households[0]
    var form = try await fixture.checkForm(browser, household, "registered_property").fill([
      "result": "hit", "record-0-certificate": "闽（2020）0001号", "record-0-address": "桥下路1号",
      "record-0-floor_area": "８８．５",
    ])
    // 再添一条 keeps what was typed and gives room for one more.
    let more = try await form.forging("more", "1").submit()
    #expect(more.status == 200 && more.errors.isEmpty)
    form = try more.form(button: "保存")
    #expect(form["record-0-address"] == "桥下路1号" && form["record-1-address"] == "")
    #expect(form["result"] == "hit")
    let page = try await form.fill([
      "record-1-certificate": "闽（2021）0002号", "record-1-address": "桥下路2号",
      "record-1-person": try form.option("record-1-person", "林*满"),
    ]).submit()
    #expect(page.status == 200 && page.has("“有情况”"))
    #expect(
      try await fixture.lines(
        """
        SELECT count(*), count(DISTINCT digest), bool_and(person_id IS NOT NULL),
          bool_or(values_sealed::text LIKE '%桥下路%') FROM check_records
        """) == ["2|2|t|f"])
    let again = try await browser.open("/desk/checks/\(household)?check=registered_property")
    for words in ["闽（2020）0001号", "88.50 m²", "桥下路2号", "逐户填写"] {
      #expect(again.has(words), "\(words)")
    }
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let check: String
    let typed: [String: String]
    let field: String
    let words: String

    var testDescription: String { words }
  }

  static let bad = [
    Bad(check: "income", typed: [:], field: "result", words: "请选择结果"),
    Bad(
      check: "income", typed: ["result": "hit"], field: "record-0-amount", words: "至少填写一条"),
    Bad(
      check: "income", typed: ["result": "hit", "record-0-amount": "-1"], field: "record-0-amount",
      words: "不能小于 0"),
    Bad(
      check: "income", typed: ["result": "hit", "record-0-amount": "三万"], field: "record-0-amount",
      words: "应是数字"),
    Bad(
      check: "income",
      typed: ["result": "hit", "record-0-amount": "1", "record-0-year": "1899"],
      field: "record-0-year", words: "2000 到 2100"),
    Bad(
      check: "income", typed: ["result": "clear", "as_of": "2021-08-21"], field: "as_of",
      words: "2021-08-20 之间"),
    Bad(
      check: "marriage",
      typed: [
        "result": "clear", "record-0-status": "married", "record-0-changed_on": "2021-08-21",
      ], field: "record-0-changed_on", words: "在今天之后"),
    Bad(
      check: "marriage", typed: ["result": "clear", "record-0-changed_on": "2021-08-01"],
      field: "record-0-status", words: "必须填写"),
    Bad(
      check: "assets", typed: ["result": "not_found", "record-0-amount": "1"], field: "result",
      words: "查无此人"),
  ]

  @Test(arguments: bad) func `bad input comes back at its field`(_ bad: Bad) async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    var form = try await fixture.checkForm(civil, fixture.households[0], bad.check)
    for (name, value) in bad.typed { form = form.forging(name, value) }
    let page = try await form.submit()
    #expect(page.status == 422)
    #expect(page.errors.map(\.field) == [bad.field], "\(page.errors)")
    #expect(page.errors.first?.message.contains(bad.words) == true, "\(page.errors)")
    let again = try page.form(button: "保存")
    for (name, value) in bad.typed { #expect(again[name] == value) }
    #expect(try await fixture.lines("SELECT FROM deliveries").isEmpty)
  }

  @Test func `a home with a clear answer, or of nobody, is refused`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let browser = try await fixture.browser("ziran")
    let home: KeyValuePairs = [
      "record-0-certificate": "闽0001", "record-0-address": "桥下路1号",
    ]
    let form = try await fixture.checkForm(browser, fixture.households[0], "registered_property")
      .fill(home)
    let clear = try await form.fill(["result": "clear"]).submit()
    #expect(clear.status == 422 && clear.errors.map(\.field) == ["result"])
    let nobody = try await form.fill(["result": "hit"]).forging("record-0-person", "999").submit()
    #expect(nobody.status == 422 && nobody.errors.map(\.field) == ["record-0-person"])
  }

  @Test func `nobody answers for another bureau or outside the round`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    let household = fixture.households[0]
    let other = try await civil.open("/desk/checks/\(household)?check=vehicles")
    #expect(other.status == 403 && other.has("“车辆”由县公安局答复"))
    #expect(try await civil.open("/desk/checks?check=vehicles").status == 403)
    let form = try await fixture.checkForm(civil, household, "income").fill(["result": "clear"])
    #expect(try await form.forging("check", "vehicles").submit().status == 403)
    for outside in [fixture.households[5], fixture.households[6], 999] {
      #expect(try await civil.open("/desk/checks/\(outside)?check=income").status == 404)
      let body = Array(
        "check=income&sequence=0&result=clear&as_of=2021-08-01&csrf=\(form["csrf"] ?? "")".utf8)
      #expect(try await civil.send("/desk/checks/\(outside)", body: body).status == 404)
    }
    #expect(try await fixture.browser("longjin").open("/desk/checks").status == 403)
    #expect(try await fixture.lines("SELECT FROM checks").isEmpty)
  }

  @Test func `the same answer again changes nothing and says so`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    let household = fixture.households[0]
    let form = try await fixture.checkForm(civil, household, "income").fill([
      "result": "clear", "record-0-amount": "12000",
    ])
    _ = try await form.submit()
    for again in [form, try await fixture.checkForm(civil, household, "income")] {
      let page = try await again.submit()
      #expect(page.status == 200 && page.has("没有改动"), "\(page.text)")
    }
    #expect(try await fixture.lines("SELECT count(*) FROM checks") == ["1"])
    #expect(try await fixture.lines("SELECT count(*) FROM deliveries") == ["1"])
    #expect(
      try await fixture.lines("SELECT count(*) FROM audit_events WHERE action = 'check.answer'")
        == ["1"])
  }

  @Test func `another answer asks why, is kept beside the first, and is marked`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    let household = fixture.households[0]
    try await fixture.clear(civil, household, "income")
    let form = try await fixture.checkForm(civil, household, "income").fill([
      "result": "hit", "record-0-amount": "90000",
    ])
    let why = try await form.submit()
    #expect(why.status == 422 && why.errors.map(\.field) == ["reason"])
    #expect(try why.form(button: "保存")["record-0-amount"] == "90000")
    let page = try await why.form(button: "保存").fill(["reason": "漏看了一笔"]).submit()
    #expect(page.status == 200)
    #expect(
      try await fixture.lines("SELECT sequence, result, reason FROM checks ORDER BY sequence")
        == ["1|clear|", "2|hit|漏看了一笔"])
    let after = try await civil.open("/desk/checks/\(household)?check=income")
    #expect(after.has("与此前答复矛盾") && after.has("漏看了一笔") && after.has("无异常"))
  }

  @Test func `of two who answer at once the second is shown the first`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let (officer, lead) = (fixture.officer, try await fixture.browser("zhujian-lead"))
    let household = fixture.households[0]
    let first = try await fixture.checkForm(officer, household, "rent_arrears")
    let second = try await fixture.checkForm(lead, household, "rent_arrears")
    _ = try await first.fill(["result": "clear"]).submit()
    let late = try await second.fill([
      "result": "hit", "record-0-months": "7", "record-0-amount": "1050",
    ]).submit()
    #expect(late.status == 409)
    #expect(late.has("\(DemoAccounts.officer) 在 2021-08-20") && late.has("两份答复的差别"))
    #expect(late.has("欠租月数 7 个月"))
    let form = try late.form(button: "保存")
    #expect(form["record-0-months"] == "7" && form["sequence"] == "1")
    let why = try await form.submit()
    #expect(why.status == 422 && why.errors.map(\.field) == ["reason"])
    #expect(try await form.fill(["reason": "已核对台账"]).submit().status == 200)
    #expect(
      try await fixture.lines("SELECT sequence, result FROM checks ORDER BY 1")
        == ["1|clear", "2|hit"])
  }

  @Test func `of two who say the same at once neither is troubled`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let lead = try await fixture.browser("zhujian-lead")
    let household = fixture.households[0]
    let forms = [
      try await fixture.checkForm(fixture.officer, household, "rent_arrears"),
      try await fixture.checkForm(lead, household, "rent_arrears"),
    ]
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for form in forms {
        group.addTask { try await form.fill(["result": "clear"]).submit().status }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == [200, 200])
    #expect(try await fixture.lines("SELECT count(*) FROM checks") == ["1"])
    let counts = try await fixture.counts()
    #expect(counts.kept == counts.recounted)
  }

  @Test func `of many who differ at once one answers and the others are told`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    var forms: [PageForm] = []
    for place in 0..<6 {
      let browser = try await fixture.browser(place % 2 == 0 ? "zhujian" : "zhujian-lead")
      forms.append(
        try await fixture.checkForm(browser, fixture.households[0], "rent_arrears").fill([
          "result": "hit", "record-0-months": "\(place + 1)", "record-0-amount": "100",
        ]))
    }
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for form in forms { group.addTask { try await form.submit().status } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses.sorted() == [200, 409, 409, 409, 409, 409])
    #expect(try await fixture.lines("SELECT count(*) FROM checks") == ["1"])
    #expect(try await fixture.lines("SELECT count(*) FROM check_records") == ["1"])
  }

  @Test func `a whole number is shown with a reason, and one comes back to the answer`()
    async throws
  {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    let household = fixture.households[0]
    let page = try await civil.open("/desk/checks/\(household)?check=income")
    #expect(!page.source.contains(try idNumber(1)))
    let shown = try await page.form(button: "显示完整号码").submit()
    #expect(shown.has(try idNumber(1)) && shown.has("资格复核：核查收入"))
    let back = try await shown.follow("返回")
    #expect(back.heading == "收入：家庭 H1")
  }
}
