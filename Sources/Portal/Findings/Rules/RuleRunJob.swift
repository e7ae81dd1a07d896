import Domain
import FindingLedger
import Foundation
package import Ground
import Postgres

/// The jobs of the rules, for whatever program does jobs.
package func ruleJobs(keys: KeyRing) -> [any JobKind] {
  [RuleRunJob(keys: keys), NightlyRulesJob()]
}

/// One run of the rules, from the households that it is about to what became of their findings.
///
/// It goes through the households in batches, each a transaction of its own, so that it holds neither
/// memory nor locks for long. What it has done when it is broken off stands, and the next run, which
/// finds the same in the same evidence, goes on from there.
struct RuleRunJob: JobKind {
  static let name = "rule_run"
  static let title = "运行规则"
  static let lane = "rules"
  static let afterDeath = JobDeath.givenUp
  static let connectionName = "portal-rules"
  static let statementTimeout = Duration.seconds(600)
  static let batch = 2_000
  static let brokenOff = "程序中断，没有做完。已查过的家庭有效，请再运行一次。"

  let keys: KeyRing

  func perform(_ job: JobContext) async throws {
    try await RuleRunWork(job: job, keys: keys).perform()
  }

  func words(for failure: JobFailure) -> String? {
    if case .brokenOff = failure { Self.brokenOff } else { nil }
  }

  func faultWords(_ job: JobOrder) -> String { Self.brokenOff }

  func failed(
    _ job: JobOrder, _ failure: JobFailure, _ words: String, _ tx: Transaction
  ) throws {
    let text = if case .accountGone = failure { words } else { Self.brokenOff }
    try tx.execute(
      """
      UPDATE rule_runs SET state = 'failed', message = \(text), finished_at = now()
      WHERE id = \(job.subject) AND state IN ('waiting', 'running')
      """)
  }
}

/// The work of one run. Every batch keeps where it ended, so that what passes by itself does not make the
/// run begin anew.
private struct RuleRunWork: Sendable {
  let job: JobContext
  let keys: KeyRing

  private var id: RuleRunID { job.subject() }

  private struct Order: RowDecodable {
    let scope: RuleRunScope
    let year: Int
    let at: Date

    init(_ row: Row) throws {
      let round = try row("round_id", as: ReviewRoundID?.self)
      let delivery = try row("delivery_id", as: DeliveryID?.self)
      scope = round.map { .round($0) } ?? delivery.map { .delivery($0) } ?? .area
      year = try row("year")
      at = try row("at")
    }
  }

  func perform() async throws {
    let order = try await begin()
    let households = RunHouseholds(scope: order.scope)
    try job.begin("核对")
    let chosen = try await count(households)
    var judging = RuleJudging(
      keys: keys, name: job.actor.displayName, run: id, year: order.year, now: order.at)
    var after = job.order.terms["after"].flatMap { HouseholdID($0) }
    let earlier = try UsedLine.all(json: job.order.terms["lines"])
    repeat {
      let step = (judging, after)
      (judging, after) = try await job.step { tx in
        let ids = try households.batch(after: step.1, of: chosen, tx)
        return try next(step.0, ids, after: step.1, earlier, tx)
      }
    } while after != nil
    try await end(UsedLine.all(judging.lines, after: earlier))
  }

  private func begin() async throws -> Order {
    let order = try await job.transaction { [id] tx in
      try tx.first(
        Query<Order>(
          """
          UPDATE rule_runs SET state = 'running' WHERE id = \(id) AND state IN ('waiting', 'running')
          RETURNING round_id, delivery_id, year, at
          """))
    }
    guard let order else { throw JobProgress.Cancelled() }
    return order
  }

  /// Says how many there are, and lists them where they have to be.
  private func count(_ households: RunHouseholds) async throws -> [HouseholdID]? {
    let (expected, chosen) = try await job.read { tx in
      (try tx.one(households.count), try households.chosen(tx))
    }
    _ = try await job.transaction { [id] tx in
      try tx.execute("UPDATE rule_runs SET households_expected = \(expected) WHERE id = \(id)")
    }
    return chosen
  }

  /// Judges one batch, and says how far the run is.
  private func next(
    _ judging: RuleJudging, _ ids: [HouseholdID], after: HouseholdID?, _ earlier: [UsedLine],
    _ tx: Transaction
  ) throws -> ((RuleJudging, HouseholdID?), terms: [String: String]) {
    var judging = judging
    let outcome = try judging.judge(ids, tx)
    try tx.execute(
      """
      UPDATE rule_runs SET households = households + \(ids.count),
        found = found + \(outcome.raised.found), changed = changed + \(outcome.raised.changed),
        reopened = reopened + \(outcome.raised.reopened), lapsed = lapsed + \(outcome.lapsed),
        unchanged = unchanged + \(outcome.raised.unchanged)
      WHERE id = \(id)
      """)
    try job.advance(to: job.progress.now.rows + ids.count, of: nil)
    var terms = ["lines": try UsedLine.json(UsedLine.all(judging.lines, after: earlier))]
    terms["after"] = (ids.last ?? after)?.description
    return ((judging, ids.count < RuleRunJob.batch ? nil : ids.last), terms)
  }

  private func end(_ lines: [UsedLine]) async throws {
    let text = try UsedLine.json(lines)
    _ = try await job.finish { [id] tx in
      try tx.execute(
        """
        UPDATE rule_runs SET state = 'done', lines = \(text)::jsonb, finished_at = now()
        WHERE id = \(id)
        """)
    }
  }
}

extension UsedLine {
  /// The lines that were met, after those that were met before the run was broken off.
  fileprivate static func all(
    _ lines: [AreaCode: EligibilityLines], after earlier: [UsedLine]
  ) -> [UsedLine] {
    let new = all(lines)
    let known = Set(new.map(\.county))
    return earlier.filter { !known.contains($0.county) } + new
  }

  fileprivate static func all(json: String?) throws -> [UsedLine] {
    try json.map { try JSONDecoder().decode([UsedLine].self, from: Data($0.utf8)) } ?? []
  }

  fileprivate static func json(_ lines: [UsedLine]) throws -> String {
    String(decoding: try JSONEncoder().encode(lines), as: UTF8.self)
  }
}
