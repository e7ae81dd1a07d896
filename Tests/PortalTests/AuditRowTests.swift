import TestSupport
import Testing

/// What the database lets each login write into the audit log and read from it, proven through psql.
@Suite(.serialized) struct AuditRowTests {
  @Test func inspectorsWriteNothingButThatTheyLooked() async throws {
    let ground = try await RowGround.shared()
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
    let ground = try await RowGround.shared()
    let context: KeyValuePairs = [
      "portal.area": "350423", "portal.account_area": "350423", "portal.role": "audit_admin",
    ]
    let before = try await RowGround.shared().visible(.owner, tables: ["audit_events"])
    for statement in [
      "UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events",
    ] {
      #expect(
        try await ground.database.refused(as: login, context, statement), "\(statement)")
    }
    #expect(try await RowGround.shared().visible(.owner, tables: ["audit_events"]) == before)
  }

  @Test(arguments: [
    "address = '198.51.100.23'", "reference = 'ABCD2345'",
    "account = 'x'",
  ])
  func anEventOfACitizenHoldsNothingThatPointsAtThem(_ change: String) async throws {
    let (column, value) = (
      String(change.prefix { $0 != " " }), String(change.drop { $0 != "'" })
    )
    let columns = "at, \(column)"
    let values = "'2021-08-20 14:00+08', \(value)"
    let answer = try await RowGround.shared().database.psql(
      as: .publicSide, [:],
      """
      INSERT INTO audit_events (\(columns), origin, area, action, entity)
      VALUES (\(values), 'citizen', '350423', 'x', 'x')
      """)
    #expect(answer.status != 0 && answer.errors.contains("audit_events_citizen_check"))
    let right = try await RowGround.shared().database.refused(
      as: .publicSide, [:],
      """
      INSERT INTO audit_events (at, origin, area, action, entity)
      VALUES ('2021-08-20 14:00+08', 'citizen', '350423', 'x', 'x')
      """)
    #expect(!right)
  }

  @Test func onlyTheAuditAdministratorReadsTheAudit() async throws {
    for role in ["housing_officer", "housing_lead", "system_admin", "security_admin"] {
      let counts = try await RowGround.shared().visible(
        .staff,
        ["portal.area": "350423", "portal.account_area": "350423", "portal.role": role],
        tables: ["audit_events"])
      #expect(counts == ["audit_events": 0], "\(role)")
    }
  }
}
