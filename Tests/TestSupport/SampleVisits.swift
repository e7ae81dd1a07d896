import Domain
import Ground
import Postgres

// The roster of a county, a team of a township, and a home that it goes to.
extension SampleWriter {
  /// - Returns: the team and the home of the roster.
  func roster(
    _ estate: Int64, _ register: Register, _ campaign: Int64, _ account: Int64
  ) throws -> (team: Int64, entry: Int64) {
    try tx.execute(
      """
      INSERT INTO visit_rosters (area, campaign_id, made_by_name, made_at, ready_at)
      VALUES (\(county), \(campaign), '样本员', '2021-07-01 08:00+08', '2021-07-01 08:01+08')
      ON CONFLICT DO NOTHING
      """)
    let roster = try id("SELECT id FROM visit_rosters WHERE campaign_id = \(campaign)")
    let team = try id(
      """
      INSERT INTO visit_teams (area, roster_id, name, first_id, first_name, second_name, made_by_name, made_at)
      VALUES (\(code), \(roster), \("样本组\(code)"), \(account), '样本员', '样本同行', '样本员',
        '2021-07-01 08:00+08') RETURNING id
      """)
    let entry = try id(
      """
      INSERT INTO roster_entries (area, roster_id, lease_id, household_id, home_id, estate_id, route, team_id,
        attempts, next_on, next_slot, risk, risk_signals)
      VALUES (\(code), \(roster), \(register.lease), \(register.household), \(register.home), \(estate),
        visit_route('1', '1', '101'), \(team), 1, '2021-08-02', 'evening', 10, '{absent}') RETURNING id
      """)
    try tx.execute(
      """
      INSERT INTO visits (area, campaign_id, household_id, visited_on, met, entry_id, lease_id, home_id,
        team_id, key, recorded_by, recorded_by_name, recorded_at, visited_at, slot)
      VALUES (\(code), \(campaign), \(register.household), '2021-08-01', 'nobody', \(entry),
        \(register.lease), \(register.home), \(team), gen_random_uuid(), \(account), '样本员',
        '2021-08-01 10:00+08', '2021-08-01 10:00+08', 'weekend')
      """)
    return (team, entry)
  }
}
