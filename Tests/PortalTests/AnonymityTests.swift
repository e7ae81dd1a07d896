import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Complaints
@testable import Ground
@testable import Portal

/// Nothing that a citizen leaves behind leads back to them.
@Suite(.serialized) struct AnonymityTests {
  static let address = "198.51.100.231"
  static let words = "夜里常有外省牌照的车停在三栋楼下"
  static let message = "昨天又看到同一辆车"
  static let query = "zhuanfa-weixin-8842"

  private struct Trace: Sendable {
    let site: TestPortal
    let log: LogRecorder
    let code: String
    let receipt: Page
  }

  /// The whole way of a citizen, mistakes included.
  private static let shared = Task {
    let log = LogRecorder()
    let site = try await TestPortal.start(logger: log.logger)
    let citizen = site.browser(from: address)
    let photo = try await SamplePhoto.jpeg(comment: "GPS 26.1769N")
    let form = try await citizen.open("/complaints/new?from=\(query)").form()
    _ = try await form.fill(["description": words]).submit()
    let filled = try form.fill([
      "kind": "sublet", "estate": try form.option("estate", "龙津安居苑"), "address": "3栋2单元",
      "description": words,
    ]).choosing("photos", [photo])
    let receipt = try await filled.submit()
    let code = try receipt.tag(id: "follow-up-code").text
    site.clock.advance(by: 4_321)
    _ = try await citizen.open("/complaints/track?from=\(query)").form()
      .fill(["code": code.replacing(code.suffix(4), with: "0000")]).submit()
    let status = try await citizen.open("/complaints/track").form().fill(["code": code]).submit()
    _ = try await status.form(button: "发送留言").fill(["body": message]).submit()
    let later = try await SamplePhoto.jpeg(comment: "2021:08:20 14:37:25")
    _ = try await citizen.open("/complaints/track").form(button: "补交照片")
      .choosing("photos", [later]).submit()
    await site.portal.services.jobs.finishAll()
    for link in try await citizen.open("/complaints/track").tags.compactMap({ $0["src"] })
    where link.contains("/photos/") {
      _ = try await citizen.open(link)
    }
    _ = try await citizen.open("/complaints/track").form(button: "退出查询").submit()
    return Trace(site: site, log: log, code: code, receipt: receipt)
  }

  /// Every value of every column of some types, as `table.column|value`.
  private func values(_ types: String, _ trace: Trace) async throws -> [String] {
    let columns = try await trace.site.database.psql(
      as: .superuser, [:],
      """
      SELECT format('SELECT %L, v::text FROM %I t, LATERAL (SELECT %I AS v) x WHERE v IS NOT NULL;',
        table_name || '.' || column_name, table_name, column_name)
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND udt_name IN (\(types))
      """)
    #expect(!columns.lines.isEmpty)
    return try await trace.site.database.psql(
      as: .superuser, script: "SET timezone = 'UTC';\n" + columns.lines.joined(separator: "\n"),
      stopsAtError: true
    ).lines
  }

  @Test func theJourneyReallyTookPlace() async throws {
    let trace = try await Self.shared.value
    let counts = try await trace.site.database.psql(
      as: .superuser, [:],
      """
      SELECT (SELECT count(*) FROM complaints WHERE description = '\(Self.words)'),
        (SELECT count(*) FROM files p JOIN complaints c ON c.id = p.complaint_id
          WHERE description = '\(Self.words)'),
        (SELECT count(*) FROM complaint_messages WHERE body = '\(Self.message)'),
        (SELECT count(*) FROM audit_events WHERE origin = 'citizen')
      """)
    #expect(counts.lines == ["1|2|1|3"])
  }

  @Test func noTextAnywhereHoldsTheAddressOrTheBrowserOrTheCode() async throws {
    let trace = try await Self.shared.value
    let texts = try await values("'text', 'varchar', 'jsonb', 'json', 'inet', '_text'", trace)
    #expect(texts.contains { $0.contains(Self.words) })
    let digits = trace.code.filter(\.isNumber)
    for secret in [
      Self.address, "198.51", Browser.userAgent, "HarmonyOS", "PortalBrowser", Self.query, digits,
      trace.code, "GPS 26",
    ] {
      #expect(!texts.contains { $0.contains(secret) }, "\(secret)")
    }
  }

  @Test func noBytesAnywhereHoldThemEither() async throws {
    let trace = try await Self.shared.value
    let columns = try await values("'bytea'", trace)
    #expect(!columns.isEmpty)
    let parts = [198, 51, 100, 231].map { String($0, radix: 16) }.joined()
    for secret in [
      hexadecimal(Array(Self.address.utf8)), hexadecimal(Array("HarmonyOS".utf8)),
      hexadecimal(Array(trace.code.filter(\.isNumber).utf8)), hexadecimal(Array("GPS 26".utf8)),
    ] {
      #expect(!columns.contains { $0.contains(secret) }, "\(secret)")
    }
    // Four bytes turn up in photos by chance; in what is 32 bytes long they would mean something.
    let short = columns.filter { $0.utf8.count < 120 }
    #expect(!short.contains { $0.hasSuffix(parts) || $0.contains("x" + parts) })
  }

  @Test func noTimeOfTheCitizenIsFinerThanTheHour() async throws {
    let trace = try await Self.shared.value
    let times = try await trace.site.database.psql(
      as: .superuser, [:],
      """
      SELECT format('SELECT %L, v FROM %I t, LATERAL (SELECT t.%I AS v) x WHERE v IS NOT NULL '
        'AND v <> date_trunc(''hour'', v) AND (%s);',
        c.table_name || '.' || c.column_name, c.table_name, c.column_name,
        CASE WHEN c.table_name = 'complaints' THEN 'description = ''\(Self.words)'''
          WHEN c.table_name = 'audit_events' THEN 'origin = ''citizen'''
          WHEN c.table_name = 'complaint_messages' THEN 'author = ''citizen'''
          -- What staff and operators do has its exact time.
          WHEN c.table_name IN ('accounts', 'account_passwords', 'sessions', 'releases',
            'case_events', 'complaint_events', 'schema_migrations', 'estates', 'homes', 'households',
            'persons', 'leases', 'register_changes', 'findings', 'imports', 'visits', 'visit_rosters',
            'visit_teams') THEN 'false'
          ELSE 'true' END)
      FROM information_schema.columns c JOIN information_schema.tables USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND table_type = 'BASE TABLE' AND udt_name = 'timestamptz'
      """)
    #expect(times.lines.count >= 10)
    let finer = try await trace.site.database.psql(
      as: .superuser, script: times.lines.joined(separator: "\n"), stopsAtError: true)
    #expect(finer.status == 0 && finer.lines.isEmpty)
  }

  @Test func theLogHoldsNothingOfTheCitizen() async throws {
    let trace = try await Self.shared.value
    let log = trace.log.lines.joined(separator: "\n")
    let digits = trace.code.filter(\.isNumber)
    let number = try #require(trace.receipt.text.firstMatch(of: /[0-9]{4}-[0-9]{8}/)).0
    for secret in [
      Self.address, "198.51", Browser.userAgent, "HarmonyOS", Self.query, digits, trace.code,
      Self.words, Self.message, "3栋2单元", String(number), "/complaints",
    ] {
      #expect(!log.contains(secret), "\(secret)")
    }
  }

  @Test func theLogIsListenedTo() async throws {
    let trace = try await Self.shared.value
    let browser = try await trace.site.browser(signedInAs: "zhujian")
    _ = try await browser.open("/desk/cases?text=%E9%99%88")
    let line = try #require(trace.log.lines.last { $0.contains("route=/desk/cases") })
    #expect(!line.contains("text=") && !line.contains("203.0.113.8"))
  }

  @Test func thePageForACitizenIsTheSameWhoeverAsks() async throws {
    let trace = try await Self.shared.value
    // Nothing of the sender is on the receipt that is saved and handed on.
    for secret in [Self.address, Self.words, "14:37", "3栋2单元"] {
      #expect(!trace.receipt.source.contains(secret), "\(secret)")
    }
  }

  @Test func neitherNumberNorPlaceNorTransactionTellsBetweenWhichOthersAReportCame() async throws {
    let site = try await TestPortal.start()
    let county = try await site.browser(signedInAs: "zhujian")
    func lines(_ sql: String) async throws -> [String] {
      let answer = try await site.database.psql(as: .superuser, [:], sql)
      #expect(answer.status == 0, "\(answer.errors)")
      return answer.lines
    }
    var sent: [String] = []
    for number in 1...8 {
      _ = try await site.browser().open("/complaints/new").form().fill([
        "kind": "sublet", "address": "3栋\(number)单元", "description": "第\(number)份，夜里常有人搬东西",
      ]).submit()
      sent += try await lines("SELECT id FROM complaints WHERE description ^@ '第\(number)份'")
      // What is known to the second.
      _ = try await county.open("/desk/households?format=csv")
    }
    let ids = "(\(sent.joined(separator: ", ")))"
    let order = "SELECT id FROM complaints WHERE id IN \(ids) ORDER BY xmin::text::bigint"
    #expect(try await lines(order) == sent)
    // An hour passes twice.
    for _ in 1...3 {
      _ = try await lines(
        "UPDATE report_settlings SET hour = timestamptz '2020-01-01' + id * interval '1 hour'")
      _ = try await site.portal.services.databases.settleReports()
    }
    #expect(
      try await lines("SELECT count(DISTINCT xmin::text) FROM complaints WHERE id IN \(ids)") == [
        "1"
      ])
    #expect(
      try await lines(
        """
        SELECT count(DISTINCT xmin::text) FROM audit_events
        WHERE origin = 'citizen' AND entity_id IN (SELECT id::text FROM complaints WHERE id IN \(ids))
        """) == ["1"])
    #expect(try await lines("SELECT id FROM complaints WHERE id IN \(ids) ORDER BY ctid") != sent)
  }

  @Test func messagesAndPhotosAreNotCountedUpAmongThoseOfOthers() async throws {
    let trace = try await Self.shared.value
    let answer = try await trace.site.database.psql(
      as: .superuser, [:],
      """
      SELECT min(id) > 1000000 FROM complaint_messages;
      SELECT min(id) > 1000000 FROM files;
      SELECT bool_and(grows) FROM (
        SELECT id > lag(id, 1, 0::bigint) OVER (PARTITION BY complaint_id ORDER BY position) AS grows
        FROM files) p;
      SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relname IN ('complaint_messages', 'files') AND a.attidentity <> '';
      """)
    #expect(answer.lines == ["t", "t", "t", "0"], "\(answer.errors)")
  }
}
