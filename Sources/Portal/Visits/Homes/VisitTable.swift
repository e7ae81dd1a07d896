package import Domain
import Ground
package import HTML
import Pages
package import Postgres

/// A visit in the table of a home, a household, or of what rests on it.
package struct HomeVisit: RowDecodable, Sendable {
  package let id: VisitID
  package let visitedOn: Day
  package let slot: VisitSlot?
  package let by: String?
  package let secondName: String?
  package let met: VisitMet
  package let use: VisitUse?
  package let state: VisitState

  package init(_ row: Row) throws {
    id = try row("id")
    visitedOn = try row("visited_on")
    slot = try row("slot")
    by = try row("recorded_by_name")
    secondName = try row("second_name")
    met = try row("met")
    use = try row("home_use")
    state = try row("state")
  }
}

private func visits(_ condition: SQL) -> Query<HomeVisit> {
  Query(
    """
    SELECT v.id, v.visited_on, v.slot, v.recorded_by_name, v.second_name, v.met, v.home_use, v.state
    FROM visits v WHERE \(condition) ORDER BY v.visited_on DESC, v.id DESC
    """)
}

func homeVisits(of home: HomeID) -> Query<HomeVisit> { visits("v.home_id = \(home)") }

/// All visits to a household; of one campaign where that is said.
package func householdVisits(
  of household: HouseholdID, in campaign: CampaignID? = nil
) -> Query<HomeVisit> {
  visits(
    campaign.map { "v.household_id = \(household) AND v.campaign_id = \($0)" }
      ?? "v.household_id = \(household)")
}

/// Those that a finding rests on.
package func visits(among ids: [VisitID]) -> Query<HomeVisit> {
  visits("v.id = ANY(\(list: ids))")
}

/// The home on the roster of the latest campaign; nil where it is on none.
func newestEntry(of home: HomeID) -> Query<RosterEntryID> {
  Query(
    "SELECT id FROM roster_entries WHERE home_id = \(home) ORDER BY roster_id DESC, id DESC LIMIT 1"
  )
}

/// Visits of one home or household, newest first.
package struct VisitTable: Sendable {
  let visits: [HomeVisit]
  let isLinked: Bool

  /// - Parameter isLinked: whether whoever looks may open them.
  package init(visits: [HomeVisit], isLinked: Bool = true) {
    self.visits = visits
    self.isLinked = isLinked
  }

  package var html: HTML {
    dataTable(
      caption: "走访", columns: columns, rows: visits,
      link: isLinked ? { Paths.deskVisit.link($0.id) } : nil,
      empty: emptyState("还没有走访记录"))
  }

  private var columns: [Column<HomeVisit>] {
    [
      Column("走访日期", day: \.visitedOn),
      Column("时段", text: { $0.slot?.title }),
      Column("走访人", text: { [$0.by, $0.secondName].compactMap(\.self).joined(separator: "、") }),
      Column("见到", text: { $0.met.title }),
      Column("使用情况", shown: { $0.use.map { tag($0.title, $0.tagKind) } ?? "—" }),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
    ]
  }
}
