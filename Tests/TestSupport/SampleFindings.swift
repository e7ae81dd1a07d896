import Domain
import Ground
import Postgres

/// A line of the county, a run of the rules in a township, a finding of it with its history, and one
/// that became part of a case.
func addSampleFindings(
  _ tx: Transaction, township: String, county: String, account: Int64, household: Int64,
  case violation: Int64, keys: KeyRing
) throws -> (finding: Int64, ruleRun: Int64) {
  try tx.execute(
    """
    INSERT INTO thresholds (area, year, kind, amount, document, set_by_name, set_at)
    VALUES (\(county), 2021, 'income_per_head', 1980, '样本〔2021〕1号', '样本员', '2021-06-01')
    ON CONFLICT DO NOTHING
    """)
  let run = try tx.one(
    Query<Int64>(
      """
      INSERT INTO rule_runs (area, year, at, account_id, account_name, state, households,
        households_expected, found, lines, finished_at)
      VALUES (\(township), 2021, '2021-08-01 09:00+08', \(account), '样本员', 'done', 1, 1, 1, '[]',
        '2021-08-01 09:01+08')
      RETURNING id
      """))
  let words = "人均月收入 3,012.34 元，超过 1,980.50 元（依据：样本〔2021〕1号）。"
  let sealed = try keys.seal(words, for: .findingExplanation)
  let finding = try tx.one(
    Query<Int64>(
      """
      INSERT INTO findings (area, household_id, rule, subject, evidence, run_id, explanation_sealed,
        explanation_digest)
      VALUES (\(township), \(household), 'R2', 'income', '{"checks": "income"}', \(run), \(sealed),
        \(Array(keys.hash(words, of: .findingExplanation).prefix(16))))
      RETURNING id
      """))
  try tx.execute(
    """
    INSERT INTO finding_events (area, finding_id, at, account_name, action, explanation_sealed)
    VALUES (\(township), \(finding), '2021-08-01 09:00+08', '样本员', 'found', \(sealed))
    """)
  let confirmed = try tx.one(
    Query<Int64>(
      """
      INSERT INTO findings (area, household_id, rule, subject, state, evidence, decided_by_name,
        decided_at)
      VALUES (\(township), \(household), 'R5', '样本', 'confirmed', '{}', '样本员', '2021-08-01')
      RETURNING id
      """))
  try tx.execute(
    """
    INSERT INTO case_findings (case_id, finding_id, area)
    VALUES (\(violation), \(confirmed), \(township))
    """)
  return (finding, run)
}
