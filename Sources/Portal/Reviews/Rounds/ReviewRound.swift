package import Domain
import Foundation
import Pages
package import Postgres
import Web

/// A review round (资格复核) without its frame.
package struct ReviewRound: RowDecodable, Identifiable {
  package let id: ReviewRoundID
  package let area: AreaCode
  package let areaName: String
  let campaign: CampaignID
  package let campaignTitle: String
  package let title: String
  package let openedOn: Day
  let openedByName: String?
  let closedOn: Day?
  let closedByName: String?
  let closedReason: String?
  let openChecksAtClose: Int?
  let changedByName: String?
  let changedAt: Date?
  let version: Int
  /// Until when each bureau answers.
  package let dues: [Bureau: Day]

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    areaName = try row("area_name")
    campaign = try row("campaign_id")
    campaignTitle = try row("campaign")
    title = try row("title")
    openedOn = try row("opened_on")
    openedByName = try row("opened_by_name")
    closedOn = try row("closed_on")
    closedByName = try row("closed_by_name")
    closedReason = try row("closed_reason")
    openChecksAtClose = try row("open_checks_at_close")
    changedByName = try row("changed_by_name")
    changedAt = try row("changed_at")
    version = try row("version")
    let bureaus: [Bureau] = try row("bureaus")
    dues = Dictionary(
      zip(bureaus, try row("due_days", as: [Day].self)), uniquingKeysWith: { first, _ in first })
  }

  package var isOpen: Bool { closedOn == nil }
}

private func roundSQL(where condition: SQL) -> SQL {
  """
  SELECT r.id, r.area, a.name AS area_name, r.campaign_id, c.title AS campaign, r.title,
    r.opened_on, r.opened_by_name, r.closed_on, r.closed_by_name, r.closed_reason,
    r.open_checks_at_close, r.changed_by_name, r.changed_at, r.version, d.bureaus, d.due_days
  FROM review_rounds r
  JOIN areas a ON a.code = r.area
  JOIN campaigns c ON c.id = r.campaign_id
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(bureau ORDER BY bureau), '{}') AS bureaus,
      coalesce(array_agg(due_on ORDER BY bureau), '{}') AS due_days
    FROM review_dues WHERE round_id = r.id) d
  WHERE \(condition)
  """
}

func reviewRound(_ id: ReviewRoundID) -> Query<ReviewRound> {
  Query(roundSQL(where: "r.id = \(id)"))
}

/// Those that run, the oldest first.
package let openRounds: Query<ReviewRound> = Query(
  roundSQL(where: "r.closed_on IS NULL") + " ORDER BY r.id")

/// The newest first.
let roundOrder = ListOrder<ReviewRound>.descending(
  .key("r.id", \.id), paging: .onward("before", toFirst: true))

func reviewRounds(from position: ListPosition? = nil, limit: Int?) -> Query<ReviewRound> {
  Query(
    """
    \(roundSQL(where: roundOrder.rows(from: position)))
    ORDER BY \(roundOrder.forward) \(limited(to: limit))
    """)
}

/// The rounds that run in an area, around it or in a part of it: no household is asked about in two.
package func openRounds(overlapping area: AreaCode) -> Query<ReviewRound> {
  Query(
    roundSQL(
      where: """
        r.closed_on IS NULL AND (r.area ^@ \(area)::text OR \(area)::text ^@ r.area::text)
        """) + " ORDER BY r.id")
}

extension Transaction {
  package func round(_ id: ReviewRoundID) throws -> ReviewRound {
    guard let round = try first(reviewRound(id)) else { throw WebError.notFound }
    return round
  }
}
