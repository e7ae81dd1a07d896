import TestSupport
import Testing

/// Row-level security, proven through psql as each login: which rows of the county somebody sees and writes.
@Suite(.serialized) struct RowSecurityTests {
  @Test func everyTableWithPeopleForcesRowSecurity() async throws {
    let unforced = try await RowGround.shared().database.psql(
      as: .superuser, [:],
      """
      SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')
      AND relnamespace = 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)
      """
    ).lines
    #expect(Set(unforced) == Set(RowGround.open))
  }

  @Test func viewsLookWithTheRightsOfWhoeverLooks() async throws {
    let views = try await RowGround.shared().database.psql(
      as: .superuser, [:],
      """
      SELECT relname FROM pg_class WHERE relkind IN ('v', 'm')
      AND relnamespace = 'public'::regnamespace
      AND NOT coalesce(reloptions @> '{security_invoker=true}', false)
      """
    ).lines
    #expect(views.isEmpty)
  }

  /// The functions that do for a login what its policies do not let it do: each one thing, the schema that it
  /// looks in pinned, and the logins that may call it; nobody else may.
  private static let narrow = [
    // Destroys what was removed from its place long enough ago.
    "erase_removed_files {\"search_path=public, pg_temp\"} portal_public",
    "file_arrived {\"search_path=public, pg_temp\"}",
    // How many wait, of whomever.
    "files_waiting {\"search_path=public, pg_temp\"} portal_public,portal_staff",
    // Figures of the visits, which a trigger keeps.
    "keep_visit_days {\"search_path=public, pg_temp\"}",
    "keep_visit_progress {\"search_path=public, pg_temp\"}",
    // The next original that waits, for the login that took it in, and what became of it.
    "next_waiting_file {\"search_path=public, pg_temp\"} portal_public",
    // Makes the sequence of a new county's household numbers, for whoever adds the county.
    "number_new_county {\"search_path=public, pg_temp\"}",
    // What is owed on cases is reckoned anew once holidays were announced, by who sees no case.
    "reckon_case_clocks {\"search_path=public, pg_temp\"}",
    "settle_file {\"search_path=public, pg_temp\"} portal_public",
    "uncount_visit {\"search_path=public, pg_temp\"}",
    // Enters the one job that works on them.
    "wake_file_work {\"search_path=public, pg_temp\"} portal_public",
  ]

  @Test func noLoginOfTheProgramEscapesThePolicies() async throws {
    let roles = try await RowGround.shared().database.psql(
      as: .superuser, [:],
      """
      SELECT rolname FROM pg_roles WHERE rolname LIKE 'portal\\_%'
      AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
      """
    ).lines
    #expect(roles.isEmpty)
    let functions = try await RowGround.shared().database.psql(
      as: .superuser, [:],
      """
      SELECT concat_ws(' ', proname, proconfig::text, (SELECT string_agg(a.grantee::regrole::text, ',' ORDER BY a.grantee::regrole::text)
        FROM aclexplode(proacl) a WHERE a.grantee <> proowner))
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
        AND proowner <> 'portal_keeper'::regrole ORDER BY 1
      """
    ).lines
    #expect(functions == Self.narrow)
  }

  @Test func staffWithoutContextSeeNothing() async throws {
    for login in [TestDatabase.Login.staff, .inspector] {
      let counts = try await RowGround.shared().visible(login)
      #expect(!counts.isEmpty)
      #expect(
        counts.filter { !RowGround.open.contains($0.key) && $0.value != 0 }.isEmpty, "\(login)")
    }
    // The owner does see rows, so zero is the policies' doing.
    let owned = try await RowGround.shared().visible(.owner)
    #expect(owned.filter { $0.value == 0 && $0.key != "sign_in_failures" }.isEmpty)
  }

  @Test(arguments: [TestDatabase.Login.staff, .inspector])
  func anAreaShowsItsOwnRowsAlone(_ login: TestDatabase.Login) async throws {
    let tables = try await RowGround.shared().tables.filter {
      !RowGround.open.contains($0) && !RowGround.withoutArea.contains($0)
    }
    let context: KeyValuePairs = ["portal.area": "350423100", "portal.account_area": "350423100"]
    let foreign = try await RowGround.shared().visible(
      login, context, where: "NOT area ^@ '350423100'", tables: tables)
    let plan = [
      "campaigns", "campaign_stages", "campaign_events", "milestones", "review_rounds",
      "review_dues",
      "deliveries", "exchange_schedules", "thresholds", "clock_settings", "jobs", "exit_grounds",
      "case_settings", "document_templates", "document_offices", "visit_rosters", "visit_teams",
    ]
    for (table, count) in foreign {
      // The plan of the county is shown to its townships, not those of other counties.
      guard login == .staff, plan.contains(table) else {
        #expect(count == 0, "\(table)")
        continue
      }
      let stranger = try await RowGround.shared().visible(
        login, context, where: "NOT '350423100' ^@ area::text", tables: [table])
      #expect(stranger[table] == 0, "\(table)")
    }
    let own = try await RowGround.shared().visible(
      login, context, tables: ["estates", "cases", "complaints"])
    #expect(own.values.allSatisfy { $0 > 0 } && own.count == 3)
  }

  @Test func staffCanNeitherWriteNorMoveRowsOutsideTheirArea() async throws {
    let (ground, area) = (
      try await RowGround.shared(), ["portal.area": "350423100"] as KeyValuePairs<String, String>
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
    let ground = try await RowGround.shared()
    let readable = try await RowGround.shared().visible(.publicSide)
    let ofComplaints = ["complaints", "files", "complaint_messages"]
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

  @Test func theThreeAdministratorsSeeNoBusinessRow() async throws {
    // What `Databases` sets for them: no business area.
    let counts = try await RowGround.shared().visible(
      .staff,
      ["portal.area": "", "portal.account_area": "350423", "portal.role": "audit_admin"])
    let allowed = Set(
      RowGround.open + ["accounts", "account_passwords", "sessions", "audit_events"])
    #expect(counts.filter { !allowed.contains($0.key) && $0.value != 0 }.isEmpty)
  }
}
