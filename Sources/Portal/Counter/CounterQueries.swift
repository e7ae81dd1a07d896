package import Domain
package import Foundation
import Pages
package import Postgres

/// A question at the counter as lists and pages show it. Whom it was about is known of protected tenants
/// alone.
package struct CounterLine: RowDecodable {
  let id: CounterCheckID
  package let reference: String
  package let askedAt: Date
  let accountName: String
  /// Of a system that asked, what it is called.
  let system: String?
  package let purpose: CounterPurpose
  package let state: CounterState
  let household: HouseholdID?
  let householdNumber: String?
  private let personName: String?
  package let nameMatches: Bool?
  let finding: FindingID?
  package let releasedAt: Date?
  let releasedByName: String?
  package let releaseReason: String?
  package let filingNumber: String?
  let filedAt: Date?
  let version: Int

  package init(_ row: Row) throws {
    id = try row("id")
    reference = try row("reference")
    askedAt = try row("asked_at")
    accountName = try row("account_name")
    system = try row("system")
    purpose = try row("purpose")
    household = try row("household_id")
    householdNumber = try row("household_number")
    personName = try row("person_name")
    nameMatches = try row("name_matches")
    finding = try row("finding_id")
    releasedAt = try row("released_at")
    releasedByName = try row("released_by_name")
    releaseReason = try row("release_reason")
    filingNumber = try row("filing_number")
    filedAt = try row("filed_at")
    version = try row("version")
    state = household == nil ? .clear : releasedAt == nil ? .waiting : .released
  }

  var maskedName: String? { personName.map { Masking.maskedName($0) } }
  var asker: String { system.map { "\($0)（\(accountName)）" } ?? accountName }
}

/// - Parameter checks: `counter_checks c`, or what stands for it.
private func counterSQL(_ checks: SQL, _ rest: SQL) -> SQL {
  """
  SELECT c.id, c.reference, c.asked_at, c.account_name, c.system, c.purpose, c.household_id,
    h.number AS household_number, p.name AS person_name, c.name_matches, c.finding_id,
    c.released_at, c.released_by_name, c.release_reason, c.filing_number, c.filed_at, c.version
  FROM \(checks) LEFT JOIN persons p ON p.id = c.person_id
  LEFT JOIN households h ON h.id = c.household_id \(rest)
  """
}

/// A part of a list of questions.
func counterSQL(_ part: ListPart) -> SQL {
  counterSQL("(SELECT c.* FROM \(part.rows)) c", "ORDER BY \(part.order)")
}

/// Hits that nobody has let go on yet, the newest first.
func waitingHits(_ condition: SQL, limit: Int) -> Query<CounterLine> {
  Query(
    counterSQL(
      """
      (SELECT c.* FROM counter_checks c
      WHERE c.result = 'protected' AND c.released_at IS NULL AND \(condition)
      ORDER BY c.id DESC LIMIT \(limit)) c
      """, "ORDER BY c.id DESC"))
}

func counterLine(_ id: CounterCheckID) -> Query<CounterLine> {
  Query(counterSQL("counter_checks c", "WHERE c.id = \(id)"))
}

/// By its reference number, among those that an account asked.
package func counterLine(reference: String, of account: AccountID) -> Query<CounterLine> {
  Query(
    counterSQL("counter_checks c", "WHERE c.reference = \(reference) AND c.account_id = \(account)")
  )
}
