import Cases
import Domain
import Findings
import Foundation
import Ground
import Postgres
import Register

/// A finding about a household, with the other household where one person stands in two.
struct DossierFinding: Sendable {
  let id: FindingID
  let rule: FindingRule
  let state: FindingState
  let foundAt: Date
  let resolvedOn: Day?
  /// Nil also when the other household lies outside what the reader may see.
  let otherHousehold: HouseholdID?
  /// What it says, people masked.
  let text: String

  init(_ row: Row, keys: KeyRing) throws {
    id = try row("id")
    rule = try row("rule")
    state = try row("state")
    foundAt = try row("found_at")
    resolvedOn = try row("resolved_on")
    otherHousehold = try row("other_household")
    text = try SealedWords(row).text(keys)
  }
}

/// Open ones first.
func findings(of household: HouseholdID, keys: KeyRing) -> Query<DossierFinding> {
  Query(
    """
    SELECT f.id, f.state, f.found_at, (f.evidence ->> 'resolved_on')::date AS resolved_on,
      th.id AS other_household, \(SealedWords.columns)
    FROM \(SealedWords.source("findings f WHERE f.household_id = \(household)"))
    \(SealedWords.joins)
    ORDER BY f.state <> 'open', f.found_at DESC, f.id DESC
    """
  ) { row in try DossierFinding(row, keys: keys) }
}

/// A case of a household.
struct DossierCase: RowDecodable {
  let id: CaseID
  let number: String
  let nature: ExitNature
  let state: CaseState
  let openedOn: Day
  let dueOn: Day

  init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    nature = try row("nature")
    state = try row("state")
    openedOn = try row("opened_on")
    dueOn = try row("due_on")
  }
}

func cases(of household: HouseholdID) -> Query<DossierCase> {
  Query(
    """
    SELECT id, number, nature, state, opened_on, due_on FROM cases
    WHERE household_id = \(household) ORDER BY id DESC
    """)
}

/// A step of one of the household's cases.
struct DossierCaseEvent: RowDecodable {
  let number: String
  let event: CaseEventLine

  init(_ row: Row) throws {
    number = try row("number")
    event = try CaseEventLine(row)
  }
}

func caseEvents(of household: HouseholdID) -> Query<DossierCaseEvent> {
  Query(
    """
    SELECT c.number, e.at, e.account_name, e.action, e.from_state, e.to_state, e.note
    FROM cases c JOIN case_events e ON e.case_id = c.id
    WHERE c.household_id = \(household) ORDER BY e.id DESC
    """)
}

/// A complaint whose address names the household's home.
struct DossierComplaint: RowDecodable {
  let id: ComplaintID
  let number: String
  let kind: ComplaintKind
  let state: ComplaintState
  let receivedAt: Date

  init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    kind = try row("kind")
    state = try row("state")
    receivedAt = try row("received_at")
  }
}

/// Complaints about the estate of a lease whose words name building and room. They may be about this
/// home; whether they are, people judge.
func complaints(naming lease: LeaseDetail) -> Query<DossierComplaint> {
  Query(
    """
    SELECT id, number, kind, state, received_at FROM complaints
    WHERE estate_id = \(lease.estate) AND kind <> 'misconduct' AND received_at >= \(lease.startsOn)
      AND strpos(coalesce(address, '') || ' ' || description, \(lease.room)) > 0
      AND strpos(coalesce(address, '') || ' ' || description, \(lease.building)) > 0
    ORDER BY received_at DESC LIMIT \(constant: 20)
    """)
}
