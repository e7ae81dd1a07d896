package import Domain
package import Foundation
import HTML
import Pages
package import Postgres

/// A case with its home, household and campaign.
struct CaseDetail: RowDecodable {
  let line: CaseLine
  let household: HouseholdID
  let home: HomeID
  let estate: EstateID
  let campaign: CampaignID
  let campaignTitle: String
  let township: String
  let openedOn: Day
  let clearedOn: Day?
  let floorArea: String
  let homeState: HomeState
  let householdNumber: String
  let category: HouseholdCategory

  init(_ row: Row) throws {
    line = try CaseLine(row)
    household = try row("household_id")
    home = try row("home_id")
    estate = try row("estate_id")
    campaign = try row("campaign_id")
    campaignTitle = try row("campaign")
    township = try row("township")
    openedOn = try row("opened_on")
    clearedOn = try row("cleared_on")
    floorArea = try row("floor_area")
    homeState = try row("home_state")
    householdNumber = try row("household_number")
    category = try row("category")
  }
}

func caseDetail(_ id: CaseID) -> Query<CaseDetail> {
  Query(
    """
    SELECT c.id, c.number, c.nature, c.state, c.state_since, c.due_on, c.version, c.in_hardship,
      c.planned_on, (SELECT x.display_name FROM accounts x WHERE x.id = c.assigned_to) AS assignee,
      e.name AS estate, h.building, h.unit, h.room, f.applicant, c.household_id, c.home_id, c.estate_id,
      c.campaign_id, g.title AS campaign, a.name AS township, c.opened_on, c.cleared_on,
      h.floor_area::text AS floor_area, h.state AS home_state, f.number AS household_number,
      f.category
    FROM cases c
    JOIN estates e ON e.id = c.estate_id
    JOIN areas a ON a.code = e.area
    JOIN homes h ON h.id = c.home_id
    JOIN households f ON f.id = c.household_id
    JOIN campaigns g ON g.id = c.campaign_id
    WHERE c.id = \(id)
    """)
}

/// A member of a household; what identifies them is still sealed.
struct HouseholdMember: RowDecodable {
  let name: String
  let relation: Relation
  let idNumberSealed: [UInt8]
  let phoneSealed: [UInt8]?

  init(_ row: Row) throws {
    name = try row("name")
    relation = try row("relation")
    idNumberSealed = try row("id_number_sealed")
    phoneSealed = try row("phone_sealed")
  }
}

func householdMembers(_ household: HouseholdID) -> Query<HouseholdMember> {
  Query(
    """
    SELECT name, relation, id_number_sealed, phone_sealed
    FROM persons WHERE household_id = \(household) AND left_on IS NULL
    ORDER BY relation <> 'applicant', relation <> 'spouse', id
    """)
}

/// The lease under which the household of a case lives, or lived, in its home.
struct CaseLease: RowDecodable {
  let contractNumber: String
  let startsOn: Day
  let endsOn: Day
  let endedOn: Day?
  let monthlyRent: String
  let deposit: String
  let state: LeaseState

  init(_ row: Row) throws {
    contractNumber = try row("contract_number")
    startsOn = try row("starts_on")
    endsOn = try row("ends_on")
    endedOn = try row("ended_on")
    monthlyRent = try row("monthly_rent")
    deposit = try row("deposit")
    state = try row("state")
  }
}

func caseLease(household: HouseholdID, home: HomeID) -> Query<CaseLease> {
  Query(
    """
    SELECT contract_number, starts_on, ends_on, ended_on, monthly_rent::text AS monthly_rent,
      deposit::text AS deposit, state
    FROM leases WHERE household_id = \(household) AND home_id = \(home)
    ORDER BY starts_on DESC, id DESC LIMIT 1
    """)
}

/// A bureau's answer about a household.
struct CheckLine: RowDecodable {
  let type: CheckType
  let result: CheckResult
  let asOf: Day?
  let answeredOn: Day?

  init(_ row: Row) throws {
    type = try row("check_type")
    result = try row("result")
    asOf = try row("as_of")
    answeredOn = try row("answered_on")
  }
}

/// The answers of the campaign's review that are in force, one of each check.
func householdChecks(_ household: HouseholdID, in campaign: CampaignID) -> Query<CheckLine> {
  Query(
    """
    SELECT DISTINCT ON (k.check_type) k.check_type, k.result, k.as_of, k.answered_on
    FROM checks k JOIN review_rounds r ON r.id = k.round_id
    WHERE k.household_id = \(household) AND r.campaign_id = \(campaign)
    ORDER BY k.check_type, r.opened_on DESC, r.id DESC, k.sequence DESC
    """)
}

/// Something that happened to a case.
package struct CaseEventLine: RowDecodable {
  package let at: Date
  package let accountName: String
  let action: String
  let from: CaseState?
  package let to: CaseState
  package let note: String?

  package init(_ row: Row) throws {
    at = try row("at")
    accountName = try row("account_name")
    action = try row("action")
    from = try row("from_state")
    to = try row("to_state")
    note = try row("note")
  }

  /// That it was opened.
  static let open = "open"
  /// A finding became part of a case that was there.
  static let addFindings = "add_findings"
  /// A complaint stands behind a case that was there.
  static let addComplaint = "add_complaint"
  /// A case went on in the next campaign.
  static let carryOver = "carry_over"

  /// The words for what was done; what the workflow does not know stands as the new state.
  package var title: String {
    switch action {
    case Self.open: "列入清单"
    case Self.addFindings: "并入疑点"
    case Self.addComplaint: "并入投诉举报"
    case Self.carryOver: "转入下一次行动"
    default:
      CaseAction(rawValue: action)?.title ?? CaseNote(rawValue: action)?.title ?? to.title
    }
  }

  /// As the history shows it.
  var shown: TimelineEvent {
    TimelineEvent(
      time: ShanghaiTime.dateTimeText(at), title: title, actor: accountName,
      detail: """
        \(if: from != to, "<p>\(ifLet: from, { "\($0.title) → " })\(to.title)</p>")\
        \(ifLet: note, { "<p>\($0)</p>" })
        """, kind: to.tagKind)
  }
}
