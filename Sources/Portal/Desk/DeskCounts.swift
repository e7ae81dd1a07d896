import Domain
import Foundation
import Postgres

/// How many wait, of everything that somebody may have to do.
struct DeskCounts: RowDecodable {
  let suspectedCases: Int
  let overdueCases: Int
  let waitingCases: Int
  let newComplaints: Int
  let openComplaints: Int
  let answeredByCitizen: Int
  let preparedReleases: Int
  /// Always zero but for inspectors: nobody else's login sees such a row.
  let misconductComplaints: Int

  init(_ row: Row) throws {
    suspectedCases = try row("suspected_cases")
    overdueCases = try row("overdue_cases")
    waitingCases = try row("waiting_cases")
    newComplaints = try row("new_complaints")
    openComplaints = try row("open_complaints")
    answeredByCitizen = try row("answered_by_citizen")
    preparedReleases = try row("prepared_releases")
    misconductComplaints = try row("misconduct_complaints")
  }
}

func deskCounts(today: Day) -> Query<DeskCounts> {
  Query(
    """
    SELECT c.suspected_cases, c.overdue_cases, c.waiting_cases, p.new_complaints,
      p.open_complaints, p.misconduct_complaints,
      (SELECT count(*) FROM releases WHERE state = 'prepared') AS prepared_releases,
      (SELECT count(*) FROM complaints q
        WHERE q.kind <> 'misconduct' AND q.state IN ('received', 'accepted') AND (
          SELECT m.author FROM complaint_messages m WHERE m.complaint_id = q.id
          ORDER BY m.id DESC LIMIT 1) = 'citizen') AS answered_by_citizen
    FROM (
      SELECT count(*) FILTER (WHERE state = 'suspected') AS suspected_cases,
        count(*) FILTER (WHERE due_on < \(today)) AS overdue_cases, count(*) AS waiting_cases
      FROM cases WHERE state = ANY(\(list: CaseState.waiting))) c,
    (
      SELECT count(*) FILTER (WHERE state = 'received' AND kind <> 'misconduct')
          AS new_complaints,
        count(*) FILTER (WHERE state IN ('received', 'accepted') AND kind <> 'misconduct')
          AS open_complaints,
        count(*) FILTER (WHERE kind = 'misconduct') AS misconduct_complaints
      FROM complaints) p
    """)
}

/// Complaints that wait for an answer, for their clocks.
let openComplaintTimes: Query<ComplaintTimes> = Query(
  """
  SELECT state, received_at, decided_at, finished_at FROM complaints
  WHERE state IN ('received', 'accepted') AND kind <> 'misconduct'
  """)

/// The cases of an estate that wait, and those past their day.
struct EstateCases: RowDecodable {
  let estate: EstateID
  let name: String
  let waiting: Int
  let overdue: Int
  let oldestDue: Day

  init(_ row: Row) throws {
    estate = try row("id")
    name = try row("name")
    waiting = try row("waiting")
    overdue = try row("overdue")
    oldestDue = try row("oldest_due")
  }
}

/// Estates with cases past their day, those with most first.
func overdueByEstate(today: Day) -> Query<EstateCases> {
  Query(
    """
    SELECT e.id, e.name, count(*) AS waiting,
      count(*) FILTER (WHERE c.due_on < \(today)) AS overdue, min(c.due_on) AS oldest_due
    FROM cases c JOIN estates e ON e.id = c.estate_id
    WHERE c.state = ANY(\(list: CaseState.waiting))
    GROUP BY e.id, e.name
    HAVING count(*) FILTER (WHERE c.due_on < \(today)) > 0
    ORDER BY overdue DESC, e.name, e.id
    """)
}

/// How many answers of one check the review still lacks.
struct PendingChecks: RowDecodable {
  let type: CheckType
  let pending: Int
  let total: Int

  init(_ row: Row) throws {
    type = try row("check_type")
    pending = try row("pending")
    total = try row("total")
  }
}

/// For each of these checks, in the newest round of the campaign.
func pendingChecks(_ types: [CheckType], in campaign: CampaignID) -> Query<PendingChecks> {
  Query(
    """
    WITH round AS (
      SELECT id FROM review_rounds WHERE campaign_id = \(campaign)
      ORDER BY opened_on DESC, id DESC LIMIT 1),
    frame AS (
      SELECT count(*) AS total FROM review_households
      WHERE round_id = (SELECT id FROM round)),
    answered AS (
      SELECT check_type, count(DISTINCT household_id) AS answered FROM checks
      WHERE round_id = (SELECT id FROM round) AND result <> 'pending'
        AND check_type = ANY(\(list: types))
      GROUP BY check_type)
    SELECT t.check_type, greatest(frame.total - coalesce(a.answered, 0), 0) AS pending,
      frame.total
    FROM unnest(\(list: types)::text[]) WITH ORDINALITY AS t (check_type, place)
    CROSS JOIN frame LEFT JOIN answered a ON a.check_type = t.check_type
    ORDER BY t.place
    """)
}
