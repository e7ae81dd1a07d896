import Foundation
import TestSupport
import Testing

/// Under row-level security PostgreSQL takes the rows of an area for one in two hundred of a table, and would
/// rather sort those than walk the index of a list's order: it would sort the register for every page.
@Suite struct ListPlanTests {
  private static let register = """
    INSERT INTO estates (area, name, address, ownership)
      VALUES ('350423100', '龙津小区', '龙津路1号', 'government');
    INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
      SELECT '350423100', currval('estates_id_seq'), '1栋', '1单元', i::text, 50, 'leased'
      FROM generate_series(1, 4000) i;
    INSERT INTO households (area, number, category)
      SELECT '350423100', 'H' || i, 'low_income' FROM generate_series(1, 4000) i;
    INSERT INTO leases (area, home_id, household_id, contract_number, contract_version, starts_on, ends_on,
      monthly_rent, deposit, state)
      SELECT m.area, m.id, h.id, 'C' || m.room, '1', '2019-01-01', '2024-01-01', 100, 100, 'running'
      FROM homes m JOIN households h ON h.number = 'H' || m.room;
    VACUUM ANALYZE estates, homes, households, leases;
    """

  @Test(arguments: ["households", "homes", "leases"])
  func aPageOfAListDoesNotReadTheTable(_ table: String) async throws {
    let site = try await TestPortal.start(.empty)
    _ = try await site.database.psql(as: .superuser, script: Self.register, stopsAtError: true)
    let officer = try await site.browser(signedInAs: "zhujian")
    let first = try await officer.open("/desk/\(table)")
    #expect(first.has("本页 50"))
    _ = try await first.follow("下一页")
    let before = try await scans(of: table, site)
    let pages = 12
    for _ in 0..<pages { _ = try await officer.open("/desk/\(table)") }
    // A connection tells what it did when it has rested for ten seconds.
    var after = before
    for _ in 0..<60 where after.byIndex < before.byIndex + pages {
      try await Task.sleep(for: .milliseconds(500))
      after = try await scans(of: table, site)
    }
    #expect(after.byIndex >= before.byIndex + pages)
    // The list is counted now and then, which may read it whole; what came before may be told late.
    #expect(after.whole - before.whole < pages / 2)
  }

  private func scans(
    of table: String, _ site: TestPortal
  ) async throws -> (whole: Int, byIndex: Int) {
    let counts = try await site.database.psql(
      as: .superuser, [:],
      "SELECT seq_scan, idx_scan FROM pg_stat_user_tables WHERE relname = '\(table)'"
    ).lines[0].split(separator: "|").map { Int($0) ?? 0 }
    return (counts[0], counts[1])
  }
}
