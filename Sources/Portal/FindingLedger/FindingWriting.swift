package import Domain
package import Foundation
package import Postgres

extension Transaction {
  /// Says in the history of findings that the filings they came from were let go on.
  package func writeRelease(
    of ids: [FindingID], reason: String, by name: String, at now: Date
  ) throws {
    try execute(
      """
      INSERT INTO finding_events (area, finding_id, at, account_name, action, note)
      SELECT area, id, \(now), \(name), 'released', \(reason) FROM findings
      WHERE id = ANY(\(list: ids)) ORDER BY id
      """)
  }

  /// The findings of a household that goes to another township go with it.
  package func moveFindings(of household: HouseholdID, to area: AreaCode) throws {
    try execute(
      "UPDATE findings SET area = \(area) WHERE household_id = \(household) AND area <> \(area)")
  }

  /// Takes the findings R8 about persons away that are about to be taken out of the register. What has
  /// become a case stays.
  package func deleteDuplicates(first: PersonID, last: PersonID) throws {
    try execute(
      """
      DELETE FROM findings f WHERE f.rule = 'R8' AND f.state <> 'confirmed'
        AND ((f.evidence ->> 'person')::bigint BETWEEN \(first) AND \(last)
          OR (f.evidence ->> 'other_person')::bigint BETWEEN \(first) AND \(last))
      """)
  }
}
