import Domain
import Foundation
import Ground
import Postgres

/// What stands of visits in one township.
struct SampleVisits {
  let entry: Int64
  let team: Int64
  let visit: Int64
  let file: Int64
  let watch: Int64
  let patrol: Int64
  let repair: Int64
}

// The roster of a county with a home of the township, a team, and all that comes of going there.
extension SampleWriter {
  func visits(
    _ register: Register, _ estate: Int64, _ campaign: Int64, _ account: Int64
  ) throws -> SampleVisits {
    let roster = try roster(campaign)
    let team = try id(
      """
      INSERT INTO visit_teams (area, roster_id, name, first_id, first_name, second_name, made_by_name,
        made_at)
      VALUES (\(code), \(roster), \("样本小组" + code), \(account), '样本员', '村主任', '样本员',
        '2021-08-01 08:00+08') RETURNING id
      """)
    let entry = try id(
      """
      INSERT INTO roster_entries (area, roster_id, lease_id, household_id, home_id, estate_id, route,
        team_id, next_on, next_slot, attempts, risk, risk_signals)
      SELECT \(code), \(roster), l.id, l.household_id, m.id, m.estate_id,
        visit_route(m.building, m.unit, m.room), \(team), '2021-08-21', 'weekend', 1, 10, '{absent}'
      FROM leases l JOIN homes m ON m.id = l.home_id WHERE l.id = \(register.lease) RETURNING id
      """)
    let visit = try visit(register, entry, team, campaign, account)
    return SampleVisits(
      entry: entry, team: team, visit: visit, file: try visitFile(of: visit, account),
      watch: try watch(of: register.home, account), patrol: try patrol(of: register.home, account),
      repair: try repair(of: register.home, visit, account))
  }

  /// One a campaign, whichever township comes first.
  private func roster(_ campaign: Int64) throws -> Int64 {
    if let known = try tx.first(
      Query<Int64>("SELECT id FROM visit_rosters WHERE campaign_id = \(campaign)"))
    {
      return known
    }
    return try id(
      """
      INSERT INTO visit_rosters (area, campaign_id, made_by_name, made_at, ready_at)
      VALUES (\(county), \(campaign), '样本员', '2021-08-01 08:00+08', '2021-08-01 08:01+08') RETURNING id
      """)
  }

  private func visit(
    _ register: Register, _ entry: Int64, _ team: Int64, _ campaign: Int64, _ account: Int64
  ) throws -> Int64 {
    let household = HouseholdID(rawValue: register.household)
    let told = try JSONEncoder().encode(VisitPersonal(occupants: "样本居住人" + code))
    let visit = try id(
      """
      INSERT INTO visits (area, campaign_id, household_id, entry_id, lease_id, home_id, team_id, key,
        recorded_by, recorded_by_name, recorded_at, visited_on, visited_at, slot, second_name, met,
        home_use, personal_sealed)
      VALUES (\(code), \(campaign), \(register.household), \(entry), \(register.lease), \(register.home),
        \(team), gen_random_uuid(), \(account), '样本员', '2021-06-30 10:05+08', '2021-06-30',
        '2021-06-30 10:00+08', 'day', '村主任', 'tenant', 'self',
        \(try keys.seal(told, for: .visitPersonal, of: household))) RETURNING id
      """)
    try tx.execute(
      """
      INSERT INTO visit_events (area, visit_id, at, account_name, action, from_state, to_state, note)
      VALUES (\(code), \(visit), '2021-08-03 09:00+08', '样本员', 'return', 'submitted', 'returned',
        \("样本问题" + code))
      """)
    try tx.execute(
      """
      INSERT INTO visit_marks (visit_id, area, mark, details)
      VALUES (\(visit), \(code), 'late', '填写后 80 小时才送达')
      """)
    let device = UUID()
    try tx.execute(
      """
      INSERT INTO visit_phone_keys (account_id, device, area, key_sealed, made_at)
      VALUES (\(account), \(device.uuidString)::uuid, \(code),
        \(try keys.seal(Data([1]), for: .phoneKey, of: AccountID(rawValue: account))), now())
      """)
    return visit
  }

  private func visitFile(of visit: Int64, _ account: Int64) throws -> Int64 {
    let file = try nextFile()
    try tx.execute(
      """
      INSERT INTO files (id, area, visit_id, position, kind, title, retention, original_sha256,
        original_type, original_bytes, state, clean_sealed, thumbnail_sealed, uploaded_by,
        uploaded_by_name, uploaded_at)
      VALUES (\(file), \(code), \(visit), 1, 'scene', '现场照片 1', 'visit',
        sha256(convert_to(\("visit" + code), 'UTF8')), 'image/jpeg', 100, 'clean',
        \(try keys.seal(Self.picture, for: .fileClean, of: file)),
        \(try keys.seal(Self.picture, for: .fileThumbnail, of: file)), \(account), '样本员',
        '2021-08-02 10:06+08')
      """)
    return file.rawValue
  }

  private func watch(of home: Int64, _ account: Int64) throws -> Int64 {
    let note = try keys.seal(Data("样本线索".utf8), for: .watchNote, of: HomeID(rawValue: home))
    return try id(
      """
      INSERT INTO home_watches (area, home_id, reason, note_sealed, rhythm_days, started_by,
        started_by_name, started_at, next_on, next_slot)
      VALUES (\(code), \(home), 'sublet', \(note), 7, \(account), '样本员', '2021-08-01 08:00+08',
        '2021-08-22', 'evening') RETURNING id
      """)
  }

  private func patrol(of home: Int64, _ account: Int64) throws -> Int64 {
    let note = try keys.seal(Data("样本巡查".utf8), for: .patrolNote, of: HomeID(rawValue: home))
    return try id(
      """
      INSERT INTO patrols (area, home_id, key, observed_at, signal, note_sealed, recorded_by,
        recorded_by_name, recorded_at)
      VALUES (\(code), \(home), gen_random_uuid(), '2021-08-02 09:00+08', 'listing', \(note), \(account),
        '样本员', '2021-08-02 09:05+08') RETURNING id
      """)
  }

  private func repair(of home: Int64, _ visit: Int64, _ account: Int64) throws -> Int64 {
    let repair = try id(
      """
      INSERT INTO repair_notes (area, home_id, visit_id, kind, words, is_urgent, entered_by,
        entered_by_name, entered_at)
      VALUES (\(code), \(home), \(visit), 'leak', \("样本漏水" + code), false, \(account), '样本员',
        '2021-08-02 10:05+08') RETURNING id
      """)
    try tx.execute(
      """
      INSERT INTO repair_events (area, repair_id, at, account_name, action, from_state, to_state)
      VALUES (\(code), \(repair), '2021-08-03 09:00+08', '样本员', 'begin', 'open', 'working')
      """)
    return repair
  }
}
