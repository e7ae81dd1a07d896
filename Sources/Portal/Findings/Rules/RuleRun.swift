package import Domain
package import Foundation
package import Ground
import Pages
package import Postgres

/// Where a run of the rules stands.
enum RuleRunState: String, CaseIterable, Sendable, PostgresEncodable, PostgresDecodable {
  case waiting, running, done, failed

  var title: String {
    switch self {
    case .waiting: "排队"
    case .running: "正在运行"
    case .done: "已完成"
    case .failed: "未完成"
    }
  }

  var isBusy: Bool { self == .waiting || self == .running }
}

/// Which households a run looks at.
package enum RuleRunScope: Hashable, Sendable {
  /// The frame of a round.
  case round(ReviewRoundID)
  /// Those that a delivery answered.
  case delivery(DeliveryID)
  /// All of the area.
  case area
}

/// A line that a run used.
struct UsedLine: Codable, Hashable, Sendable {
  let county: String
  let year: Int
  let kind: String
  let amount: String
  let document: String

  static func all(_ lines: [AreaCode: EligibilityLines]) -> [UsedLine] {
    lines.sorted { $0.key < $1.key }.flatMap { county, lines in
      ThresholdKind.allCases.compactMap { kind in
        lines[kind].map { line in
          UsedLine(
            county: county.rawValue, year: lines.year ?? 0, kind: kind.rawValue,
            amount: line.amount.text, document: line.document)
        }
      }
    }
  }
}

/// A run of the rules.
struct RuleRunRecord: RowDecodable {
  let id: RuleRunID
  let area: AreaCode
  let areaName: String
  let scope: RuleRunScope
  /// The title of the round, or what was delivered.
  let roundTitle: String?
  let checkType: CheckType?
  let year: Int
  let at: Date
  let account: AccountID
  let accountName: String
  let state: RuleRunState
  let households: Int
  let householdsExpected: Int?
  let found: Int
  let changed: Int
  let reopened: Int
  let lapsed: Int
  let unchanged: Int
  /// Nil until it has ended.
  let lines: [UsedLine]?
  let message: String?
  let finishedAt: Date?

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    areaName = try row("area_name")
    let round = try row("round_id", as: ReviewRoundID?.self)
    let delivery = try row("delivery_id", as: DeliveryID?.self)
    scope = round.map { .round($0) } ?? delivery.map { .delivery($0) } ?? .area
    roundTitle = try row("round_title")
    checkType = try row("check_type")
    year = try row("year")
    at = try row("at")
    account = try row("account_id")
    accountName = try row("account_name")
    state = try row("state")
    households = try row("households")
    householdsExpected = try row("households_expected")
    found = try row("found")
    changed = try row("changed")
    reopened = try row("reopened")
    lapsed = try row("lapsed")
    unchanged = try row("unchanged")
    lines = try row("lines", as: String?.self).map {
      try JSONDecoder().decode([UsedLine].self, from: Data($0.utf8))
    }
    message = try row("message")
    finishedAt = try row("finished_at")
  }

  /// What it was run over, in words.
  var scopeText: String {
    switch scope {
    case .round: roundTitle ?? "资格复核"
    case .delivery: "报送：\(checkType?.title ?? "")"
    case .area: "\(areaName)全部家庭"
    }
  }
}

/// - Parameter runs: `rule_runs u` with whatever else is asked of them.
func ruleRunSQL(_ runs: SQL) -> SQL {
  """
  SELECT u.id, u.area, a.name AS area_name, u.round_id, u.delivery_id, r.title AS round_title,
    d.check_type, u.year, u.at, u.account_id, u.account_name, u.state, u.households,
    u.households_expected, u.found, u.changed, u.reopened, u.lapsed, u.unchanged, u.lines::text,
    u.message, u.finished_at
  FROM (SELECT u.* FROM \(runs)) u
  JOIN areas a ON a.code = u.area
  LEFT JOIN review_rounds r ON r.id = u.round_id
  LEFT JOIN deliveries d ON d.id = u.delivery_id
  """
}

func ruleRun(_ id: RuleRunID) -> Query<RuleRunRecord> {
  Query(ruleRunSQL("rule_runs u WHERE u.id = \(id)"))
}

/// A run by somebody that has not ended yet, of this area.
func busyRuleRun(in area: AreaCode) -> Query<RuleRunID> {
  Query(
    """
    SELECT id FROM rule_runs
    WHERE area = \(area) AND delivery_id IS NULL AND state IN ('waiting', 'running')
    ORDER BY id LIMIT 1
    """)
}

extension Transaction {
  /// Enters a run, or finds the one that waits or goes on: two who start at once get one run.
  func enterOnlyRuleRun(
    over scope: RuleRunScope, by origin: AuditOrigin, _ actor: Principal, at now: Date
  ) throws -> (id: RuleRunID, isNew: Bool) {
    try execute("LOCK TABLE rule_runs IN SHARE ROW EXCLUSIVE MODE")
    if let busy = try first(busyRuleRun(in: actor.area)) { return (busy, false) }
    return (try enterRuleRun(over: scope, by: origin, actor, at: now), true)
  }

  /// Enters a run that waits to be taken up.
  ///
  /// - Parameters:
  ///   - home: the program that alone does it; nil for any portal.
  ///   - lane: nil for that of the runs that somebody starts.
  package func enterRuleRun(
    over scope: RuleRunScope, home: String? = nil, lane: String? = nil, by origin: AuditOrigin,
    _ actor: Principal, at now: Date
  ) throws -> RuleRunID {
    var round: ReviewRoundID?
    var delivery: DeliveryID?
    switch scope {
    case .round(let id): round = id
    case .delivery(let id): delivery = id
    case .area: break
    }
    let id = try one(
      Query<RuleRunID>(
        """
        INSERT INTO rule_runs (area, round_id, delivery_id, year, at, account_id, account_name, state)
        VALUES (\(actor.area), \(optional: round), \(optional: delivery),
          \(ShanghaiTime.day(of: now).year), \(now), \(actor.accountID), \(actor.displayName),
          'waiting')
        RETURNING id
        """))
    try audit(
      AuditEvent(
        action: .runRules, entity: "rule_runs", entityID: id.description,
        after: [
          "round": round?.description ?? "", "delivery": delivery?.description ?? "",
          "area": actor.area.rawValue,
        ].filter { !$0.value.isEmpty }), by: origin)
    let job = NewJob(
      RuleRunJob.self, of: id, lane: lane ?? "\(RuleRunJob.lane)-\(actor.area)", home: home)
    try enter(job, as: actor, in: actor.area)
    return id
  }
}
