import Domain
import Ground
import Postgres

/// An extract of the township that waits for its confirmation, with a row that somebody has to decide on,
/// one that could not be read, and one that differs from what is in force; and a schedule.
func addSampleDelivery(
  _ tx: Transaction, township: String, round: Int64, household: Int64, person: Int64, keys: KeyRing
) throws -> (delivery: Int64, match: Int64) {
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
  let match = try tx.one(
    Query<Int64>(
      """
      INSERT INTO delivery_matches (area, delivery_id, line, person_id, household_id, values_sealed)
      VALUES (\(township), \(delivery), 4, \(person), \(household),
        \(try keys.seal("样本人\n1980-01-01\n\(values)", for: .deliveryMatch)))
      RETURNING id
      """))
  return (delivery, match)
}
