import Domain
import Pages
import Postgres
import Register

/// What is counted of an estate and a nature, of a nature, or of all.
private struct AnnexCountRow: RowDecodable {
  let estate: EstateID?
  let nature: ExitNature?
  let counts: AnnexCounts
  let firstPlanned: Day?
  let lastPlanned: Day?
  let unplanned: Int

  init(_ row: Row) throws {
    estate = try row("estate_id")
    nature = try row("nature")
    counts = AnnexCounts(
      found: try row("found"), cleared: try row("cleared"), remaining: try row("remaining"))
    firstPlanned = try row("first_planned")
    lastPlanned = try row("last_planned")
    unplanned = try row("unplanned")
  }
}

/// Each grouping and each of the three numbers is added up for itself, so that comparing them means something.
private func annexCounts(_ asked: ListRequest<AnnexFilter>) -> Query<AnnexCountRow> {
  let moment = asked.moment
  // What a past day needs is looked up once for each case.
  let once: SQL = moment.isPast ? "OFFSET 0" : .empty
  return Query(
    """
    WITH listed AS MATERIALIZED (
      SELECT estate_id, nature, state, count(*) AS cases, min(planned_on) AS first_planned,
        max(planned_on) AS last_planned, count(*) - count(planned_on) AS unplanned
      FROM (
        SELECT c.estate_id, c.nature, \(moment.state) AS state, \(moment.plannedOn) AS planned_on
        FROM cases c WHERE \(asked.condition) AND \(moment.isListed) \(once)) c
      GROUP BY estate_id, nature, state)
    SELECT c.estate_id, c.nature, coalesce(sum(c.cases), 0)::bigint AS found,
      coalesce(sum(c.cases) FILTER (WHERE \(stands(.cleared))), 0)::bigint AS cleared,
      coalesce(sum(c.cases) FILTER (WHERE \(stands(.remaining))), 0)::bigint AS remaining,
      min(c.first_planned) FILTER (WHERE \(stands(.remaining))) AS first_planned,
      max(c.last_planned) FILTER (WHERE \(stands(.remaining))) AS last_planned,
      coalesce(sum(c.unplanned) FILTER (WHERE \(stands(.remaining))), 0)::bigint AS unplanned
    FROM listed c
    WHERE \(stands(.found)) AND \(CaseMoment.isInHomeOfCampaign)
    GROUP BY GROUPING SETS ((c.estate_id, c.nature), (c.nature), ())
    """)
}

/// The condition that what is listed counts in a number.
private func stands(_ part: AnnexPart) -> SQL { "c.state = ANY(\(list: part.states))" }

/// An estate as the annex names it.
private struct AnnexEstate: RowDecodable {
  let id: EstateID
  let name: String
  let county: String

  init(_ row: Row) throws {
    id = try row("id")
    name = try row("name")
    county = try row("county")
  }
}

private let annexEstates = Query<AnnexEstate>(
  """
  SELECT e.id, e.name, coalesce(a.name, '') AS county
  FROM estates e LEFT JOIN areas a ON a.code = left(e.area, 6)
  ORDER BY e.area, e.name, e.id
  """)

/// The measures of some of the cases that remain in a row.
private struct RowMeasures: RowDecodable {
  let estate: EstateID
  let nature: ExitNature
  let measures: [String]

  init(_ row: Row) throws {
    estate = try row("estate_id")
    nature = try row("nature")
    measures = try row("measures")
  }
}

/// A few of each row: more does not fit on paper.
private func annexMeasures(
  _ rows: [AnnexRow], _ asked: ListRequest<AnnexFilter>
) -> Query<RowMeasures> {
  let moment = asked.moment
  return Query(
    """
    SELECT r.estate_id, r.nature, ARRAY(
      SELECT \(moment.measures) FROM cases c
      WHERE c.estate_id = r.estate_id AND c.nature = r.nature AND \(moment.measures) IS NOT NULL
        AND \(asked.condition) AND \(moment.isListed)
        AND \(moment.state) = ANY(\(list: AnnexPart.remaining.states))
      LIMIT \(constant: 6)) AS measures
    FROM unnest(\(list: rows.map(\.estate))::bigint[], \(list: rows.map(\.nature))::text[])
      AS r (estate_id, nature)
    """)
}

extension Transaction {
  /// The annex as it stands, or stood when a day had ended. The transaction has to see one moment of the database.
  func annex(_ asked: ListRequest<AnnexFilter>) throws -> AnnexTable {
    // Under row-level security the planner takes an area for a few rows, and would rather read and sort those than follow
    // the index that holds all that is counted.
    try execute(
      """
      SELECT set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true),
        set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
        set_config('max_parallel_workers_per_gather', '0', true), set_config('work_mem', '64MB', true)
      """)
    let counted = try all(annexCounts(asked))
    try execute(
      """
      SELECT set_config('enable_nestloop', 'on', true), set_config('enable_sort', 'on', true),
        set_config('enable_seqscan', 'on', true)
      """)
    var byPlace: [EstateID: [ExitNature: AnnexCountRow]] = [:]
    var table = AnnexTable(rows: [], byNature: [:], total: AnnexCounts())
    for row in counted {
      if let estate = row.estate, let nature = row.nature {
        byPlace[estate, default: [:]][nature] = row
      } else if let nature = row.nature {
        table.byNature[nature] = row.counts
      } else {
        table.total = row.counts
      }
    }
    table.rows = try all(annexEstates).flatMap { estate in
      ExitNature.annexed.compactMap { byPlace[estate.id]?[$0]?.row(of: estate) }
    }
    try addMeasures(to: &table.rows, asked)
    return table
  }

  private func addMeasures(
    to rows: inout [AnnexRow], _ asked: ListRequest<AnnexFilter>
  ) throws {
    let remaining = rows.filter { $0.counts.remaining > 0 }
    guard !remaining.isEmpty else { return }
    var found: [EstateID: [ExitNature: [String]]] = [:]
    for row in try all(annexMeasures(remaining, asked)) {
      found[row.estate, default: [:]][row.nature] = row.measures
    }
    for index in rows.indices {
      rows[index].measures = found[rows[index].estate]?[rows[index].nature] ?? []
    }
  }
}

extension AnnexCountRow {
  fileprivate func row(of estate: AnnexEstate) -> AnnexRow? {
    nature.map { nature in
      AnnexRow(
        estate: estate.id, estateName: estate.name, county: estate.county, nature: nature,
        counts: counts,
        planned: firstPlanned.flatMap { first in lastPlanned.map { first...max(first, $0) } },
        unplanned: unplanned)
    }
  }
}
