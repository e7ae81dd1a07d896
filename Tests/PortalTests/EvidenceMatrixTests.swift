import Domain
import Foundation
import TestSupport
import Testing

/// What the bureaus said, on the household's page.
@Suite(.serialized) struct EvidenceMatrixTests {
  /// A household that the civil affairs first cleared and then found above the line.
  private func contradicted() async throws -> (ReviewFixture, String) {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let household = fixture.households[0]
    let civil = try await fixture.browser("minzheng")
    _ = try await fixture.checkForm(civil, household, "income").fill([
      "result": "clear", "record-0-amount": "12000", "as_of": "2021-07-31",
    ]).submit()
    _ = try await fixture.checkForm(civil, household, "income").fill([
      "result": "hit", "record-0-amount": "98765.4", "as_of": "2021-08-10", "reason": "漏看了一笔",
    ]).submit()
    return (fixture, "/desk/households/\(household)")
  }

  @Test func `it shows what counts, its values and source, and what was said before`() async throws
  {
    let (fixture, address) = try await contradicted()
    let page = try await fixture.officer.open(address)
    #expect(page.has("收入 县民政局 有情况 与此前答复矛盾 林小满：年收入 98765.40 元 改答原因：漏看了一笔 2021-08-10"))
    #expect(page.has("前后答复矛盾：县民政局“收入”"))
    #expect(page.has("无异常（截至 2021-07-31）") && page.has("年收入 12000.00 元"))
    #expect(page.has("婚姻 县民政局 待核查"))
    #expect(page.has("逐户填写"))
  }

  @Test func `the sheet for paper says the same`() async throws {
    let (fixture, address) = try await contradicted()
    let sheet = try await fixture.officer.open(address + "/print")
    #expect(sheet.has("有情况（与此前答复矛盾）") && sheet.has("林小满：年收入 98765.40 元"))
    #expect(sheet.has("此前的答复") && sheet.has("年收入 12000.00 元") && sheet.has("漏看了一笔"))
  }

  @Test func `an answer that came in a file names it with its hash and row`() async throws {
    let site = try await TestPortal.start()
    let household = try await site.database.psql(
      as: .superuser, [:],
      "SELECT household_id FROM checks WHERE check_type = 'income' AND result = 'hit' LIMIT 1"
    ).lines[0]
    let line = try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT r.line, left(encode(d.file_hash, 'hex'), 8) FROM check_records r
      JOIN deliveries d ON d.id = r.delivery_id
      WHERE r.household_id = \(household) AND r.check_type = 'income'
      """
    ).lines[0].split(separator: "|")
    let officer = try await site.browser(signedInAs: "zhujian")
    let page = try await officer.open("/desk/households/\(household)")
    #expect(page.has("收入-20210720.csv \(line[1]) ，第 \(line[0]) 行"))
    #expect(page.has("数据比对") && !page.has("无法显示"))
  }

  @Test func `the township that it belongs to sees it, others do not`() async throws {
    let (fixture, address) = try await contradicted()
    let town = try await fixture.browser("longjin").open(address)
    #expect(town.has("98765.40") && town.has("漏看了一笔"))
    #expect(try await fixture.browser("shiju").open(address).status == 403)
    #expect(try await fixture.browser("jiwei").open(address).status == 403)
  }

  @Test func `a case shows the answer in force, once`() async throws {
    let site = try await TestPortal.start(.empty)
    let sample = try await site.addSample(township: "350423100")
    let civil = try await site.browser(signedInAs: "minzheng")
    let address = "/desk/checks/\(sample.household)?check=income"
    let form = try await civil.open(address).form(button: "保存")
    #expect(form["record-0-amount"] == "36000.00")
    let page = try await form.fill([
      "result": "hit", "record-0-amount": "99000", "reason": "漏看了一笔",
      "record-0-person": try form.option("record-0-person", "样*人"),
    ]).submit()
    #expect(page.status == 200)
    let officer = try await site.browser(signedInAs: "zhujian")
    let shown = try await officer.open("/desk/cases/\(sample.case)")
    #expect(shown.has("收入 县民政局 有情况"))
    #expect(!shown.has("收入 县民政局 无异常"))
  }
}
