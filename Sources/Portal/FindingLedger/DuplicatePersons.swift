package import Domain
package import Foundation
package import Postgres

/// Persons whose ID number, household or presence has changed: a few, or all that an import added.
package enum ChangedPersons: Sendable {
  case ids([PersonID])
  case range(first: PersonID, last: PersonID)

  /// The condition on `persons p`.
  fileprivate var condition: SQL {
    switch self {
    case .ids(let ids): "p.id = ANY(\(list: ids))"
    case .range(let first, let last): "p.id BETWEEN \(first) AND \(last)"
    }
  }
}

extension Transaction {
  /// Makes the findings R8 that say "this person stands in another household too", one in each of
  /// the two households for each pair. A pair that somebody has dismissed stays dismissed; one that
  /// had lapsed is open again.
  ///
  /// - Returns: how many findings are new or open again.
  @discardableResult
  package func recordDuplicatePersons(_ persons: ChangedPersons, at now: Date) throws -> Int {
    try execute(
      """
      WITH raised AS (
        INSERT INTO findings AS f (area, household_id, rule, subject, found_at, evidence)
        SELECT side.area, side.household_id, 'R8',
          'person:' || side.person || ':' || side.other_person, \(now),
          jsonb_build_object('person', side.person, 'other_person', side.other_person,
            'other_household', side.other_household)
        FROM persons p
        JOIN persons q ON q.id_number_index = p.id_number_index AND q.household_id <> p.household_id
        CROSS JOIN LATERAL (VALUES
          (p.area::text, p.household_id, p.id, q.id, q.household_id),
          (q.area::text, q.household_id, q.id, p.id, p.household_id))
          AS side (area, household_id, person, other_person, other_household)
        WHERE \(persons.condition) AND p.left_on IS NULL AND q.left_on IS NULL
        GROUP BY side.area, side.household_id, side.person, side.other_person, side.other_household
        ON CONFLICT (household_id, rule, subject) DO UPDATE
        SET state = 'open', found_at = EXCLUDED.found_at, evidence = EXCLUDED.evidence,
          version = f.version + 1
        WHERE f.state = 'lapsed'
        RETURNING f.id, f.area, f.version)
      INSERT INTO finding_events (area, finding_id, at, account_name, action)
      SELECT area, id, \(now), \(portalName), CASE version WHEN 1 THEN 'found' ELSE 'reopened' END
      FROM raised ORDER BY id
      """)
  }

  /// Lets the findings R8 of these persons, and their counterparts in the other households, lapse where
  /// the two are no longer one person in two households: somebody left, or a number was corrected.
  ///
  /// - Returns: how many findings have lapsed.
  @discardableResult
  func lapseResolvedDuplicates(_ persons: ChangedPersons, at now: Date) throws -> Int {
    try execute(
      """
      WITH own AS MATERIALIZED (
        SELECT DISTINCT p.household_id FROM persons p WHERE \(persons.condition)),
      concerned AS MATERIALIZED (
        SELECT household_id FROM own
        UNION
        SELECT (f.evidence ->> 'other_household')::bigint FROM findings f
        WHERE f.household_id IN (SELECT household_id FROM own) AND f.rule = 'R8'
          AND f.state = 'open' AND f.evidence ? 'other_household'),
      gone AS (
        UPDATE findings f
        SET state = 'lapsed', version = version + 1,
          evidence = evidence
            || jsonb_build_object('resolved_on', \(ShanghaiTime.day(of: now))::date)
        WHERE f.household_id IN (SELECT household_id FROM concerned) AND f.rule = 'R8'
          AND f.state = 'open' AND f.subject ^@ 'person:' AND NOT EXISTS (
            SELECT FROM persons p JOIN persons q ON q.id_number_index = p.id_number_index
            WHERE p.id = (f.evidence ->> 'person')::bigint
              AND q.id = (f.evidence ->> 'other_person')::bigint
              AND p.left_on IS NULL AND q.left_on IS NULL)
        RETURNING f.id, f.area)
      INSERT INTO finding_events (area, finding_id, at, account_name, action)
      SELECT area, id, \(now), \(portalName), 'lapsed' FROM gone ORDER BY id
      """)
  }

  /// Brings the findings R8 in line after an edit.
  ///
  /// - Returns: how many findings are new or open again, for a warning.
  @discardableResult
  package func recheckDuplicatePersons(_ ids: [PersonID], at now: Date) throws -> Int {
    try lapseResolvedDuplicates(.ids(ids), at: now)
    return try recordDuplicatePersons(.ids(ids), at: now)
  }
}

/// Who a history names for what the portal does by itself.
let portalName = "系统"
