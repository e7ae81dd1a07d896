import Domain
import FindingLedger
import Ground
import Pages
import Postgres

/// What is to become of the findings of hits that are let go on.
enum HitFindings: String, CaseIterable, Sendable {
  case dismiss
  case keep

  var title: String {
    switch self {
    case .dismiss: "随放行一起排除（原因相同）"
    case .keep: "保留疑点，另行处理"
    }
  }
}

/// Hits that somebody lets go on together.
struct HitRelease: Sendable {
  /// The most at once.
  static let most = 20_000

  let hits: [SeenVersion<CounterCheckID>]
  let reason: String
  let findings: HitFindings
}

/// What became of hits and their findings.
struct ReleasedHits: Sendable {
  let references: [String]
  /// Those that others were faster with.
  let overtaken: Int
  var settled = 0
  /// How many findings stay, by the reason why.
  var kept: [String: Int] = [:]

  var text: String {
    let hits =
      references.count == 1 ? references[0] : " \(grouped(references.count)) 条"
    let settled = settled == 0 ? "" : "同时排除 \(grouped(settled)) 个疑点。"
    let kept = kept.sorted { $0.key < $1.key }.map { why, count in
      "\(grouped(count)) 个疑点没有排除：\(why)。"
    }
    let left =
      overtaken == 0 ? "" : "\(grouped(overtaken)) 条在您打开页面以后已被别人处理，没有再放行。"
    return "已放行\(hits)，窗口马上能看到。\(settled)\(kept.joined())\(left)"
  }
}

/// A hit that was let go on just now.
private struct ReleasedHit: RowDecodable {
  let id: CounterCheckID
  let reference: String
  let finding: FindingID?

  init(_ row: Row) throws {
    id = try row("id")
    reference = try row("reference")
    finding = try row("finding_id")
  }
}

/// The finding of a hit as it stands, and whether the counter waits for the same person elsewhere.
private struct HitFinding: RowDecodable {
  let id: FindingID
  let state: FindingState
  let version: Int
  let isAwaited: Bool

  init(_ row: Row) throws {
    id = try row("id")
    state = try row("state")
    version = try row("version")
    isAwaited = try row("is_awaited")
  }

  /// Why it is not dismissed with the release; nil when it is.
  func reasonToStay(_ wanted: HitFindings) -> String? {
    switch state {
    case .confirmed: "已转为问题，按问题办理"
    case .dismissed, .lapsed: "此前已经排除或不再成立"
    case .open where isAwaited: "同一人还有窗口查询等待放行"
    case .open: wanted == .keep ? "按您的选择保留，请在疑点中处理" : nil
    }
  }
}

extension Transaction {
  /// Lets protected tenants' filings go on, those that are as they were seen. The clerk sees the reason; their
  /// findings keep it, and are dismissed in the same step unless something stands against that.
  ///
  /// - Throws: ``CounterRefusal/overtaken`` when none is as it was.
  func release(_ release: HitRelease, by actor: CounterActor) throws -> ReleasedHits {
    let released = try all(Query<ReleasedHit>(releasing(release, by: actor)))
    guard !released.isEmpty else { throw CounterRefusal.overtaken }
    for hit in released {
      try audit(
        AuditEvent(
          action: .releaseCounter, entity: "counter_checks", entityID: hit.id.description,
          before: ["state": CounterState.waiting.rawValue],
          after: [
            "state": CounterState.released.rawValue, "reference": hit.reference,
            "reason": release.reason,
          ]), by: actor.origin)
    }
    var result = ReleasedHits(
      references: released.map(\.reference), overtaken: release.hits.count - released.count)
    try settle(Array(Set(released.compactMap(\.finding))).sorted(), release, actor, &result)
    return result
  }

  private func releasing(_ release: HitRelease, by actor: CounterActor) -> SQL {
    """
    UPDATE counter_checks c SET released_at = \(actor.now),
      released_by = \(actor.principal.accountID),
      released_by_name = \(actor.principal.displayName), release_reason = \(release.reason),
      version = c.version + 1
    FROM unnest(\(list: release.hits.map(\.id))::bigint[],
      \(list: release.hits.map(\.version))::integer[]) AS s (id, version)
    WHERE c.id = s.id AND c.version = s.version AND c.result = 'protected'
      AND c.released_at IS NULL
    RETURNING c.id, c.reference, c.finding_id
    """
  }

  private func settle(
    _ ids: [FindingID], _ release: HitRelease, _ actor: CounterActor,
    _ result: inout ReleasedHits
  ) throws {
    guard !ids.isEmpty else { return }
    let name = actor.principal.displayName
    try writeRelease(of: ids, reason: release.reason, by: name, at: actor.now)
    let findings = try all(hitFindings(ids))
    for why in findings.compactMap({ $0.reasonToStay(release.findings) }) {
      result.kept[why, default: 0] += 1
    }
    let settled = findings.filter { $0.reasonToStay(release.findings) == nil }
    guard let first = settled.first else { return }
    let event = AuditEvent(
      action: .settleHits, entity: "findings", entityID: first.id.description,
      after: [
        "findings": idList(settled.map(\.id)), "reason": release.reason,
      ])
    try decide(
      settled.map { SeenVersion($0.id, version: $0.version) }, .dismissed,
      reason: release.reason, audit: event,
      by: ActingPerson(actor.principal, actor.origin, at: actor.now))
    result.settled = settled.count
  }
}

private func hitFindings(_ ids: [FindingID]) -> Query<HitFinding> {
  Query(
    """
    SELECT f.id, f.state, f.version, EXISTS (
        SELECT FROM counter_checks c WHERE c.finding_id = f.id AND c.result = 'protected'
          AND c.released_at IS NULL) AS is_awaited
    FROM findings f WHERE f.id = ANY(\(list: ids)) ORDER BY f.id FOR NO KEY UPDATE OF f
    """)
}
