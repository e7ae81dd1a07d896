import Domain
import Foundation
import Postgres

/// Persons whose ID number, household or presence has changed: a few, or all that an import added.
enum ChangedPersons: Sendable {
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
  /// the portal itself had closed is open again.
  ///
  /// - Returns: how many findings are new or open again.
  @discardableResult
  func recordDuplicatePersons(_ persons: ChangedPersons, at now: Date) throws -> Int {
    try execute(
      """
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
      WHERE f.state = 'dismissed' AND f.evidence ? 'resolved_on'
      """)
  }

  /// Closes the findings R8 of these persons, and their counterparts in the other households, where
  /// the two are no longer one person in two households: somebody left, or a number was corrected.
  ///
  /// - Returns: how many findings were closed.
  @discardableResult
  func closeResolvedDuplicates(_ persons: ChangedPersons, on day: Day) throws -> Int {
    try execute(
      """
      WITH own AS MATERIALIZED (
        SELECT DISTINCT p.household_id FROM persons p WHERE \(persons.condition)),
      concerned AS MATERIALIZED (
        SELECT household_id FROM own
        UNION
        SELECT (f.evidence ->> 'other_household')::bigint FROM findings f
        WHERE f.household_id IN (SELECT household_id FROM own) AND f.rule = 'R8'
          AND f.state = 'open' AND f.evidence ? 'other_household')
      UPDATE findings f
      SET state = 'dismissed', version = version + 1,
        evidence = evidence || jsonb_build_object('resolved_on', \(day)::date)
      WHERE f.household_id IN (SELECT household_id FROM concerned) AND f.rule = 'R8'
        AND f.state = 'open' AND f.subject ^@ 'person:' AND NOT EXISTS (
          SELECT FROM persons p JOIN persons q ON q.id_number_index = p.id_number_index
          WHERE p.id = (f.evidence ->> 'person')::bigint
            AND q.id = (f.evidence ->> 'other_person')::bigint
            AND p.left_on IS NULL AND q.left_on IS NULL)
      """)
  }

  /// Brings the findings R8 in line after an edit.
  ///
  /// - Returns: how many findings are new or open again, for a warning.
  @discardableResult
  func recheckDuplicatePersons(_ ids: [PersonID], at now: Date) throws -> Int {
    try closeResolvedDuplicates(.ids(ids), on: ShanghaiTime.day(of: now))
    return try recordDuplicatePersons(.ids(ids), at: now)
  }
}
