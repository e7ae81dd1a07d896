import Domain
import Postgres
import TestSupport
import Testing

/// The calendar of deadlines, and the secret address at which calendar programs read it.
@Suite struct CalendarFeedTests {
  /// The address that the page shows, without what stands before it.
  private func address(_ page: Page) throws -> String {
    let found = try #require(page.text.firstMatch(of: #/\/calendar\/[0-9a-f]{64}\.ics/#))
    return String(found.output)
  }

  @Test func `somebody who owes the plan something sees it with its day`() async throws {
    let site = try await TestPortal.start()
    let page = try await site.browser(signedInAs: "zhujian-lead").open("/desk/calendar")
    #expect(page.status == 200 && page.has("清退期限") && page.has("2021-08-25（星期三）"))
    #expect(page.has("生成订阅地址"))
  }

  @Test func `a calendar program reads the address without signing in`() async throws {
    let site = try await TestPortal.start()
    let officer = try await site.browser(signedInAs: "zhujian")
    let shown = try await officer.open("/desk/calendar").form(to: "/desk/calendar").submit()
    let address = try address(shown)
    let feed = try await site.browser().open(address)
    #expect(feed.status == 200)
    #expect(feed.header("Content-Type") == "text/calendar; charset=utf-8")
    #expect(feed.text.hasPrefix("BEGIN:VCALENDAR\r\n") && feed.text.hasSuffix("END:VCALENDAR\r\n"))
    #expect(feed.text.contains("DTSTART;VALUE=DATE:20210825\r\n"))
    #expect(try await officer.open("/desk/calendar").has("最近一次读取在 2021年8月20日 14时"))
    // The page does not show it again.
    #expect(!(try await officer.open("/desk/calendar").text.contains("/calendar/")))
    let kept = try await site.owner.read {
      try $0.one(
        Query<Int64>("SELECT count(*) FROM calendar_feeds WHERE octet_length(token_hash) = 32"))
    }
    #expect(kept == 1)
  }

  @Test func `an address that is changed or given up reads nothing any more`() async throws {
    let site = try await TestPortal.start()
    let officer = try await site.browser(signedInAs: "zhujian")
    let first = try address(
      await officer.open("/desk/calendar").form(to: "/desk/calendar").submit())
    let second = try address(
      await officer.open("/desk/calendar").form(to: "/desk/calendar").submit())
    let program = site.browser()
    #expect(try await program.open(first).status == 404)
    #expect(try await program.open(second).status == 200)
    let closed = try await officer.open("/desk/calendar").form(to: "/desk/calendar/end").submit()
    #expect(closed.has("已停用订阅地址"))
    #expect(try await program.open(second).status == 404)
    let actions = try await site.owner.read {
      try $0.all(
        Query<String>(
          "SELECT action FROM audit_events WHERE action LIKE 'calendar.%' ORDER BY id"))
    }
    #expect(actions == ["calendar.open", "calendar.open", "calendar.close"])
  }

  @Test func `an account that is disabled reads nothing any more`() async throws {
    let site = try await TestPortal.start()
    let address = try address(
      await site.browser(signedInAs: "zhujian").open("/desk/calendar")
        .form(to: "/desk/calendar").submit())
    try await site.owner.transaction { tx in
      _ = try tx.execute("UPDATE accounts SET disabled_at = now() WHERE account = 'zhujian'")
    }
    #expect(try await site.browser().open(address).status == 404)
  }

  @Test func `nobody opens an address in another's name past the pages`() async throws {
    let site = try await TestPortal.start()
    let opened = try await site.database.psql(
      as: .staff, ["portal.account": "1", "portal.area": "350423"],
      "SELECT open_calendar_feed(sha256('x'), now())")
    #expect(opened.lines == ["f"])
    #expect(
      try await site.database.refused(as: .staff, [:], "SELECT count(*) FROM calendar_feeds"))
  }
}
