import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Reviews

/// The register of authorisations, and what follows where one is missing.
@Suite(.serialized) struct AuthorisationTests {
  /// Two households with lines and a round, of one grown member each; the second has a child too.
  private func county() async throws -> (fixture: FindingFixture, households: [Int64]) {
    let fixture = try await FindingFixture()
    let first = try await fixture.household("H1", sequence: 1)
    let second = try await fixture.household("H2", sequence: 20)
    let child = try ResidentID.madeUp(
      areaPrefix: "350423", birth: try #require(Day(iso: "2010-05-01")), sequence: 77
    ).text
    let keys = fixture.site.keys
    try await fixture.site.owner.transaction { tx in
      try tx.execute(
        """
        INSERT INTO persons (area, household_id, relation, name, id_number_sealed, id_number_index,
          marital_status)
        VALUES ('350423100', \(second), 'child', '林小小', \(try keys.seal(child, for: .personIDNumber)),
          \(keys.hash(child, of: .idNumber)), 'single')
        """)
      try tx.execute("SELECT count_review_progress(\(fixture.round))")
    }
    return (fixture, [first, second])
  }

  private func add(
    _ fixture: FindingFixture, _ household: Int64, until: String? = nil, scan: [UInt8]? = nil,
    note: String? = "档案柜三"
  ) async throws -> Page {
    let link = "/desk/households/\(household)/authorisation"
    let browser = try await fixture.site.browser(signedInAs: "minzheng")
    var form = try await browser.open(link).form(to: link)
    let person = try form.option("person", "林*满（申请人）")
    form = try form.fill(["person": person, "signed_on": "2021-06-01"])
    if let until { form = try form.fill(["runs_out_on": until]) }
    if let note { form = try form.fill(["paper_note": note]) }
    if let scan {
      form = try form.choosing("scan", [ChosenFile(name: "a.png", type: "image/png", bytes: scan)])
    }
    return try await form.submit()
  }

  private func forbid(_ fixture: FindingFixture) async throws {
    let lead = try await fixture.site.browser(signedInAs: "zhujian-lead")
    let page = try await lead.open("/desk/authorisations")
    let done = try await page.form(to: "/desk/authorisations/setting")
      .fill(["without": "no", "document": "清建〔2021〕35号"]).submit()
    #expect(done.has("已设置"))
  }

  private func answer(_ fixture: FindingFixture, _ household: Int64) async throws -> Page {
    let browser = try await fixture.site.browser(signedInAs: "minzheng")
    let page = try await browser.open("/desk/checks/\(household)?check=income")
    return try await page.form(to: "/desk/checks/\(household)").fill(["result": "not_found"])
      .submit()
  }

  @Test func whoeverIsGrownNeedsOneAndAHouseholdWithoutIsShownAsSuch() async throws {
    let (fixture, households) = try await county()
    let bureau = try await fixture.site.browser(signedInAs: "minzheng")
    let before = try await bureau.open("/desk/authorisations")
    #expect(before.has("缺授权书 2 户") && before.has("H1") && before.has("H2"))
    #expect(!before.has("林*小"))
    let check = try await bureau.open("/desk/checks/\(households[1])?check=income")
    #expect(check.has("没有 林*满 的有效授权书"))
    let marriage = try await bureau.open("/desk/checks/\(households[1])?check=marriage")
    #expect(!marriage.has("有效授权书"))
    #expect(
      try await bureau.open("/desk/reviews/\(fixture.round)").has("2 户没有全部成年成员的有效授权书"))
    let done = try await add(fixture, households[1])
    #expect(done.has("已登记授权书") && done.has("档案柜三"))
    #expect(try await bureau.open("/desk/authorisations").has("缺授权书 1 户"))
    #expect(
      try await bureau.open("/desk/households/\(households[0])").has("没有有效的授权书：林*满"))
  }

  @Test func oneThatHasRunOutHoldsNoMore() async throws {
    let (fixture, households) = try await county()
    _ = try await add(fixture, households[0], until: "2021-08-19")
    let page = try await fixture.officer().open("/desk/authorisations")
    #expect(page.has("缺授权书 2 户"))
    #expect(
      try await fixture.officer().open("/desk/households/\(households[0])").has("已到期"))
  }

  @Test func withoutASettingItMayBeCheckedAndWithOneItMayNot() async throws {
    let (fixture, households) = try await county()
    #expect(try await answer(fixture, households[0]).status == 200)
    try await forbid(fixture)
    let refused = try await answer(fixture, households[1])
    #expect(refused.status == 422 && refused.has("本县规定不得核对收入和资产"))
    #expect(try await fixture.register.lines("SELECT count(*) FROM checks") == ["1"])
    _ = try await add(fixture, households[1])
    #expect(try await answer(fixture, households[1]).status == 200)
    #expect(try await fixture.register.lines("SELECT count(*) FROM checks") == ["2"])
  }

  @Test func aFileOfTheBureauLeavesThemOut() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.lines(
      """
      INSERT INTO authorisation_settings (area, may_check_without, document, set_by, set_by_name, set_at)
      SELECT '350423', false, '清建〔2021〕35号', id, display_name, now() FROM accounts LIMIT 1;
      INSERT INTO authorisations (area, household_id, person_id, signed_on, paper_note, recorded_by,
        recorded_by_name, recorded_at)
      SELECT p.area, p.household_id, p.id, '2021-06-01', '柜', a.id, a.display_name, now()
      FROM persons p, (SELECT id, display_name FROM accounts LIMIT 1) a
      WHERE p.household_id = \(county.households[1])
      """)
    let done = try await county.bring(
      .income, "姓名,身份证号,年收入\n林小满,\(try idNumber(1)),100\n林小满,\(try idNumber(3)),100\n")
    #expect(done.has("没有授权书 1 户"))
    #expect(try await county.answers(.income).map { $0.prefix(4) } == ["QL-2"])
  }

  @Test func aWorkbookIsEnteredOnceAndStrangersAreNotKept() async throws {
    let (fixture, _) = try await county()
    let stranger = try idNumber(500)
    let browser = try await fixture.site.browser(signedInAs: "minzheng")
    func send(_ content: String) async throws -> Page {
      try await browser.open("/desk/authorisations").form(to: "/desk/authorisations")
        .choosing(
          "file", [ChosenFile(name: "授权书.csv", type: "text/csv", bytes: Array(content.utf8))]
        )
        .submit()
    }
    let rows = """
      姓名,身份证号,签署日期,到期日期,存放处
      林小满,\(try idNumber(1)),2021-06-01,2022-05-31,档案柜三
      路人甲,\(stranger),2021-06-01,,档案柜四

      """
    #expect(try await send(rows).has("新登记 1 份，已经有的 0 份，不是在保家庭成员的 1 行没有保存"))
    #expect(try await send(rows).has("新登记 0 份，已经有的 1 份"))
    #expect(
      try await fixture.register.lines(
        "SELECT signed_on, runs_out_on, paper_note FROM authorisations")
        == ["2021-06-01|2022-05-31|档案柜三"])
    let wrong = try await send(
      "姓名,身份证号,签署日期,存放处\n林小满,\(try idNumber(20)),2031-06-01,柜\n")
    #expect(wrong.status == 422 && wrong.has("签署日期在今天之后"))
    #expect(try await fixture.register.lines("SELECT count(*) FROM authorisations") == ["1"])
  }

  @Test func aScanIsSealedAndTakenOutWithARecord() async throws {
    let (fixture, households) = try await county()
    let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x51, 0x4C]
    let wrong = try await add(fixture, households[0], scan: Array("GIF89a".utf8), note: nil)
    #expect(wrong.status == 422 && wrong.has("JPG、PNG 或 PDF"))
    #expect(try await add(fixture, households[0], note: nil).has("请上传扫描件"))
    let done = try await add(fixture, households[0], scan: picture, note: nil)
    #expect(done.has("扫描件"))
    let id =
      try await fixture.register.lines(
        "SELECT id FROM authorisations WHERE strpos(encode(scan_sealed, 'hex'), '89504e47') = 0"
      ).first ?? ""
    let file = try await done.browser.open("/desk/authorisations/\(id)/scan")
    #expect(file.bytes == picture)
    #expect(
      try await fixture.register.lines(
        "SELECT account FROM audit_events WHERE action = 'authorisation.view_scan'")
        == ["minzheng"])
  }

  @Test(arguments: [
    ("2003-08-20", true), ("2003-08-21", false), ("2004-02-29", false), (nil, true),
  ])
  func grownIsWhoeverIsEighteen(_ born: String?, _ isGrown: Bool) throws {
    let day = try #require(Day(iso: "2021-08-20"))
    #expect(Authorisations.isGrown(born: born.flatMap { Day(iso: $0) }, on: day) == isGrown)
  }
}
