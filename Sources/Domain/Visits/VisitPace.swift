/// How far visits should be by a day: they begin when the roster was made and go on evenly to the last day.
public struct VisitPace: Hashable, Sendable {
  public let startsOn: Day
  /// The last day, by the end of which all are visited.
  public let endsOn: Day

  /// - Parameters:
  ///   - madeOn: the day on which the roster was made.
  ///   - stages: of the campaign. The visits belong to the self-check (自查): its stage says the last day.
  ///   - clearBy: says it where no such stage lies ahead.
  public init(madeOn: Day, stages: [CampaignStage], clearBy: Day) {
    startsOn = madeOn
    let checks = stages.filter { $0.title.contains("自查") && $0.endsOn >= madeOn }
    endsOn = max(checks.map(\.endsOn).min() ?? clearBy, madeOn)
  }

  /// Of so many homes, those that should be visited by the end of a day; rounded down, so that nobody is behind by a
  /// part of a home.
  public func expected(of entries: Int, on day: Day) -> Int {
    if day < startsOn { return 0 }
    if day >= endsOn { return entries }
    return entries * (startsOn.distance(to: day) + 1) / (startsOn.distance(to: endsOn) + 1)
  }
}
