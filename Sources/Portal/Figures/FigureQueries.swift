import Campaigns
package import Domain
import Foundation
package import Postgres
import Register

// The one definition of the figures of disclosure. They concern the estates that the campaign looks at: those of the
// government (清建〔2021〕35号, part two (二) 1: 政府投资的公租房), or all where its scope says so. In each:
//   homes       all homes
//   households  those with a lease on the day the campaign's review opened (today before that)
//   reviewed    of those, all checks that bureaus owe answered in the round
//   visited     of those, a visit in the campaign where somebody was met
//   found       cases of the campaign in a state of `CaseState.found`, by nature
//   cleared     of those, in a state of `CaseState.cleared`
// Estates and the county are counted by different groupings, so that comparing them means something.

/// What counts come back for one estate, or for all (`estate` is nil).
struct CountRow: RowDecodable {
  let estate: EstateID?
  let first: Int
  let second: Int
  let third: Int

  init(_ row: Row) throws {
    estate = try row("estate_id")
    first = try row("first")
    second = try row("second")
    third = try row("third")
  }
}

private func inScope(_ area: AreaCode) -> SQL {
  "\(isInCampaign(estate: "e", area: "e.area")) AND e.area ^@ \(area)::text"
}

struct NamedEstate: RowDecodable {
  let id: EstateID
  let name: String

  init(_ row: Row) throws {
    id = try row("id")
    name = try row("name")
  }
}

func estatesOfFigures(in area: AreaCode) -> Query<NamedEstate> {
  Query("SELECT e.id, e.name FROM estates e WHERE \(inScope(area)) ORDER BY e.area, e.name, e.id")
}

/// `first` is the number of homes.
func homeCounts(in area: AreaCode) -> Query<CountRow> {
  Query(
    """
    SELECT h.estate_id, count(*) AS first, 0 AS second, 0 AS third
    FROM homes h JOIN estates e ON e.id = h.estate_id
    WHERE \(inScope(area))
    GROUP BY GROUPING SETS ((h.estate_id), ())
    """)
}

/// `first` is households, `second` reviewed, `third` visited.
func householdCounts(in area: AreaCode, campaign: CampaignID, today: Day) -> Query<CountRow> {
  let types = CheckType.owed
  let all = (1 << types.count) - 1
  return Query(
    """
    WITH round AS (
      SELECT id, opened_on FROM review_rounds WHERE campaign_id = \(campaign)
      ORDER BY opened_on DESC, id DESC LIMIT 1),
    basis AS (SELECT coalesce((SELECT opened_on FROM round), \(today)::date) AS day),
    tenants AS (
      SELECT h.estate_id, l.household_id
      FROM leases l JOIN homes h ON h.id = l.home_id JOIN estates e ON e.id = h.estate_id
      WHERE \(inScope(area)) AND l.starts_on <= (SELECT day FROM basis)
        AND (l.ended_on IS NULL OR l.ended_on > (SELECT day FROM basis))),
    reviewed AS (
      SELECT k.household_id FROM checks k
      WHERE k.round_id = (SELECT id FROM round)
      GROUP BY k.household_id
      HAVING bit_or(1 << (array_position(\(list: types)::text[], k.check_type) - 1)) = \(all)),
    visited AS (
      SELECT DISTINCT household_id FROM visits WHERE campaign_id = \(campaign) AND met <> 'nobody'
        AND state <> 'void')
    SELECT t.estate_id, count(*) AS first, count(r.household_id) AS second,
      count(v.household_id) AS third
    FROM tenants t
    LEFT JOIN reviewed r ON r.household_id = t.household_id
    LEFT JOIN visited v ON v.household_id = t.household_id
    GROUP BY GROUPING SETS ((t.estate_id), ())
    """)
}

/// The cases of one nature in an estate, or in all.
struct NatureRow: RowDecodable {
  let estate: EstateID?
  let nature: ExitNature?
  let found: Int
  let cleared: Int
  let remaining: Int

  init(_ row: Row) throws {
    estate = try row("estate_id")
    nature = try row("nature")
    found = try row("found")
    cleared = try row("cleared")
    remaining = try row("remaining")
  }
}

/// By estate and nature, by estate, by nature, and in all: each grouping counts for itself.
func caseCounts(in area: AreaCode, campaign: CampaignID) -> Query<NatureRow> {
  Query(
    """
    SELECT c.estate_id, c.nature, count(*) AS found,
      count(*) FILTER (WHERE c.state = ANY(\(list: CaseState.cleared))) AS cleared,
      count(*) FILTER (WHERE c.state <> ALL(\(list: CaseState.cleared))) AS remaining
    FROM cases c JOIN estates e ON e.id = c.estate_id
    WHERE \(inScope(area)) AND c.campaign_id = \(campaign)
      AND c.state = ANY(\(list: CaseState.found))
    GROUP BY GROUPING SETS ((c.estate_id, c.nature), (c.estate_id), (c.nature), ())
    """)
}

/// What the clock of a complaint needs.
package struct ComplaintTimes: RowDecodable {
  package let state: ComplaintState
  let receivedAt: Date
  let decidedAt: Date?
  let finishedAt: Date?

  package init(_ row: Row) throws {
    state = try row("state")
    receivedAt = try row("received_at")
    decidedAt = try row("decided_at")
    finishedAt = try row("finished_at")
  }
}

/// Every complaint of the area but those of misconduct, which no figure may give away: staff cannot
/// see them, and inspectors, who can, get the same figures.
func complaintTimes(in area: AreaCode) -> Query<ComplaintTimes> {
  Query(
    """
    SELECT state, received_at, decided_at, finished_at FROM complaints
    WHERE area ^@ \(area)::text AND kind <> 'misconduct'
    """)
}
