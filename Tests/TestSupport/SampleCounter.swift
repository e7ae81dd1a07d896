import Foundation
import Postgres

/// A question at the counter about a protected tenant, which waits for the housing bureau.
func addSampleCounterCheck(
  _ tx: Transaction, township: String, account: Int64, household: Int64, person: Int64
) throws -> Int64 {
  try tx.one(
    Query<Int64>(
      """
      INSERT INTO counter_checks (area, reference, asked_at, account_id, account_name, purpose,
        id_number_index, result, person_id, household_id, name_matches)
      VALUES (\(township), \("样本-\(township)"), '2021-08-02 09:00+08', \(account), '样本员',
        'registration', \([UInt8](repeating: 3, count: 32)), 'protected', \(person), \(household),
        true)
      RETURNING id
      """))
}

/// A token of the machine interface, with an answer that was kept for it.
func addSampleToken(_ tx: Transaction, township: String, account: Int64) throws -> Int64 {
  let hash = (0..<32).map { _ in UInt8.random(in: 0...255) }
  let token = try tx.one(
    Query<Int64>(
      """
      INSERT INTO api_tokens (area, account_id, name, token_hash, permissions, created_by_name,
        created_at, expires_at)
      VALUES (\(township), \(account), \("样本系统\(township)"), \(hash), '{view_reviews}', '样本员',
        '2021-08-01 08:00+08', '2021-12-01 08:00+08')
      RETURNING id
      """))
  try tx.execute(
    """
    INSERT INTO api_requests (token_id, key, area, request_hash, status, body_sealed, at)
    VALUES (\(token), 'sample', \(township), \(hash), 201, \(hash), '2021-08-01 08:00+08')
    """)
  return token
}
