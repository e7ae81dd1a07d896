import Domain
import Ground
import Postgres

// A case in a township, and what hangs on it.
extension SampleWriter {
  /// What a county has said of its cases, and what waits and is owed on one of them.
  func caseWork(_ violation: Int64, _ account: Int64) throws {
    try tx.execute(
      """
      INSERT INTO exit_grounds (area, nature, sequence, route, articles, local_rule, set_by, set_by_name,
        set_at)
      VALUES (\(county), 'other', 1, 'civil', '', '样本条款', \(account), '样本员', '2021-08-01 08:00+08')
      ON CONFLICT DO NOTHING
      """)
    try tx.execute(
      """
      INSERT INTO case_settings (area, sequence, needs_legal_review, set_by, set_by_name, set_at)
      VALUES (\(county), 1, false, \(account), '样本员', '2021-08-01 08:00+08') ON CONFLICT DO NOTHING
      """)
    try tx.execute(
      """
      INSERT INTO case_proposals (area, case_id, case_version, action, from_state, to_state, details,
        proposed_by, proposed_by_name, proposed_at, needs_review)
      VALUES (\(code), \(violation), 1, 'verify', 'suspected', 'verified', '{"facts": "样本事实"}',
        \(account), '样本员', '2021-08-01 08:00+08', false)
      """)
    try tx.execute(
      """
      INSERT INTO case_entries (area, case_id, kind, item, amount, on_day, note, entered_by,
        entered_by_name, entered_at)
      VALUES (\(code), \(violation), 'charge', 'rent', 300, '2021-08-01', \("样本欠租" + code), \(account),
        '样本员', '2021-08-01 08:00+08')
      """)
    try tx.execute(
      """
      INSERT INTO case_instalments (area, case_id, plan, part, due_on, amount, agreed_on, set_by,
        set_by_name, set_at)
      VALUES (\(code), \(violation), 1, 1, '2021-09-01', 300, '2021-08-01', \(account), '样本员',
        '2021-08-01 08:00+08')
      """)
  }

  func violation(
    _ estate: Int64, _ register: Register, _ campaign: Int64
  ) throws -> Int64 {
    let (home, household) = (register.home, register.household)
    try registerWork(household)
    let violation = try id(
      """
      INSERT INTO cases (area, campaign_id, number, household_id, home_id, estate_id, nature,
        state, opened_on, state_since, due_on)
      VALUES (\(code), \(campaign), \("样本-\(code)"), \(household), \(home), \(estate), 'sublet',
        'suspected', '2021-07-01', '2021-07-01', '2021-08-01') RETURNING id
      """)
    try tx.execute(
      """
      INSERT INTO case_events (area, case_id, at, account_name, action, to_state)
      VALUES (\(code), \(violation), '2021-07-01 09:00+08', '样本员', 'open', 'suspected')
      """)
    return violation
  }

  /// A complaint is about the household, and its case rests on it.
  func links(
    of complaint: Int64, to household: Int64, _ violation: Int64, _ account: Int64
  ) throws {
    try tx.execute(
      """
      INSERT INTO complaint_households (area, complaint_id, household_id, linked_by, linked_by_name, linked_at)
      VALUES (\(code), \(complaint), \(household), \(account), '样本员', '2021-08-10 09:00+08')
      """)
    try tx.execute(
      """
      INSERT INTO case_complaints (case_id, complaint_id, area, linked_by, linked_by_name, linked_at)
      VALUES (\(violation), \(complaint), \(code), \(account), '样本员', '2021-08-10 09:00+08')
      """)
  }

  func file(of violation: Int64, _ account: Int64) throws -> Int64 {
    let file = try nextFile()
    return try id(
      """
      INSERT INTO files (id, area, case_id, position, kind, title, original_sha256, original_type,
        original_bytes, state, retention, clean_sealed, thumbnail_sealed, uploaded_by, uploaded_by_name,
        uploaded_at)
      VALUES (\(file), \(code), \(violation), 1, 'scene', \("样本照片\(code)"),
        \([UInt8](repeating: 7, count: 32)), 'image/jpeg', 4, 'clean', 'case',
        \(try keys.seal(Self.picture, for: .fileClean, of: file)),
        \(try keys.seal(Self.picture, for: .fileThumbnail, of: file)), \(account), '样本员',
        '2021-08-01 09:00+08')
      RETURNING id
      """)
  }
}
