import Domain
import Ground
import Postgres

/// An extract of the township that waits for its confirmation, with a row that somebody has to decide on,
/// one that could not be read, and one that differs from what is in force; and a schedule.
func addSampleDelivery(
  _ tx: Transaction, township: String, round: Int64, household: Int64, person: Int64, keys: KeyRing
) throws -> (delivery: Int64, match: Int64, contest: Int64, vacancy: Int64, authorisation: Int64) {
  let delivery = try tx.one(
    Query<Int64>(
      """
      INSERT INTO deliveries (area, round_id, check_type, way, state, as_of, account_name,
        delivered_at, file_name, file_size, file_hash, row_count, matched_rows, other_rows, bad_rows,
        undecided_rows, skipped_households, answers_new, answers_same, answers_changed,
        answers_outside, answers_unexplained)
      VALUES (\(township), \(round), 'vehicles', 'extract', 'matched', '2021-07-20', '样本员',
        '2021-07-20 09:00+08', \("车辆\(township).csv"), 100, sha256(\(Array(township.utf8))), 4, 1, 1, 1,
        1, 0, 0, 0, 1, 0, 1)
      RETURNING id
      """))
  let values = "plate=闽G00001\nvalue=80000.00\n"
  try tx.execute(
    """
    INSERT INTO check_records (area, delivery_id, household_id, person_id, check_type, line, digest,
      values_sealed)
    VALUES (\(township), \(delivery), \(household), \(person), 'vehicles', 2,
      \(Array(keys.hash(values, of: .checkRecord).prefix(16))),
      \(try keys.seal(values, for: .checkRecord)))
    """)
  try tx.execute(
    """
    INSERT INTO delivery_answers (delivery_id, area, household_id, result)
    VALUES (\(delivery), \(township), \(household), 'hit')
    """)
  try tx.execute(
    """
    INSERT INTO delivery_changes (delivery_id, area, position, household_id, household_number, before,
      after, before_by, before_on)
    VALUES (\(delivery), \(township), 1, \(household), \("S\(township)"), 'clear', 'hit', '样本员',
      '2021-07-01')
    """)
  try tx.execute(
    """
    INSERT INTO delivery_problems (delivery_id, area, severity, code, title, problems, sheet, line,
      shown, message)
    VALUES (\(delivery), \(township), 'error', 'id_number_check', '身份证号校验位不对', 1, '', 3, '', '请核对')
    """)
  try tx.execute(
    """
    INSERT INTO exchange_schedules (area, check_type, every, due_day, starts_on)
    VALUES (\(township), 'vehicles', 'month', 5, '2021-06-01')
    """)
  try addSampleWithdrawal(tx, township, delivery: delivery, round, household)
  try tx.execute(
    """
    INSERT INTO match_decisions (area, row_hash, person_id, household_id, decision, delivery_id,
      decided_by_name, decided_at)
    VALUES (\(township), sha256('\\x01'), \(person), \(household), 'rejected', \(delivery), '样本员',
      '2021-07-20 09:00+08')
    """)
  let match = try tx.one(
    Query<Int64>(
      """
      INSERT INTO delivery_matches (area, delivery_id, line, person_id, household_id, values_sealed)
      VALUES (\(township), \(delivery), 4, \(person), \(household),
        \(try keys.seal("样本人\n1980-01-01\n\(values)", for: .deliveryMatch)))
      RETURNING id
      """))
  let contest = try tx.one(
    Query<Int64>(
      """
      INSERT INTO contests (area, household_id, check_id, check_type, delivery_id, person_id, said_on,
        statement_sealed, recorded_by, recorded_by_name, recorded_at)
      SELECT \(township), \(household), 0, 'vehicles', \(delivery), \(person), '2021-07-20',
        \(try keys.seal("车已经卖了", for: .contestStatement, of: HouseholdID(rawValue: household))), id, display_name, '2021-07-20 10:00+08'
      FROM accounts ORDER BY id LIMIT 1
      RETURNING id
      """))
  let vacancy = try tx.one(
    Query<Int64>(
      """
      INSERT INTO vacancy_reasons (area, household_id, reason, from_on, proof, recorded_by,
        recorded_by_name, recorded_at)
      SELECT \(township), \(household), 'working_away', '2021-03-01', '务工单位证明', id, display_name,
        '2021-07-20 10:00+08'
      FROM accounts ORDER BY id LIMIT 1
      RETURNING id
      """))
  let authorisation = try tx.one(
    Query<Int64>(
      """
      INSERT INTO authorisations (area, household_id, person_id, signed_on, runs_out_on, scan_sealed,
        scan_type, scan_sha256, recorded_by, recorded_by_name, recorded_at)
      SELECT \(township), \(household), \(person), '2021-01-05', '2021-03-01',
        \(try keys.seal("scan", for: .authorisationScan, of: PersonID(rawValue: person))), 'image/png', sha256('\\x02'), id,
        display_name, '2021-07-20 10:00+08'
      FROM accounts ORDER BY id LIMIT 1
      RETURNING id
      """))
  try tx.execute(
    """
    INSERT INTO authorisation_settings (area, may_check_without, document, set_by, set_by_name, set_at)
    SELECT \(township), true, '样本文件', id, display_name, '2021-07-20 10:00+08'
    FROM accounts ORDER BY id LIMIT 1
    """)
  return (delivery, match, contest, vacancy, authorisation)
}

/// A withdrawal, an answer that left force by it, and one that says the same again.
private func addSampleWithdrawal(
  _ tx: Transaction, _ township: String, delivery: Int64, _ round: Int64, _ household: Int64
) throws {
  let withdrawal = try tx.one(
    Query<Int64>(
      """
      INSERT INTO delivery_withdrawals (area, delivery_id, reason, proposed_by, proposed_by_name,
        proposed_role, proposed_at, outcome, decided_by, decided_by_name, decided_role, decided_at)
      SELECT \(township), \(delivery), '列错了一列', a.id, a.display_name, a.role,
        '2021-07-21 09:00+08', 'approved', l.id, l.display_name, l.role, '2021-07-22 09:00+08'
      FROM accounts a, accounts l
      WHERE a.role = 'public_security' AND l.role = 'housing_lead' ORDER BY a.id, l.id LIMIT 1
      RETURNING id
      """))
  try tx.execute(
    """
    INSERT INTO withdrawn_checks (id, area, round_id, household_id, check_type, result, as_of,
      answered_on, sequence, delivery_id, withdrawal_id)
    VALUES (\(-withdrawal), \(township), \(round), \(household), 'vehicles', 'clear', '2021-07-01',
      '2021-07-02', 1, \(delivery), \(withdrawal))
    """)
  try tx.execute(
    """
    INSERT INTO repeated_answers (delivery_id, area, household_id, check_type, result, as_of,
      answered_on, repeats)
    VALUES (\(delivery), \(township), \(household), 'vehicles', 'clear', '2021-07-20', '2021-07-20',
      \(delivery))
    """)
}
