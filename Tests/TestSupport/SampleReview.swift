import Domain
import Ground
import Postgres

/// A round of the township with one household in it, one check answered and its value.
func addSampleReview(
  _ tx: Transaction, township: String, county: String, campaign: Int64, household: Int64,
  keys: KeyRing
) throws -> Int64 {
  let round = try tx.one(
    Query<Int64>(
      """
      INSERT INTO review_rounds (area, campaign_id, title, opened_on, opened_by_name)
      VALUES (\(township), \(campaign), \("样本复核\(township)"), '2021-06-09', '样本员')
      RETURNING id
      """))
  try tx.execute(
    """
    INSERT INTO review_households (round_id, household_id, area, estate_id)
    SELECT \(round), id, area, estate_id FROM households WHERE id = \(household)
    """)
  for bureau in Bureau.allCases {
    try tx.execute(
      """
      INSERT INTO review_dues (round_id, area, bureau, due_on)
      VALUES (\(round), \(township), \(bureau), '2021-07-31')
      """)
  }
  let delivery = try tx.one(
    Query<Int64>(
      """
      INSERT INTO deliveries (area, round_id, check_type, way, state, as_of, account_name, delivered_at)
      VALUES (\(county), \(round), 'income', 'screen', 'done', '2021-07-20', '样本员', '2021-07-20')
      RETURNING id
      """))
  try tx.execute(
    """
    INSERT INTO check_records (area, delivery_id, household_id, check_type, digest, values_sealed)
    VALUES (\(township), \(delivery), \(household), 'income',
      \(Array(keys.hash("amount=1", of: .checkRecord).prefix(16))),
      \(try keys.seal("amount=36000.00\n", for: .checkRecord)))
    """)
  try tx.execute("SELECT count_review_progress(\(round))")
  try tx.execute(
    """
    INSERT INTO checks (area, round_id, household_id, check_type, result, as_of, answered_on,
      delivery_id)
    VALUES (\(township), \(round), \(household), 'income', 'clear', '2021-07-20', '2021-07-20',
      \(delivery))
    """)
  return round
}
