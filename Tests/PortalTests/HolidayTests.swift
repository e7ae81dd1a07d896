import Domain
import Postgres
import TestSupport
import Testing

@testable import Clocks

/// Holidays by year: what comes along, and what the administrator enters.
@Suite struct HolidayTests {
  private static let notice2027 = """
    一、元旦：2027年1月1日至3日放假，共3天。
    二、春节：2月5日至12日放假调休，共8天。1月30日（星期六）、2月13日（星期六）上班。
    """

  private func administrator(_ site: TestPortal) async throws -> Browser {
    try await site.browser(signedInAs: "sysadmin")
  }

  private func rows(_ site: TestPortal) async throws -> [String] {
    try await site.owner.read {
      try $0.all(
        Query<String>(
          """
          SELECT area || ' ' || year || ' ' || document || ' ' || cardinality(days_off) || ' '
            || cardinality(workdays) || ' ' || set_by_name
          FROM holiday_years WHERE area IS NOT NULL ORDER BY id
          """))
    }
  }

  private func calendar(_ site: TestPortal, _ code: String = "350423100") async throws
    -> WorkCalendar
  {
    let area = try #require(AreaCode(code))
    return try await site.owner.read { try $0.workCalendar(for: area) }
  }

  private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

  @Test func `2004 to 2026 come along`() async throws {
    let site = try await TestPortal.start()
    let calendar = try await calendar(site)
    #expect((2004...2026).allSatisfy { calendar.isAnnounced($0) })
    #expect(!calendar.isAnnounced(2003) && !calendar.isAnnounced(2027))
    #expect(try calendar.isWorkday(day("2021-10-09")) && !calendar.isWorkday(day("2021-10-07")))
    let page = try await administrator(site).open("/admin/holidays?year=2021")
    #expect(page.has("国办发明电〔2020〕27号") && page.has("2021年2月11日至2021年2月17日放假"))
    #expect(page.has("2021年10月9日上班") && page.has("随门户提供"))
  }

  @Test func `a notice is pasted, and the year counts from then on`() async throws {
    let site = try await TestPortal.start()
    let browser = try await administrator(site)
    #expect(try await browser.open("/admin/holidays?year=2027").has("2027 年还没有登记"))
    let page = try await browser.open("/admin/holidays/new").form(to: "/admin/holidays/new")
      .fill(["year": "２０２７", "document": "国办发明电〔2026〕9号", "text": Self.notice2027]).submit()
    #expect(page.address == "/admin/holidays?year=2027")
    #expect(page.has("已登记 2027 年：放假 11 天，调休上班 2 天"))
    #expect(page.has("2027年2月5日至2027年2月12日放假") && page.has("魏俊杰"))
    #expect(try await rows(site) == ["350423 2027 国办发明电〔2026〕9号 11 2 魏俊杰"])
    let calendar = try await calendar(site)
    #expect(calendar.isAnnounced(2027))
    #expect(try calendar.isWorkday(day("2027-02-13")) && !calendar.isWorkday(day("2027-02-05")))
    let event = try await site.owner.read {
      try $0.one(
        Query<String>(
          """
          SELECT account || ' ' || entity_id || ' ' || (after ->> 'made_up') FROM audit_events
          WHERE action = 'holiday.announce'
          """))
    }
    #expect(event == "sysadmin 350423-2027 2027-01-30 2027-02-13")
  }

  @Test func `a year of one county is none of another's`() async throws {
    let site = try await TestPortal.start()
    _ = try await administrator(site).open("/admin/holidays/new").form(to: "/admin/holidays/new")
      .fill(["year": "2027", "document": "文件一", "text": Self.notice2027]).submit()
    #expect(try await calendar(site, "350423").isAnnounced(2027))
    #expect(!(try await calendar(site, "350424").isAnnounced(2027)))
    #expect(!(try await calendar(site, "3504").isAnnounced(2027)))
  }

  @Test func `a text with mistakes comes back with everything typed`() async throws {
    let site = try await TestPortal.start()
    let form = try await administrator(site).open("/admin/holidays/new")
      .form(to: "/admin/holidays/new")
    let page = try await form.fill([
      "year": "2027", "document": "号", "text": "10月1日至7日放假。10月8日上班。",
    ]).submit()
    #expect(page.status == 422)
    #expect(page.errors.map(\.field).sorted() == ["document"])
    let again = try await page.form(to: "/admin/holidays/new").fill(["document": "文件二"]).submit()
    #expect(again.status == 422)
    #expect(again.has("2027年10月8日是星期五，本来就上班") && again.has("只读出 7 天放假"))
    #expect(try again.form(to: "/admin/holidays/new")["text"] == "10月1日至7日放假。10月8日上班。")
    #expect(try await rows(site).isEmpty)
  }

  @Test func `a correction stands before what came along, which stays in the history`() async throws
  {
    let site = try await TestPortal.start()
    let browser = try await administrator(site)
    let form = try await browser.open("/admin/holidays/new?year=2021")
      .form(to: "/admin/holidays/new")
    let lines = try #require(form["text"])
    #expect(lines.contains("2021年10月1日至2021年10月7日放假") && form["year"] == "2021")
    let page = try await form.fill([
      "document": "更正通知", "text": lines + "\n2021年10月10日上班",
    ]).submit()
    #expect(page.has("更正通知") && page.has("国办发明电〔2020〕27号"))
    let calendar = try await calendar(site)
    #expect(try calendar.isWorkday(day("2021-10-10")) && calendar.isWorkday(day("2021-10-09")))
  }

  @Test func `of two who enter the same year the second is told`() async throws {
    let site = try await TestPortal.start()
    let browser = try await administrator(site)
    let first = try await browser.open("/admin/holidays/new").form(to: "/admin/holidays/new")
      .fill(["year": "2027", "document": "文件一", "text": Self.notice2027])
    _ = try await first.submit()
    let late = try await first.fill(["document": "文件二"]).submit()
    #expect(late.status == 409 && late.has("这里已被修改"))
    #expect(try await late.form(to: "/admin/holidays/new").submit().has("已登记 2027 年"))
    #expect(try await rows(site).map { $0.split(separator: " ")[2] } == ["文件一", "文件二"])
  }

  // MARK: A table

  private func send(_ browser: Browser, _ csv: String, year: String = "2027") async throws -> Page {
    try await browser.open("/admin/holidays/import").form(to: "/admin/holidays/import")
      .fill(["year": year, "document": "文件三"])
      .choosing("file", [ChosenFile(name: "节假日.csv", type: "text/csv", bytes: Array(csv.utf8))])
      .submit()
  }

  @Test func `a year comes from a table, all of it or nothing`() async throws {
    let site = try await TestPortal.start()
    let browser = try await administrator(site)
    let days = (1...7).map { "2027-10-0\($0),放假" } + (1...3).map { "2027/1/\($0),休息" }
    let wrong = try await send(
      browser, (["日期,安排"] + days + ["2027-10-09,加班"]).joined(separator: "\n"))
    #expect(wrong.status == 422 && wrong.has("只能填：放假、上班") && wrong.has("第 12 行"))
    #expect(try await rows(site).isEmpty)
    let page = try await send(
      browser, (["日期,安排"] + days + ["2027-10-09,上班"]).joined(separator: "\n"))
    #expect(page.has("已登记 2027 年：放假 10 天，调休上班 1 天"))
    #expect(try await rows(site) == ["350423 2027 文件三 10 1 魏俊杰"])
    let other = try await send(
      browser, (["日期,安排"] + days).joined(separator: "\n"), year: "2028")
    #expect(other.status == 422 && other.has("不属于 2028 年的安排"))
  }

  @Test func `there is a template to fill in`() async throws {
    let site = try await TestPortal.start()
    let template = try await administrator(site).open("/admin/holidays/template")
    #expect(template.status == 200 && template.header("Content-Disposition")?.isEmpty == false)
    #expect(try await rows(site).isEmpty)
  }

  // MARK: Who may

  @Test func `nobody announces holidays past the pages but the system administrator`() async throws
  {
    let site = try await TestPortal.start()
    for account in ["zhujian-lead", "secadmin", "auditadmin"] {
      let browser = try await site.browser(signedInAs: account)
      #expect(try await browser.open("/admin/holidays", following: false).status == 403)
    }
    let statement = """
      SELECT announce_holidays('350423', 2027, 0, '文件', '{2027-10-01}', '{}', now())
      """
    #expect(try await site.database.refused(as: .staff, ["portal.area": "350423"], statement))
    #expect(
      try await site.database.refused(
        as: .staff, ["portal.area": "350423"],
        """
        INSERT INTO holiday_years (year, document, days_off, workdays, set_by_name, set_at)
        VALUES (2027, '文件', '{2027-10-01}', '{}', 'x', now())
        """))
    #expect(
      try await site.database.refused(
        as: .owner, [:], "UPDATE holiday_years SET document = '改' WHERE year = 2021"))
  }
}
