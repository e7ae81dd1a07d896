import Foundation
import TestSupport
import Testing

/// Row-level security, proven through psql as each login.
@Suite(.serialized) struct RowSecurityTests {
  private struct Ground: Sendable {
    let site: TestPortal
    let near: SampleRows
    let far: SampleRows
    /// Every table of the schema.
    let tables: [String]

    var database: TestDatabase { site.database }
  }

  private static let shared = Task {
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
    return Ground(site: site, near: near, far: far, tables: tables)
  }

  private func ground() async throws -> Ground { try await Self.shared.value }

  /// Tables without a single person in them, each with the reason.
  private static let open = [
    "areas",  // names of places
    "site_settings",  // what a county says of itself
    "sign_in_failures",  // keyed hashes of names and addresses, unknown ones included
    "schema_migrations",  // the names of migrations
  ]
  /// Tables whose rows hang on accounts or complaints, without an area of their own.
  private static let withoutArea = [
    "account_passwords", "sessions", "complaint_photos", "complaint_messages", "complaint_events",
  ]

  /// The number of rows that a login sees of each table; tables that it may not read are left out.
  private func visible(
    _ login: TestDatabase.Login, _ settings: KeyValuePairs<String, String> = [:],
    where condition: String = "true", tables: [String]? = nil
  ) async throws -> [String: Int] {
    let ground = try await ground()
    var counts: [String: Int] = [:]
    let context = settings.map { "SET LOCAL \($0.key) = '\($0.value)';" }.joined()
    let script = (tables ?? ground.tables).map {
      "BEGIN; \(context) SELECT '\($0)', count(*) FROM \($0) WHERE \(condition); COMMIT;\n"
    }.joined()
    let answer = try await ground.database.psql(as: login, script: script, stopsAtError: false)
    for line in answer.lines {
      let parts = line.split(separator: "|")
      counts[String(parts[0])] = Int(parts[1])
    }
    return counts
  }

  @Test func everyTableWithPeopleForcesRowSecurity() async throws {
    let unforced = try await ground().database.psql(
      as: .superuser, [:],
      """
      SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')
      AND relnamespace = 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)
      """
    ).lines
    #expect(Set(unforced) == Set(Self.open))
  }

  @Test func viewsLookWithTheRightsOfWhoeverLooks() async throws {
    let views = try await ground().database.psql(
      as: .superuser, [:],
      """
      SELECT relname FROM pg_class WHERE relkind IN ('v', 'm')
      AND relnamespace = 'public'::regnamespace
      AND NOT coalesce(reloptions @> '{security_invoker=true}', false)
      """
    ).lines
    #expect(views.isEmpty)
  }

  @Test func noLoginOfTheProgramEscapesThePolicies() async throws {
    let roles = try await ground().database.psql(
      as: .superuser, [:],
      """
      SELECT rolname FROM pg_roles WHERE rolname LIKE 'portal\\_%'
      AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
      """
    ).lines
    #expect(roles.isEmpty)
    let functions = try await ground().database.psql(
      as: .superuser, [:],
      "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    ).lines
    #expect(functions.isEmpty)
  }

  @Test func staffWithoutContextSeeNothing() async throws {
    for login in [TestDatabase.Login.staff, .inspector] {
      let counts = try await visible(login)
      #expect(!counts.isEmpty)
      #expect(
        counts.filter { !Self.open.contains($0.key) && $0.value != 0 }.isEmpty, "\(login)")
    }
    // The owner does see rows, so zero is the policies' doing.
    let owned = try await visible(.owner)
    #expect(owned.filter { $0.value == 0 && $0.key != "sign_in_failures" }.isEmpty)
  }

  @Test(arguments: [TestDatabase.Login.staff, .inspector])
  func anAreaShowsItsOwnRowsAlone(_ login: TestDatabase.Login) async throws {
    let tables = try await ground().tables.filter {
      !Self.open.contains($0) && !Self.withoutArea.contains($0)
    }
    let context: KeyValuePairs = ["portal.area": "350423100", "portal.account_area": "350423100"]
    let foreign = try await visible(
      login, context, where: "NOT area ^@ '350423100'", tables: tables)
    let plan = [
      "campaigns", "campaign_stages", "milestones", "review_rounds", "review_dues", "deliveries",
      "exchange_schedules", "thresholds", "jobs",
    ]
    for (table, count) in foreign {
      // The plan of the county is shown to its townships, not those of other counties.
      guard login == .staff, plan.contains(table) else {
        #expect(count == 0, "\(table)")
        continue
      }
      let stranger = try await visible(
        login, context, where: "NOT '350423100' ^@ area::text", tables: [table])
      #expect(stranger[table] == 0, "\(table)")
    }
    let own = try await visible(login, context, tables: ["estates", "cases", "complaints"])
    #expect(own.values.allSatisfy { $0 > 0 } && own.count == 3)
  }

  @Test func rowsOfAComplaintAreSeenByWhoeverSeesTheComplaint() async throws {
    let tables = ["complaint_photos", "complaint_messages", "complaint_events"]
    for login in [TestDatabase.Login.staff, .inspector] {
      let counts = try await visible(
        login, ["portal.area": "350423100"],
        where: "complaint_id NOT IN (SELECT id FROM complaints)", tables: tables)
      #expect(counts.count == 3 && counts.values.allSatisfy { $0 == 0 })
    }
    let ground = try await ground()
    let unseen = try await visible(
      .staff, ["portal.area": "3504"],
      where: "complaint_id IN (\(ground.near.misconduct), \(ground.far.complaint))",
      tables: tables)
    #expect(unseen.count == 3 && unseen.values.allSatisfy { $0 == 0 })
  }

  @Test func staffCanNeitherWriteNorMoveRowsOutsideTheirArea() async throws {
    let (ground, area) = (
      try await ground(), ["portal.area": "350423100"] as KeyValuePairs<String, String>
    )
    #expect(
      try await ground.database.refused(
        as: .staff, area,
        """
        INSERT INTO estates (area, name, address, ownership)
        VALUES ('350721100', 'x', 'x', 'government')
        """))
    #expect(
      try await ground.database.refused(
        as: .staff, area,
        "UPDATE estates SET area = '350721100' WHERE id = \(ground.near.estate)"))
    let changed = try await ground.database.psql(
      as: .staff, area,
      "UPDATE estates SET version = version WHERE id = \(ground.far.estate) RETURNING id")
    #expect(changed.status == 0 && changed.lines.isEmpty)
  }

  @Test func thePublicReadsNothingOfTheRegister() async throws {
    let ground = try await ground()
    let readable = try await visible(.publicSide)
    let ofComplaints = ["complaints", "complaint_photos", "complaint_messages"]
    let open = ["areas", "site_settings", "schema_migrations", "estates", "releases"]
    #expect(Set(readable.keys).isSubset(of: open + ofComplaints))
    #expect(ofComplaints.allSatisfy { readable[$0] == 0 })
    for table in [
      "persons", "households", "homes", "leases", "cases", "case_events", "checks",
      "visits", "accounts", "account_passwords", "sessions", "audit_events",
      "complaint_identities", "complaint_events", "campaigns",
    ] {
      #expect(
        try await ground.database.refused(
          as: .publicSide, [:], "SELECT count(*) FROM \(table)"), "\(table)")
    }
    #expect(
      try await ground.database.refused(
        as: .publicSide, [:], "SELECT address FROM estates"))
    #expect(
      try await ground.database.refused(
        as: .publicSide, [:], "SELECT figures FROM releases"))
    let waiting = try await ground.database.psql(
      as: .publicSide, [:], "SELECT id FROM releases WHERE state <> 'published'")
    #expect(waiting.status == 0 && waiting.lines.isEmpty)
  }

  @Test func aCitizenSeesTheOneComplaintWhoseCodeWasPresented() async throws {
    let ground = try await ground()
    let hash = try await ground.database.psql(
      as: .superuser, [:],
      "SELECT encode(follow_up_hash, 'hex') FROM complaints WHERE id = \(ground.near.complaint)")
    let code = try #require(hash.lines.first)
    let seen = try await ground.database.psql(
      as: .publicSide, ["portal.follow_up": code], "SELECT id FROM complaints")
    #expect(seen.lines == [String(ground.near.complaint)])
    let messages = try await ground.database.psql(
      as: .publicSide, ["portal.follow_up": code],
      "SELECT DISTINCT complaint_id FROM complaint_messages")
    #expect(messages.lines == [String(ground.near.complaint)])
    for wrong in ["", "00"] {
      let unseen = try await ground.database.psql(
        as: .publicSide, ["portal.follow_up": wrong], "SELECT id FROM complaints")
      #expect(unseen.status == 0 && unseen.lines.isEmpty)
    }
    #expect(
      try await ground.database.refused(
        as: .publicSide, ["portal.follow_up": code], "UPDATE complaints SET state = 'accepted'"))
    #expect(
      try await ground.database.refused(
        as: .publicSide, ["portal.follow_up": code], "DELETE FROM complaints"))
  }

  @Test func inspectorsWriteNothingButThatTheyLooked() async throws {
    let ground = try await ground()
    let granted = try await ground.database.psql(
      as: .superuser, [:],
      """
      SELECT c.relname || ' ' || p.kind FROM pg_class c,
        unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (kind)
      WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
      AND (has_table_privilege('portal_inspector', c.oid, p.kind)
        OR (p.kind IN ('INSERT', 'UPDATE')
          AND has_any_column_privilege('portal_inspector', c.oid, p.kind)))
      """)
    #expect(granted.lines == ["audit_events INSERT"])
    for table in ground.tables {
      #expect(
        try await ground.database.refused(
          as: .inspector, ["portal.area": "350423"], "DELETE FROM \(table)"), "\(table)")
    }
    let someoneElse = """
      INSERT INTO audit_events (at, origin, account_id, account, role, area, action, entity)
      VALUES (now(), 'staff', \(ground.near.account), 'zhujian', 'housing_officer', '350423', 'x',
        'x')
      """
    #expect(
      try await ground.database.refused(
        as: .inspector, ["portal.account": "1", "portal.area": "350423"], someoneElse))
  }

  @Test(arguments: [TestDatabase.Login.owner, .staff, .publicSide, .inspector])
  func noLoginChangesOrRemovesWhatTheAuditHolds(_ login: TestDatabase.Login) async throws {
    let ground = try await ground()
    let context: KeyValuePairs = [
      "portal.area": "350423", "portal.account_area": "350423", "portal.role": "audit_admin",
    ]
    let before = try await visible(.owner, tables: ["audit_events"])
    for statement in [
      "UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events",
    ] {
      #expect(
        try await ground.database.refused(as: login, context, statement), "\(statement)")
    }
    #expect(try await visible(.owner, tables: ["audit_events"]) == before)
  }

  @Test func misconductDoesNotExistForTheLoginOfTheBureaus() async throws {
    let ground = try await ground()
    let area: KeyValuePairs = ["portal.area": "35"]
    let seen = try await ground.database.psql(
      as: .staff, area, "SELECT count(*) FROM complaints WHERE kind = 'misconduct'")
    #expect(seen.lines == ["0"])
    let copied = """
      INSERT INTO complaints (id, area, number, kind, description, is_named, received_at,
        submission_hash, follow_up_hash, digest, signature, signing_key)
      VALUES (77, '350423', 'x', 'misconduct', 'x', false, '2021-08-01 08:00+08',
        sha256('a'), sha256('b'), sha256('c'), sha256('d') || sha256('e'), 's1')
      """
    #expect(try await ground.database.refused(as: .staff, area, copied))
    let changed = try await ground.database.psql(
      as: .staff, area,
      "UPDATE complaints SET version = version WHERE id = \(ground.near.misconduct) RETURNING id")
    #expect(changed.status == 0 && changed.lines.isEmpty)
    #expect(
      try await ground.database.refused(
        as: .staff, area,
        """
        INSERT INTO complaint_messages (complaint_id, author, account_name, body, posted_at,
          submission_hash)
        VALUES (\(ground.near.misconduct), 'staff', 'x', 'x', now(), sha256('m'))
        """))
    let inspected = try await ground.database.psql(
      as: .inspector, ["portal.area": "350423"],
      "SELECT count(*) > 0 FROM complaints WHERE kind = 'misconduct'")
    #expect(inspected.lines == ["t"])
  }

  @Test(arguments: [TestDatabase.Login.staff, .publicSide, .inspector])
  func nobodyButTheOwnerReadsWhoComplained(_ login: TestDatabase.Login) async throws {
    let ground = try await ground()
    #expect(
      try await ground.database.refused(
        as: login, ["portal.area": "350423"], "SELECT complaint_id FROM complaint_identities"))
    #expect(try await visible(.owner, tables: ["complaint_identities"]).values.max() ?? 0 > 0)
  }

  @Test func originalPhotosAreReadByNoLoginOfTheProgram() async throws {
    let ground = try await ground()
    for login in [TestDatabase.Login.staff, .publicSide] {
      #expect(
        try await ground.database.refused(
          as: login, ["portal.area": "350423"], "SELECT original_sealed FROM complaint_photos"))
    }
  }

  @Test(arguments: [
    "at = '2021-08-20 14:37:25+08'", "address = '198.51.100.23'", "reference = 'ABCD2345'",
    "account = 'x'",
  ])
  func anEventOfACitizenHoldsNothingThatPointsAtThem(_ change: String) async throws {
    let (column, value) = (
      String(change.prefix { $0 != " " }), String(change.drop { $0 != "'" })
    )
    let columns = column == "at" ? "at" : "at, \(column)"
    let values = column == "at" ? value : "'2021-08-20 14:00+08', \(value)"
    let answer = try await ground().database.psql(
      as: .publicSide, [:],
      """
      INSERT INTO audit_events (\(columns), origin, area, action, entity)
      VALUES (\(values), 'citizen', '350423', 'x', 'x')
      """)
    #expect(answer.status != 0 && answer.errors.contains("audit_events_citizen_check"))
    let right = try await ground().database.refused(
      as: .publicSide, [:],
      """
      INSERT INTO audit_events (at, origin, area, action, entity)
      VALUES ('2021-08-20 14:00+08', 'citizen', '350423', 'x', 'x')
      """)
    #expect(!right)
  }

  @Test func theThreeAdministratorsSeeNoBusinessRow() async throws {
    // What `Databases` sets for them: no business area.
    let counts = try await visible(
      .staff,
      ["portal.area": "", "portal.account_area": "350423", "portal.role": "audit_admin"])
    let allowed = Set(Self.open + ["accounts", "account_passwords", "sessions", "audit_events"])
    #expect(counts.filter { !allowed.contains($0.key) && $0.value != 0 }.isEmpty)
  }

  @Test func onlyTheAuditAdministratorReadsTheAudit() async throws {
    for role in ["housing_officer", "housing_lead", "system_admin", "security_admin"] {
      let counts = try await visible(
        .staff,
        ["portal.area": "350423", "portal.account_area": "350423", "portal.role": role],
        tables: ["audit_events"])
      #expect(counts == ["audit_events": 0], "\(role)")
    }
  }
}
