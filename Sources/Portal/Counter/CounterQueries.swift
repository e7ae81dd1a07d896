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

private let counterColumns: SQL = """
  c.id, c.reference, c.asked_at, c.account_name, c.system, c.purpose, c.household_id,
  h.number AS household_number, p.name AS person_name, c.name_matches, c.finding_id, c.released_at,
  c.released_by_name, c.release_reason, c.filing_number, c.filed_at, c.version
  """

private let counterTables: SQL = """
  counter_checks c LEFT JOIN persons p ON p.id = c.person_id
  LEFT JOIN households h ON h.id = c.household_id
  """

/// What somebody asked, the newest first; one more than a page, or all.
func questions(
  of account: AccountID, before: CounterCheckID? = nil, limit: Int? = registerPageSize + 1
) -> Query<CounterLine> {
  Query(
    """
    SELECT \(counterColumns) FROM \(counterTables)
    WHERE c.account_id = \(account)
      AND (\(optional: before)::bigint IS NULL OR c.id < \(optional: before))
    ORDER BY c.id DESC \(limited(to: limit))
    """)
}

func counterLine(_ id: CounterCheckID) -> Query<CounterLine> {
  Query("SELECT \(counterColumns) FROM \(counterTables) WHERE c.id = \(id)")
}

/// By its reference number, among those that an account asked.
package func counterLine(reference: String, of account: AccountID) -> Query<CounterLine> {
  Query(
    """
    SELECT \(counterColumns) FROM \(counterTables)
    WHERE c.reference = \(reference) AND c.account_id = \(account)
    """)
}

/// Which hits a list shows.
package struct CounterHitFilter: Sendable {
  package enum State: String, CaseIterable, Sendable {
    case waiting, released
  }

  /// Those that wait when nothing else is said.
  var state: State? = .waiting
  var before: CounterCheckID?

  package init(state: State? = .waiting, before: CounterCheckID? = nil) {
    self.state = state
    self.before = before
  }

  fileprivate var conditions: SQL {
    switch state {
    case .waiting: "c.result = 'protected' AND c.released_at IS NULL"
    case .released: "c.result = 'protected' AND c.released_at IS NOT NULL"
    case nil: "c.result = 'protected'"
    }
  }
}

/// Questions about protected tenants, the newest first.
func counterHits(
  _ filter: CounterHitFilter, limit: Int? = registerPageSize + 1
) -> Query<CounterLine> {
  Query(
    """
    SELECT \(counterColumns) FROM \(counterTables)
    WHERE \(filter.conditions)
      AND (\(optional: filter.before)::bigint IS NULL OR c.id < \(optional: filter.before))
    ORDER BY c.id DESC \(limited(to: limit))
    """)
}

package func counterHitCount(_ filter: CounterHitFilter) -> Query<Int> {
  Query("SELECT count(*) FROM counter_checks c WHERE \(filter.conditions)")
}
