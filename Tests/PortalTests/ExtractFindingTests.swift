import Domain
import Foundation
import Postgres
import Spreadsheet
import TestSupport
import Testing
import Web

@testable import Deliveries
@testable import Figures
@testable import Ground
@testable import Portal

/// Extracts that nobody owes: delivered in a round from a workbook, through to the findings.
@Suite(.serialized) struct ExtractFindingTests {
  private func workbook(_ rows: [[String]]) throws -> [UInt8] {
    let path = NSTemporaryDirectory() + "extract-\(UUID().uuidString).xlsx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try XLSXWriter(path: path, sheet: "名单")
    for row in rows { try writer.row(row.map(Cell.text)) }
    try writer.finish()
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  /// Sends a workbook in as the housing bureau does, and lets it come into force.
  private func bring(
    _ county: DeliveryFixture, _ type: CheckType, complete: Bool = false, _ rows: [[String]]
  ) async throws {
    let browser = try await county.site.browser(signedInAs: "zhujian")
    var form = try await browser.open("/desk/deliveries/new").form(to: "/desk/deliveries")
      .fill(["as_of": "2021-07-31", "type": type.rawValue])
    if complete { form = try form.fill(["complete": "yes"]) }
    let sent = try await form.choosing(
      "file", [ChosenFile(name: "名单.xlsx", type: "", bytes: try workbook(rows))]
    ).submit()
    await county.jobs.finishAll()
    let done = try await county.press(try await browser.open(sent.address), "confirmation")
    #expect(done.has("已生效"), "\(done.text.prefix(600))")
    await county.jobs.finishAll()
  }

  /// `QL-1|R10|open` of each finding.
  private func findings(_ county: DeliveryFixture) async throws -> [String] {
    try await county.lines(
      """
      SELECT h.number, f.rule, f.state FROM findings f JOIN households h ON h.id = f.household_id
      ORDER BY h.number, length(f.rule), f.rule
      """)
  }

  private func progress(_ county: DeliveryFixture) async throws -> [String] {
    try await county.lines(
      "SELECT check_type, households, clear, hit, not_found FROM review_progress ORDER BY 1")
  }

  @Test func whoIsOnThePayrollIsFoundAndNobodyOwesTheExtract() async throws {
    let county = try await DeliveryFixture()
    let (officer, round) = (
      try await county.site.browser(signedInAs: "zhujian"),
      try await county.lines("SELECT id FROM review_rounds")[0]
    )
    let pages = ["/desk/reviews/\(round)", "/desk/checks", "/desk/work-lists"]
    var before: [String] = []
    for page in pages { before.append(try await officer.open(page).text) }
    #expect(before.allSatisfy { !$0.contains("财政供养") && !$0.contains("配租名单") })
    let counted = try await progress(county)
    #expect(counted.count == CheckType.owed.count && counted.count == 10)
    try await bring(
      county, .payroll,
      [
        ["姓名", "身份证号", "供养单位", "人员类别"], ["林小满", try idNumber(1), "清流县第一中学", "在编"],
        ["外人", try idNumber(99), "清流县医院", "在编"],
      ])
    #expect(try await county.answers(.payroll) == ["QL-1 hit"])
    #expect(try await findings(county) == ["QL-1|R10|open"])
    #expect(try await county.records() == ["清流县第一中学|在编"])
    // Nothing that is counted, or that waits, has changed.
    #expect(try await progress(county) == counted)
    for (page, text) in zip(pages, before) {
      #expect(try await officer.open(page).text == text, "\(page)")
    }
    let dossier = try await officer.open("/desk/households/\(county.households[0])")
    #expect(dossier.has("财政供养人员 县住建局 有情况") && dossier.has("供养单位 清流县第一中学"))
    #expect(dossier.has("疑点 R10") && !dossier.has("配租名单"))
    #expect(try await officer.open("/desk/checks?check=payroll").status == 403)
  }

  @Test func whomACompleteListOfAllocationsDoesNotNameIsFound() async throws {
    let county = try await DeliveryFixture()
    let listed = [["姓名", "身份证号", "配租日期"], ["林小满", try idNumber(2), "2019-12-20"]]
    try await bring(county, .allocationList, listed)
    #expect(try await county.answers(.allocationList) == ["QL-1 clear"])
    #expect(try await findings(county) == [])
    // Of whom the list has a row that cannot be read, it does not say that they are not on it.
    try await bring(
      county, .allocationList, complete: true, listed + [["林小满", try idNumber(4), "不详"]])
    #expect(try await county.answers(.allocationList) == ["QL-1 clear", "QL-2 hit"])
    #expect(try await findings(county) == ["QL-2|R10|open"])
    #expect(try await progress(county).allSatisfy { $0.hasSuffix("|3|0|0|0") })
    let dossier = try await county.site.browser(signedInAs: "zhujian")
      .open("/desk/households/\(county.households[1])")
    #expect(dossier.has("疑点 R10：截至2021年7月31日的配租名单里没有这个家庭的任何一名成员"))
  }

  @Test func aRowThatCannotBeReadTakesNobodyOffTheListWhoIsOnIt() async throws {
    let county = try await DeliveryFixture()
    try await bring(
      county, .allocationList, complete: true,
      [
        ["姓名", "身份证号", "配租日期"], ["林小满", try idNumber(1), "2019-12-20"],
        ["林小满", try idNumber(2), "不详"], ["林小满", try idNumber(3), "2019-12-20"],
        ["林小满", try idNumber(4), "2019-12-20"],
      ])
    #expect(
      try await county.answers(.allocationList) == ["QL-1 clear", "QL-2 clear", "QL-3 clear"])
    #expect(try await findings(county) == [])
  }

  @Test func aDeathThatTheListAndThePoliceKnowIsOneFinding() async throws {
    let county = try await DeliveryFixture()
    try await bring(
      county, .deaths, [["姓名", "身份证号", "死亡日期"], ["林小满", try idNumber(3), "2021-03-04"]])
    #expect(try await findings(county) == ["QL-2|R4|open"])
    try await county.bring(
      .householdRegistration, "身份证号,户籍状态,变动日期\n\(try idNumber(3)),死亡注销,2021-03-09\n")
    await county.jobs.finishAll()
    #expect(try await findings(county) == ["QL-2|R4|open"])
  }

  @Test func aHomeOlderThanTheLeaseStaysFoundWhenItIsSold() async throws {
    let county = try await DeliveryFixture()
    let head = "身份证号,不动产权证号,坐落,登记日期\n"
    let younger = "\(try idNumber(3)),闽2号,龙津镇2号,2020-01-01\n"
    try await county.bring(
      .registeredProperty, head + "\(try idNumber(1)),闽1号,龙津镇1号,2018-05-06\n" + younger,
      complete: true)
    await county.jobs.finishAll()
    #expect(try await findings(county) == ["QL-1|R1|open", "QL-1|R9|open", "QL-2|R1|open"])
    let dossier = try await county.site.browser(signedInAs: "zhujian")
      .open("/desk/households/\(county.households[0])")
    #expect(dossier.has("于2018年5月6日登记住房，早于登记的第一份租约起租日2020年1月1日"))
    try await county.bring(
      .registeredProperty, head + younger, asOf: "2021-08-10", complete: true, reason: "已出售")
    await county.jobs.finishAll()
    #expect(
      try await findings(county) == [
        "QL-1|R1|lapsed", "QL-1|R8|open", "QL-1|R9|open", "QL-2|R1|open",
      ])
  }

  @Test func anR9ThatRestedOnAWrongLeaseLapses() async throws {
    let county = try await DeliveryFixture()
    let home = "身份证号,不动产权证号,坐落,登记日期\n\(try idNumber(1)),闽1号,龙津镇1号,2018-05-06\n"
    try await county.bring(.registeredProperty, home)
    await county.jobs.finishAll()
    #expect(try await findings(county) == ["QL-1|R1|open", "QL-1|R9|open"])
    _ = try await county.lines(
      "UPDATE leases SET starts_on = '2017-01-01' WHERE household_id = \(county.households[0])")
    try await bring(county, .payroll, [["身份证号", "供养单位"], [try idNumber(1), "清流县第一中学"]])
    #expect(
      try await findings(county) == ["QL-1|R1|open", "QL-1|R9|lapsed", "QL-1|R10|open"])
  }

  @Test func extractsChangeNoPublishedFigure() async throws {
    let fixture = try await DisclosureFixture()
    let before = try await fixture.figures(as: fixture.lead)
    #expect(before.estates.map(\.counts.reviewed) == [2, 1])
    // Of the third household an answer is missing; no extract makes up for it.
    try await fixture.run(
      """
      INSERT INTO checks (area, round_id, household_id, check_type, result, as_of, answered_on,
        delivery_id)
      SELECT area, 1, id, t, 'hit', '2021-07-01', '2021-07-01', 1 FROM households,
        unnest(ARRAY['payroll', 'allocation_list', 'deaths', 'business_registration',
          'social_security', 'housing_fund']) t
      """)
    #expect(try await fixture.figures(as: fixture.lead) == before)
  }

  @Test func aFileOfAnotherRegisterIsNotTakenForAnExtract() async throws {
    let county = try await DeliveryFixture()
    let insured = "姓名,身份证号,参保险种,参保单位\n林小满,\(try idNumber(1)),职工养老,某厂\n"
    let page = try await county.deliver(.payroll, insured)
    #expect(page.has("未完成") && page.has("这看起来是社会保险参保数据，请选择“社保参保”再上传"))
    let form = try await county.site.browser(signedInAs: "zhujian").open("/desk/deliveries/new")
    #expect(form.has("财政供养人员（县财政局提供）：供养单位") && form.has("配租名单：配租日期"))
    let others = try await county.site.browser(signedInAs: "minzheng").open("/desk/deliveries/new")
    #expect(!others.has("财政供养人员"))
    let lists = try await county.site.browser(signedInAs: "zhujian").open("/desk/work-lists")
    #expect(lists.has("租金缴纳") && !lists.has("财政供养人员"))
  }

  @Test func aSystemDeliversAnExtractAndIsAskedForNone() async throws {
    let fixture = try await FindingFixture()
    _ = try await fixture.household("A", sequence: 1)
    let system = try await fixture.site.system(for: "zhujian", .viewReviews, .answerChecks)
    let answer = try await system.post(
      "/api/v1/rounds/\(fixture.round)/answers",
      [
        "check": "payroll", "as_of": "2021-08-15",
        "answers": [
          [
            "household": "A", "result": "hit",
            "records": [
              ["id_number": .string(try idNumber(1)), "employer": "清流县第一中学"]
            ],
          ]
        ],
      ])
    #expect(answer.status == 201, "\(answer)")
    await fixture.services.jobs.finishAll()
    #expect(try await fixture.findings() == ["A R10 open"])
    let asked = try await system.get("/api/v1/rounds/\(fixture.round)/checks?type=payroll")
    #expect(asked.status == 422)
  }

  @Test func theDemoShowsAFindingOfEachNewRule() async throws {
    let site = try await TestPortal.start()
    let officer = try await site.browser(signedInAs: "zhujian")
    let sent = try await officer.open("/desk/findings/runs").form(to: "/desk/findings/runs")
      .fill(["scope": "area"]).submit()
    #expect(sent.status == 200)
    await site.portal.services.jobs.finishAll()
    let rules = try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT rule || ' ' || (evidence ->> 'checks') FROM findings WHERE rule IN ('R9', 'R10')
      GROUP BY 1 ORDER BY 1
      """
    ).lines
    #expect(rules == ["R10 allocation_list", "R10 payroll", "R9 registered_property"])
    let list = try await officer.open("/desk/findings?rule=R10")
    #expect(list.has("R10 财政供养或未经配租"))
    let progress = try await officer.open("/desk/reviews/1")
    #expect(!progress.has("财政供养") && !progress.has("配租名单"))
  }
}
