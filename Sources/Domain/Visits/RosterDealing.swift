/// Dealing homes out to teams (均衡分派): whole buildings, so that nobody climbs the same stairs after somebody else, in
/// the order of the route, so that what a team gets lies together.
public enum RosterDealing {
  /// Which team each building goes to.
  ///
  /// The teams' shares are what brings all of them to the same number; a building goes where its middle lies.
  /// No team gets more than its share and one building.
  ///
  /// - Parameters:
  ///   - sizes: the homes of each building, in the order of the route.
  ///   - loads: the homes that each team has already; at least one team.
  /// - Returns: for each building the place of its team in `loads`.
  public static func deal(_ sizes: [Int], onto loads: [Int]) -> [Int] {
    let shares = shares(of: sizes.reduce(0, +), onto: loads)
    var (team, end, passed) = (0, shares.first ?? 0, 0.0)
    return sizes.map { size in
      let middle = passed + Double(size) / 2
      while middle > end, team < shares.count - 1 {
        team += 1
        end += shares[team]
      }
      passed += Double(size)
      return team
    }
  }

  /// How much each gets so that those who have least are brought up together.
  private static func shares(of total: Int, onto loads: [Int]) -> [Double] {
    var level = 0.0
    let sorted = loads.sorted()
    var sum = 0
    for (place, load) in sorted.enumerated() {
      sum += load
      level = Double(total + sum) / Double(place + 1)
      if place + 1 == sorted.count || level <= Double(sorted[place + 1]) { break }
    }
    return loads.map { max(0, level - Double($0)) }
  }
}
