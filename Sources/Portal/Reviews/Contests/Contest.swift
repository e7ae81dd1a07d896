package import Domain
package import Foundation
package import Ground
package import Postgres

/// A household's contest of what a bureau found.
package struct Contest: RowDecodable {
  package let id: ContestID
  package let area: AreaCode
  package let household: HouseholdID
  package let householdNumber: String
  package let check: CheckID
  package let type: CheckType
  package let delivery: DeliveryID
  /// The member who says it, not yet masked; nil where somebody says it for them.
  let personName: String?
  let relation: Relation?
  package let saidOn: Day
  private let statementSealed: [UInt8]
  let recordedBy: AccountID
  package let recordedByName: String
  package let recordedAt: Date
  /// Nil while it waits.
  package let outcome: ContestOutcome?
  package let reason: String?
  package let decidedByName: String?
  package let decidedAt: Date?

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    household = try row("household_id")
    householdNumber = try row("household_number")
    check = try row("check_id")
    type = try row("check_type")
    delivery = try row("delivery_id")
    personName = try row("person_name")
    relation = try row("relation")
    saidOn = try row("said_on")
    statementSealed = try row("statement_sealed")
    recordedBy = try row("recorded_by")
    recordedByName = try row("recorded_by_name")
    recordedAt = try row("recorded_at")
    outcome = try row("outcome")
    reason = try row("reason")
    decidedByName = try row("decided_by_name")
    decidedAt = try row("decided_at")
  }

  package var isOpen: Bool { outcome == nil }
  package var stateTitle: String { outcome?.title ?? "等待决定" }

  /// Who says it, masked.
  package var saidBy: String {
    guard let personName, let relation else { return "他人代为提出" }
    return "\(Masking.maskedName(personName))（\(relation.title)）"
  }

  package func statement(_ keys: KeyRing) -> String {
    (try? keys.openText(statementSealed, for: .contestStatement, of: household)) ?? "（无法显示）"
  }

  /// Whether somebody may decide on it: the bureau that answered, or the lead, but not who recorded it.
  func mayDecide(_ principal: Principal) -> Bool {
    isOpen && recordedBy != principal.accountID && isTheirs(principal)
  }

  func isTheirs(_ principal: Principal) -> Bool {
    principal.may(.answerChecks) && principal.area.contains(area)
      && (principal.role.bureau == type.bureau || principal.role == .housingLead)
  }
}

/// - Parameter rest: of `contests c`: conditions, order and limit.
func contestSQL(_ rest: SQL) -> SQL {
  """
  SELECT c.id, c.area, c.household_id, h.number AS household_number, c.check_id, c.check_type,
    c.delivery_id, p.name AS person_name, p.relation, c.said_on, c.statement_sealed, c.recorded_by,
    c.recorded_by_name, c.recorded_at, c.outcome, c.reason, c.decided_by_name, c.decided_at
  FROM (SELECT c.* FROM \(rest)) c
  JOIN households h ON h.id = c.household_id
  LEFT JOIN persons p ON p.id = c.person_id
  """
}

func contest(_ id: ContestID) -> Query<Contest> {
  Query(contestSQL("contests c WHERE c.id = \(id)"))
}

/// Of a household, the newest first.
package func contests(of household: HouseholdID) -> Query<Contest> {
  Query("\(contestSQL("contests c WHERE c.household_id = \(household)")) ORDER BY c.id DESC")
}

/// The numbers of the households whose contest of an answer is open on which one of these findings rests.
package func contestedHouseholds(_ findings: [FindingID]) -> Query<String> {
  Query(
    """
    SELECT DISTINCT h.number FROM findings f
    JOIN contests c ON c.household_id = f.household_id AND c.outcome IS NULL
      AND c.check_type::text = ANY (string_to_array(f.evidence ->> 'checks', ','))
    JOIN households h ON h.id = f.household_id
    WHERE f.id = ANY(\(list: findings)) ORDER BY 1
    """)
}
