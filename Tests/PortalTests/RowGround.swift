import TestSupport

/// Rows of two townships in two counties, with every table filled, for tests of row-level security.
struct RowGround: Sendable {
  let site: TestPortal
  let near: SampleRows
  let far: SampleRows
  /// Every table of the schema.
  let tables: [String]

  var database: TestDatabase { site.database }

  /// Tables without a single person in them, each with the reason.
  static let open = [
    "areas",  // names of places
    "site_settings",  // what a county says of itself
    "holiday_years",  // which days are off
    "sign_in_failures",  // keyed hashes of names and addresses, unknown ones included
    "schema_migrations",  // the names of migrations
  ]
  /// Tables whose rows hang on accounts or complaints, without an area of their own.
  static let withoutArea = [
    "account_passwords", "sessions", "setup_links", "calendar_feeds", "report_settlings",
    "complaint_messages", "complaint_events",
  ]

  private static let made = Task {
    let site = try await TestPortal.start()
    let near = try await site.addSample(township: "350423100")
    let far = try await site.addSample(township: "350721100")
    let browser = try await site.browser(signedInAs: "zhujian")
    _ = try await browser.open("/desk")
    let tables = try await site.database.psql(
      as: .superuser, [:],
      "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
        + " AND relnamespace = 'public'::regnamespace ORDER BY 1"
    ).lines
    return RowGround(site: site, near: near, far: far, tables: tables)
  }

  /// Made once for all who ask.
  static func shared() async throws -> RowGround { try await made.value }

  /// The number of rows that a login sees of each table; tables that it may not read are left out.
  func visible(
    _ login: TestDatabase.Login, _ settings: KeyValuePairs<String, String> = [:],
    where condition: String = "true", tables: [String]? = nil
  ) async throws -> [String: Int] {
    var counts: [String: Int] = [:]
    let context = settings.map { "SET LOCAL \($0.key) = '\($0.value)';" }.joined()
    let script = (tables ?? self.tables).map {
      "BEGIN; \(context) SELECT '\($0)', count(*) FROM \($0) WHERE \(condition); COMMIT;\n"
    }.joined()
    let answer = try await database.psql(as: login, script: script, stopsAtError: false)
    for line in answer.lines {
      let parts = line.split(separator: "|")
      counts[String(parts[0])] = Int(parts[1])
    }
    return counts
  }
}
