import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Portal

/// What is decided for a whole filter at once takes ten times as long for ten times as many, and not a hundred times.
@Suite(.serialized) struct BulkGrowthTests {
  /// A county in which so many households are said to owe rent, each asked about at the counter.
  private func county(_ count: Int) async throws -> RegisterFixture {
    let fixture = try await RegisterFixture()
    try await fixture.site.owner.transaction { tx in
      try tx.script("SET LOCAL statement_timeout = 0")
      try tx.execute(
        """
        WITH h AS (
          INSERT INTO households (area, number, category)
          SELECT '350423100', 'N' || i, 'low_income' FROM generate_series(1, \(count)) i RETURNING id),
        p AS (
          INSERT INTO persons (area, household_id, relation, name, id_number_sealed, id_number_index,
            marital_status)
          SELECT '350423100', id, 'applicant', '林小满', '\\x00', sha256(id::text::bytea), 'single' FROM h
          RETURNING id, household_id),
        f AS (
          INSERT INTO findings (area, household_id, rule, subject, evidence)
          SELECT '350423100', id, 'R7', 'arrears', '{}' FROM h RETURNING id),
        r AS (
          INSERT INTO findings (area, household_id, rule, subject, evidence)
          SELECT '350423100', id, 'R1', 'counter', '{}' FROM h RETURNING id, household_id)
        INSERT INTO counter_checks (area, reference, asked_at, account_id, account_name, purpose,
          id_number_index, result, person_id, household_id, name_matches, finding_id)
        SELECT '350423', 'K' || p.household_id, '2021-08-02 09:00+08', \(fixture.officer.accountID), '窗口',
          'registration', sha256('\\x01'), 'protected', p.id, p.household_id, true, r.id
        FROM p JOIN r ON r.household_id = p.household_id
        """)
      try tx.execute("ANALYZE")
    }
    return fixture
  }

  private func grows(
    _ what: String, _ take: (RegisterFixture, Browser) async throws -> Duration
  ) async throws {
    var times: [Duration] = []
    for count in [1_000, 10_000] {
      let fixture = try await county(count)
      times.append(try await take(fixture, try await fixture.site.browser(signedInAs: "zhujian")))
    }
    print("\(what): 1,000 in \(times[0]), 10,000 in \(times[1])")
    #expect(times[1] < times[0] * 25 + .seconds(1), "\(what): \(times)")
  }

  @Test func `dismissing all findings of a filter`() async throws {
    try await grows("dismissal") { fixture, officer in
      let clock = ContinuousClock()
      let start = clock.now
      let page = try await officer.open("/desk/findings/all?rule=R7")
      let done = try await page.form(to: "/desk/findings/dismissal").fill(["reason": "数据有误，已更正"])
        .submit()
      let time = start.duration(to: clock.now)
      #expect(done.has("个疑点。") && done.has("已排除"))
      #expect(
        try await fixture.lines(
          "SELECT count(*) FROM findings WHERE rule = 'R7' AND state = 'open'")
          == ["0"])
      return time
    }
  }

  @Test func `releasing all hits of a filter with their findings`() async throws {
    try await grows("release") { fixture, officer in
      let clock = ContinuousClock()
      let start = clock.now
      let page = try await officer.open("/desk/counter/hits/release?all=yes")
      let done = try await page.form(to: "/desk/counter/hits/release").fill(["reason": "已核实不影响资格"])
        .submit()
      let time = start.duration(to: clock.now)
      #expect(done.has("已放行"), "\(done.text.prefix(300))")
      #expect(
        try await fixture.lines(
          """
          SELECT count(*) FILTER (WHERE released_at IS NULL), count(*) FILTER (WHERE f.state = 'open')
          FROM counter_checks c JOIN findings f ON f.id = c.finding_id
          """) == ["0|0"])
      return time
    }
  }
}
