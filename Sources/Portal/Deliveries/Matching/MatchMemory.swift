import Domain
import Foundation
import Ground
import Postgres
import Reviews

/// A candidate on whose row the bureau has decided before.
private struct KnownCandidate: RowDecodable {
  let id: DeliveryMatchID
  let row: DecidedRow
  let decision: MatchDecisionID
  let isAccepted: Bool

  init(_ row: Row) throws {
    id = try row("id")
    self.row = try DecidedRow(row)
    decision = try row("decision_id")
    isAccepted = try row("is_accepted")
  }
}

extension Transaction {
  /// Follows what was decided before on the same rows, so that nobody decides one twice.
  ///
  /// - Returns: how many rows were taken for somebody of the register.
  func followDecisions(of delivery: DeliveryHead, _ keys: KeyRing) throws -> Int {
    let known = try all(
      Query<KnownCandidate>(
        """
        SELECT m.id, m.line, m.person_id, m.household_id, m.area, m.values_sealed,
          d.id AS decision_id, d.decision = 'accepted' AS is_accepted
        FROM delivery_matches m
        JOIN match_decisions d ON d.area = \(delivery.area) AND d.row_hash = m.row_hash
          AND d.person_id = m.person_id AND d.revoked_at IS NULL
        WHERE m.delivery_id = \(delivery.id) AND m.state = 'open' ORDER BY m.line, m.id
        """))
    guard !known.isEmpty else { return 0 }
    var lines: Set<Int> = []
    let accepted = known.filter { $0.isAccepted && lines.insert($0.row.line).inserted }
    try insertRecords(
      try accepted.map { try $0.row.record(delivery.type, asOf: delivery.asOf, keys) },
      of: delivery.id)
    try execute(
      """
      UPDATE delivery_matches m
      SET state = CASE WHEN m.id = ANY(\(list: accepted.map(\.id))) THEN 'accepted' ELSE 'rejected' END,
        values_sealed = NULL, followed = d.id, decided_by_name = d.decided_by_name,
        decided_at = d.decided_at
      FROM unnest(\(list: known.map(\.id))::bigint[], \(list: known.map(\.decision))::bigint[])
        AS k (match, decision)
      JOIN match_decisions d ON d.id = k.decision
      WHERE m.id = k.match
      """)
    // A row is about one person, and so about none of the others who are called so.
    try execute(
      """
      UPDATE delivery_matches SET state = 'rejected', values_sealed = NULL
      WHERE delivery_id = \(delivery.id) AND state = 'open'
        AND line = ANY(\(list: Array(lines))::integer[])
      """)
    return accepted.count
  }

  /// The next delivery asks again: about the whole row, for whoever it was taken for and for whoever not.
  ///
  /// - Returns: whether it was in force.
  func revokeDecision(
    _ id: MatchDecisionID, followedBy delivery: DeliveryID, by name: String, at now: Date
  ) throws -> Bool {
    try execute(
      """
      UPDATE match_decisions d SET revoked_by_name = \(name), revoked_at = \(now)
      FROM match_decisions f
      WHERE f.id = \(id) AND d.area = f.area AND d.row_hash = f.row_hash AND d.revoked_at IS NULL
        AND EXISTS (
          SELECT FROM delivery_matches m WHERE m.delivery_id = \(delivery) AND m.followed = f.id)
      """) > 0
  }
}

/// What was decided before and followed in a delivery.
struct FollowedDecision: RowDecodable {
  /// So many are listed.
  static let shown = 200

  let id: MatchDecisionID
  let line: Int
  let isAccepted: Bool
  let name: String
  let household: HouseholdID
  let householdNumber: String
  let decidedByName: String
  let decidedAt: Date
  let isRevoked: Bool

  init(_ row: Row) throws {
    id = try row("id")
    line = try row("line")
    isAccepted = try row("is_accepted")
    name = try row("name")
    household = try row("household_id")
    householdNumber = try row("household_number")
    decidedByName = try row("decided_by_name")
    decidedAt = try row("decided_at")
    isRevoked = try row("is_revoked")
  }
}

func followedDecisions(of delivery: DeliveryID) -> Query<FollowedDecision> {
  Query(
    """
    SELECT d.id, m.line, m.state = 'accepted' AS is_accepted, p.name, m.household_id,
      h.number AS household_number, d.decided_by_name, d.decided_at,
      d.revoked_at IS NOT NULL AS is_revoked
    FROM delivery_matches m JOIN match_decisions d ON d.id = m.followed
    JOIN persons p ON p.id = m.person_id JOIN households h ON h.id = m.household_id
    WHERE m.delivery_id = \(delivery) AND m.followed IS NOT NULL
    ORDER BY m.line, m.id LIMIT \(constant: FollowedDecision.shown)
    """)
}
