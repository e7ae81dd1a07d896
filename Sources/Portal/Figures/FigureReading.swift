package import Domain
import Postgres

extension Transaction {
  /// The figures as they stand now. The transaction must see one state of the database throughout.
  func figures(in area: AreaCode, campaign: CampaignID, today: Day) throws -> CountyFigures {
    // Under row-level security the planner takes every table for nearly empty and would compare
    // each household with each other; everything is read here, so hashing is always right. A million
    // households take longer than an ordinary statement may.
    try execute(
      """
      SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true),
        set_config('statement_timeout', '120s', true)
      """)
    let counted = try countedFigures(in: area, campaign: campaign, today: today)
    try execute("SELECT set_config('enable_nestloop', 'on', true)")
    return counted
  }

  private func countedFigures(
    in area: AreaCode, campaign: CampaignID, today: Day
  ) throws -> CountyFigures {
    var counts: [EstateID?: FigureCounts] = [:]
    for row in try all(homeCounts(in: area)) {
      counts[row.estate, default: FigureCounts()].homes = row.first
    }
    for row in try all(householdCounts(in: area, campaign: campaign, today: today)) {
      counts[row.estate, default: FigureCounts()].households = row.first
      counts[row.estate, default: FigureCounts()].reviewed = row.second
      counts[row.estate, default: FigureCounts()].visited = row.third
    }
    for row in try all(caseCounts(in: area, campaign: campaign)) {
      if let nature = row.nature {
        counts[row.estate, default: FigureCounts()].byNature[nature] = row.found
      } else {
        counts[row.estate, default: FigureCounts()].found = row.found
        counts[row.estate, default: FigureCounts()].cleared = row.cleared
        counts[row.estate, default: FigureCounts()].remaining = row.remaining
      }
    }
    let estates = try all(estatesOfFigures(in: area)).map { estate in
      EstateFigures(
        estate: estate.id, name: estate.name, counts: counts[estate.id] ?? FigureCounts())
    }
    let (received, inTime) = try complaintFigures(in: area, today: today)
    return CountyFigures(
      estates: estates, total: counts[nil] ?? FigureCounts(), complaintsReceived: received,
      complaintsInTime: inTime)
  }

  private func complaintFigures(
    in area: AreaCode, today: Day
  ) throws -> (received: Int, inTime: Int) {
    var (received, inTime) = (0, 0)
    try forEach(complaintTimes(in: area)) { times in
      received += 1
      if times.isInTime(today: today) { inTime += 1 }
    }
    return (received, inTime)
  }
}

extension ComplaintTimes {
  private var clock: ComplaintClock {
    ComplaintClock(received: ShanghaiTime.day(of: receivedAt))
  }

  /// Whether every answer so far came by its day, and none that is missing is late.
  func isInTime(today: Day) -> Bool {
    clock.isInTime(
      decided: decidedAt.map { ShanghaiTime.day(of: $0) },
      finished: finishedAt.map { ShanghaiTime.day(of: $0) },
      wasDeclined: state == .notAccepted, today: today)
  }

  /// Whether an answer is due and its day is past.
  package func isOverdue(today: Day) -> Bool { clock.due(in: state).map { $0 < today } ?? false }
}
