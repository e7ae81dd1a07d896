import Domain
import Foundation
import Ground
import Postgres

/// Evidence older than this says little of how a home is used now.
private let patrolDays = 90

extension Transaction {
  /// Weighs anew what points to homes of a roster that are not used as they should be. The weights are those of
  /// ``RiskSignal``, and of no other place.
  ///
  /// Most homes have nothing that points to them, and are not looked at one by one.
  ///
  /// That an entry's risk has changed is no reason to refuse an assignment: its version stays.
  func weighRisks(of roster: VisitRosterID, at now: Date) throws {
    let signals = RiskSignal.allCases
    try execute(
      """
      WITH found AS MATERIALIZED (
        SELECT s.id, sum(w.weight)::smallint AS risk, array_agg(w.signal ORDER BY w.place) AS signals
        FROM (SELECT DISTINCT id, signal FROM (\(riskSignals(of: roster, at: now))) s) s
        JOIN unnest(\(list: signals)::text[], \(list: signals.map(\.weight))::integer[])
          WITH ORDINALITY AS w (signal, weight, place) ON w.signal = s.signal
        GROUP BY s.id),
      weighed AS (
        SELECT id, risk, signals FROM found
        UNION ALL
        SELECT r.id, 0::smallint, '{}'::text[] FROM roster_entries r
        WHERE r.roster_id = \(roster) AND r.risk > 0 AND r.state <> 'gone'
          AND NOT EXISTS (SELECT FROM found f WHERE f.id = r.id))
      UPDATE roster_entries r SET risk = n.risk, risk_signals = n.signals
      FROM weighed n
      WHERE r.id = n.id AND (r.risk <> n.risk OR r.risk_signals <> n.signals)
      """)
  }
}

/// What points to which home: an entry and a signal a row, perhaps more than once.
private func riskSignals(of roster: VisitRosterID, at now: Date) -> SQL {
  let entries: SQL = """
    (SELECT id, home_id, household_id, attempts FROM roster_entries
     WHERE roster_id = \(roster) AND state <> 'gone') r
    """
  let since = now.addingTimeInterval(-Double(patrolDays) * 86_400)
  let suspicious = PatrolSignal.allCases.filter(\.isSuspicious)
  return """
    SELECT r.id, \(RiskSignal.watched)::text AS signal
    FROM \(entries) JOIN home_watches w ON w.home_id = r.home_id AND w.ended_at IS NULL
    UNION ALL
    SELECT r.id, CASE f.rule WHEN 'R5' THEN \(RiskSignal.occupant)::text
      WHEN 'R6' THEN \(RiskSignal.unused)::text ELSE \(RiskSignal.finding)::text END
    FROM \(entries) JOIN findings f ON f.household_id = r.household_id AND f.state = 'open'
    UNION ALL
    SELECT r.id, CASE k.check_type WHEN 'utilities' THEN \(RiskSignal.unused)::text
      ELSE \(RiskSignal.vehicles)::text END
    FROM \(entries) JOIN checks k ON k.household_id = r.household_id
      AND k.check_type IN ('utilities', 'vehicles') AND k.result = 'hit'
    WHERE NOT EXISTS (\(laterAnswers))
    UNION ALL
    SELECT r.id, \(RiskSignal.complaint)::text
    FROM \(entries)
    JOIN complaint_households c ON c.household_id = r.household_id AND c.removed_at IS NULL
    JOIN complaints p ON p.id = c.complaint_id AND p.state <> 'not_accepted'
      AND p.kind IN ('sublet', 'lent', 'vacant')
    UNION ALL
    SELECT r.id, \(RiskSignal.patrol)::text
    FROM \(entries) JOIN patrols p ON p.home_id = r.home_id AND p.observed_at >= \(since)
      AND p.signal = ANY(\(list: suspicious))
    UNION ALL
    SELECT r.id, \(RiskSignal.absent)::text FROM \(entries) WHERE r.attempts > 0
    """
}

/// Those that stand in place of an answer `k`: in the same round the later one, else that for a later day.
private let laterAnswers: SQL = """
  SELECT FROM checks o
  WHERE o.household_id = k.household_id AND o.check_type = k.check_type AND (
    o.round_id = k.round_id AND o.sequence > k.sequence
    OR o.round_id IS DISTINCT FROM k.round_id AND (o.as_of, o.id) > (k.as_of, k.id)
      AND NOT EXISTS (
        SELECT FROM checks n
        WHERE n.household_id = o.household_id AND n.check_type = o.check_type
          AND n.round_id = o.round_id AND n.sequence > o.sequence))
  """
