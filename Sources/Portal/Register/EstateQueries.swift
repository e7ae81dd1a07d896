package import Domain
package import Postgres

/// An estate with its homes by state and the leases that run in it.
package struct EstateSummary: RowDecodable {
  package let id: EstateID
  package let name: String
  package let address: String
  package let area: AreaCode
  package let township: String
  package let ownership: EstateOwnership
  package let homes: [HomeState: Int]
  package let runningLeases: Int

  package init(_ row: Row) throws {
    id = try row("id")
    name = try row("name")
    address = try row("address")
    area = try row("area")
    township = try row("township")
    ownership = try row("ownership")
    homes = [
      .vacant: try row("vacant"), .leased: try row("leased"), .inRepair: try row("in_repair"),
      .awaitingRecovery: try row("awaiting_recovery"),
    ]
    runningLeases = try row("running_leases")
  }

  package var homeCount: Int { homes.values.reduce(0, +) }
}

/// The estates in scope, by township and name.
func estateSummaries() -> Query<EstateSummary> {
  Query(estateSummarySQL(where: "true") + " ORDER BY e.area, e.name, e.id")
}

package func estateSummary(_ id: EstateID) -> Query<EstateSummary> {
  Query(estateSummarySQL(where: "e.id = \(id)"))
}

private func estateSummarySQL(where condition: SQL) -> SQL {
  """
  SELECT e.id, e.name, e.address, e.area, a.name AS township, e.ownership,
    coalesce(h.vacant, 0) AS vacant, coalesce(h.leased, 0) AS leased,
    coalesce(h.in_repair, 0) AS in_repair,
    coalesce(h.awaiting_recovery, 0) AS awaiting_recovery,
    coalesce(l.running_leases, 0) AS running_leases
  FROM estates e
  JOIN areas a ON a.code = e.area
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state = 'vacant') AS vacant,
      count(*) FILTER (WHERE state = 'leased') AS leased,
      count(*) FILTER (WHERE state = 'in_repair') AS in_repair,
      count(*) FILTER (WHERE state = 'awaiting_recovery') AS awaiting_recovery
    FROM homes WHERE homes.estate_id = e.id) h ON true
  LEFT JOIN LATERAL (
    SELECT count(*) AS running_leases
    FROM leases JOIN homes ON homes.id = leases.home_id
    WHERE homes.estate_id = e.id AND leases.state = 'running') l ON true
  WHERE \(condition)
  """
}

/// An estate as a choice in a filter.
package struct EstateChoice: RowDecodable {
  package let id: EstateID
  package let name: String
  let area: AreaCode
  let township: String

  package init(_ row: Row) throws {
    id = try row("id")
    name = try row("name")
    area = try row("area")
    township = try row("township")
  }
}

let estateChoices: Query<EstateChoice> = Query(
  """
  SELECT e.id, e.name, e.area, a.name AS township
  FROM estates e JOIN areas a ON a.code = e.area
  ORDER BY e.area, e.name, e.id
  """)

extension Sequence<EstateChoice> {
  /// The townships of the estates, each once, for a filter.
  package var townships: [(value: String, text: String)] {
    var seen: Set<AreaCode> = []
    return filter { seen.insert($0.area).inserted }.map { ($0.area.rawValue, $0.township) }
  }
}
