import Cases
import Counter
import Domain
import Figures
import Foundation
import Ground
import Postgres
import Register
import Visits

/// How many wait, of everything that somebody may have to do.
struct DeskCounts: RowDecodable {
  let suspectedCases: Int
  let overdueCases: Int
  let waitingCases: Int
  /// Those whose due day is near, and those that the person has.
  let dueSoonCases: Int
  let ownCases: Int
  let newComplaints: Int
  let openComplaints: Int
  let answeredByCitizen: Int
  let preparedReleases: Int
  /// Always zero but for inspectors: nobody else's login sees such a row.
  let misconductComplaints: Int
  /// Answers that each bureau owes in the rounds that run.
  let openChecks: [Bureau: Int]
  /// Bureaus past their day in a round that runs, once for each round.
  let lateBureaus: Int
  /// Protected tenants about whom the counter asked and whom nobody has let go on.
  let counterHits: Int
  /// What the rules found and nobody has decided.
  let openFindings: Int
  /// People who have seen so many whole numbers since yesterday that they were slowed down.
  let quickReveals: Int
  /// Homes where nobody was met and somebody was to go again by now.
  let dueVisits: Int

  init(_ row: Row) throws {
    suspectedCases = try row("suspected_cases")
    overdueCases = try row("overdue_cases")
    waitingCases = try row("waiting_cases")
    dueSoonCases = try row("due_soon_cases")
    ownCases = try row("own_cases")
    newComplaints = try row("new_complaints")
    openComplaints = try row("open_complaints")
    answeredByCitizen = try row("answered_by_citizen")
    preparedReleases = try row("prepared_releases")
    misconductComplaints = try row("misconduct_complaints")
    openChecks = try row.counts("open_checks")
    lateBureaus = try row("late_bureaus")
    counterHits = try row("counter_hits")
    openFindings = try row("open_findings")
    quickReveals = try row("quick_reveals")
    dueVisits = try row("due_visits")
  }
}

/// As somebody may see it: hits at the counter and findings are counted for those who work on them only.
func deskCounts(today: Day, for principal: Principal) -> Query<DeskCounts> {
  let counterHits: SQL =
    principal.may(.releaseCounter)
    ? "(\(waitingHitCount.sql))" : "0::bigint"
  let openFindings: SQL =
    principal.may(.workFindings)
    ? "(SELECT count(*) FROM findings WHERE state = 'open')" : "0::bigint"
  let quickReveals: SQL =
    principal.may(.viewReveals)
    ? "(\(quickRevealCount(since: ShanghaiTime.date(on: today - 1)).sql))" : "0::bigint"
  let dueVisits: SQL =
    principal.may(.planVisits) ? "(\(dueVisitCount(today: today).sql))" : "0::bigint"
  return Query(
    """
    SELECT c.suspected_cases, c.overdue_cases, c.waiting_cases, c.due_soon_cases, c.own_cases, p.new_complaints,
      p.open_complaints, p.misconduct_complaints, k.open_checks, k.late_bureaus,
      (SELECT count(*) FROM releases WHERE state = 'prepared') AS prepared_releases,
      \(counterHits) AS counter_hits, \(openFindings) AS open_findings,
      \(quickReveals) AS quick_reveals, \(dueVisits) AS due_visits,
      (SELECT count(*) FROM complaints q
        WHERE q.kind <> 'misconduct' AND q.state IN ('received', 'accepted') AND (
          SELECT m.author FROM complaint_messages m WHERE m.complaint_id = q.id
          ORDER BY m.id DESC LIMIT 1) = 'citizen') AS answered_by_citizen
    FROM (
      SELECT count(*) FILTER (WHERE state = 'suspected') AS suspected_cases,
        count(*) FILTER (WHERE due_on < \(today)) AS overdue_cases,
        count(*) FILTER (WHERE due_on BETWEEN \(today) AND \(today + CaseFilter.soonDays))
          AS due_soon_cases,
        count(*) FILTER (WHERE assigned_to = \(principal.accountID)) AS own_cases,
        count(*) AS waiting_cases
      FROM cases WHERE state = ANY(\(list: CaseState.waiting))) c,
    (
      SELECT count(*) FILTER (WHERE state = 'received' AND kind <> 'misconduct')
          AS new_complaints,
        count(*) FILTER (WHERE state IN ('received', 'accepted') AND kind <> 'misconduct')
          AS open_complaints,
        count(*) FILTER (WHERE kind = 'misconduct') AS misconduct_complaints
      FROM complaints) p,
    (\(openCheckCounts(today: today))) k
    """)
}

/// What the rounds that run still lack, of each bureau, and how many bureaus are late: from what is
/// counted anyway, a row for each estate and check.
private func openCheckCounts(today: Day) -> SQL {
  let types = CheckType.owed
  return """
    SELECT json_object_agg(bureau, open)::text AS open_checks,
      coalesce(sum(late), 0)::bigint AS late_bureaus
    FROM (
      SELECT bureau, sum(open)::bigint AS open,
        count(*) FILTER (WHERE open > 0 AND due_on < \(today)) AS late
      FROM (
        SELECT t.bureau, d.due_on,
          sum(p.households - p.clear - p.hit - p.not_found) AS open
        FROM review_rounds r
        JOIN review_progress p ON p.round_id = r.id
        JOIN unnest(\(list: types)::text[], \(list: types.map(\.bureau))::text[])
          AS t (type, bureau) ON t.type = p.check_type
        LEFT JOIN review_dues d ON d.round_id = r.id AND d.bureau = t.bureau
        WHERE r.closed_on IS NULL
        GROUP BY r.id, t.bureau, d.due_on) owed
      GROUP BY bureau) bureaus
    """
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
