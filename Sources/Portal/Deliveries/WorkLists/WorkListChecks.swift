import Domain
import Pages
import Postgres
import Register
import Reviews
import Spreadsheet

extension Transaction {
  /// Lays the rows of a work list beside the register and the frame of the round, marks those that
  /// cannot be taken, and with them their whole households.
  func checkWorkList(
    _ delivery: DeliveryHead, in round: ReviewRoundID, _ sheets: [String],
    _ outcome: inout DeliveryOutcome
  ) throws {
    try findHouseholds(delivery)
    for check in workListChecks(delivery.type, in: round) {
      try look(for: check, &outcome.log, sheets)
    }
    try script("ANALYZE delivery_rows (bad)")
    try execute(
      """
      UPDATE delivery_rows r SET bad = true
      WHERE NOT bad AND number IN (SELECT number FROM delivery_rows WHERE bad)
      """)
    outcome.bad = try one(
      Query("SELECT count(DISTINCT ordinal) FROM delivery_rows WHERE bad AND filled"))
    outcome.skipped = try one(
      Query(
        """
        SELECT count(*) FROM (
          SELECT number FROM delivery_rows GROUP BY number HAVING NOT bool_or(filled)) untouched
        """))
  }

  /// Finds the household of each row, and the member in it.
  ///
  /// Under row-level security the planner takes the register for nearly empty, and would go through all of one
  /// table once for each row of the other. So here and in what follows the register is looked up row by row:
  /// `LIMIT 1` and `OFFSET 0` keep a look-up from becoming a join. What is joined has an index, and statistics
  /// from after the last of its columns was filled.
  private func findHouseholds(_ delivery: DeliveryHead) throws {
    try settle(
      "delivery_rows", indexes: ["number", "ordinal", "household_id", "person_id"])
    try execute(
      """
      UPDATE delivery_rows r SET (household_id, area) = (
        SELECT h.id, h.area FROM households h WHERE h.number = r.number LIMIT 1)
      """)
    if delivery.type.isAboutPersons { try forgetOtherHouseholds() }
    try settle("delivery_rows")
  }

  /// Of the lines for somebody who stands in several households, the one for the household of the row
  /// stays; where there is none, the line stays without a person.
  private func forgetOtherHouseholds() throws {
    try execute(
      """
      UPDATE delivery_rows r SET person_id = NULL
      WHERE person_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM persons p WHERE p.id = r.person_id AND p.household_id = r.household_id
          AND p.id_number_index = r.id_index AND p.left_on IS NULL OFFSET 0)
      """)
    try execute(
      """
      DELETE FROM delivery_rows r WHERE person_id IS NULL AND EXISTS (
        SELECT FROM delivery_rows o WHERE o.ordinal = r.ordinal
          AND (o.person_id IS NOT NULL OR o.ctid < r.ctid))
      """)
  }
}

/// What may be wrong with a work list as a whole, one query each. Households in which nothing is filled
/// in are nobody's business.
private func workListChecks(_ type: CheckType, in round: ReviewRoundID) -> [StagingCheck] {
  var checks = [
    workListCheck(
      .householdUnknown, SheetTitles.householdNumber, "登记里没有这户家庭，或者不在您的范围内；请用下载的核查清单填写",
      """
      SELECT ordinal, sheet, line, number, NULL FROM delivery_rows
      WHERE filled AND NOT bad AND household_id IS NULL
      """),
    workListCheck(
      .outsideRound, SheetTitles.householdNumber, "这户家庭不在本轮复核的范围内，请删去这一行",
      """
      SELECT r.ordinal, r.sheet, r.line, r.number, NULL FROM delivery_rows r
      WHERE r.filled AND NOT r.bad AND NOT EXISTS (
        SELECT FROM review_households f
        WHERE f.round_id = \(round) AND f.household_id = r.household_id OFFSET 0)
      """),
    workListCheck(
      .daysDisagree, WorkListSheet.asOf, "同一家庭各行的数据截止日期应相同，请核对",
      """
      SELECT min(ordinal), (array_agg(sheet ORDER BY ordinal))[1], min(line), number, NULL
      FROM delivery_rows WHERE filled AND NOT bad GROUP BY number HAVING count(DISTINCT as_of) > 1
      """),
  ]
  if type.isAboutPersons { checks += personChecks }
  return checks
}

private var personChecks: [StagingCheck] {
  [
    workListCheck(
      .personUnknown, WorkListSheet.idNumber, "这户家庭现有的成员里没有这个身份证号，请核对",
      """
      SELECT ordinal, sheet, line, '', NULL FROM delivery_rows
      WHERE filled AND NOT bad AND person_id IS NULL
      """),
    workListCheck(
      .resultsDisagree, WorkListSheet.result, "同一人有几行时，各行的核查结果应相同，请核对",
      """
      SELECT min(ordinal), (array_agg(sheet ORDER BY ordinal))[1], min(line), '', NULL
      FROM delivery_rows WHERE filled AND NOT bad
      GROUP BY household_id, person_id HAVING count(DISTINCT result) > 1
      """),
    StagingCheck(
      cause: .membersMissing, column: WorkListSheet.result,
      message: "同一家庭的成员要一起填完，还缺左边列出的成员", table: "delivery_rows",
      mask: { names in
        names.split(separator: "、").map { Masking.maskedName(String($0)) }.joined(separator: "、")
      },
      rows: """
        SELECT f.ordinal, f.sheet, f.line, m.names, NULL
        FROM (
          SELECT household_id, min(ordinal) AS ordinal, min(line) AS line,
            (array_agg(sheet ORDER BY ordinal))[1] AS sheet
          FROM delivery_rows WHERE filled AND household_id IS NOT NULL
          GROUP BY household_id HAVING NOT bool_or(bad)) f
        CROSS JOIN LATERAL (
          SELECT string_agg(p.name, '、' ORDER BY p.id) AS names
          FROM persons p
          WHERE p.household_id = f.household_id AND p.left_on IS NULL AND NOT EXISTS (
            SELECT FROM delivery_rows d WHERE d.filled AND d.person_id = p.id OFFSET 0)) m
        WHERE m.names IS NOT NULL
        """),
  ]
}

private func workListCheck(
  _ cause: ProblemCause, _ column: String, _ message: String, _ rows: SQL
) -> StagingCheck {
  StagingCheck(cause: cause, column: column, message: message, table: "delivery_rows", rows: rows)
}

extension Transaction {
  /// Takes the households that are right: what was found of them, and what that is as an answer.
  ///
  /// A household is a hit when one of its rows is; not found when all of them are; clear otherwise.
  func keepWorkList(_ delivery: DeliveryHead, _ outcome: inout DeliveryOutcome) throws {
    try execute(
      """
      INSERT INTO check_records (area, delivery_id, household_id, person_id, check_type, line, digest,
        values_sealed, holds)
      SELECT DISTINCT ON (household_id, digest) area, \(delivery.id), household_id, person_id,
        \(delivery.type), line, digest, sealed, holds
      FROM delivery_rows WHERE NOT bad AND digest IS NOT NULL
      ORDER BY household_id, digest, ordinal
      """)
    try execute(
      """
      INSERT INTO delivery_answers (delivery_id, area, household_id, result, as_of, reason)
      SELECT \(delivery.id), min(area), household_id,
        CASE WHEN bool_or(result = 'hit') THEN 'hit' WHEN bool_and(result = 'not_found') THEN 'not_found'
          ELSE 'clear' END,
        NULLIF(max(as_of), \(delivery.asOf)), left(string_agg(DISTINCT reason, '；'), 500)
      FROM delivery_rows WHERE NOT bad AND filled GROUP BY household_id
      """)
    outcome.matched = try one(
      Query("SELECT count(DISTINCT ordinal) FROM delivery_rows WHERE NOT bad AND filled"))
    outcome.others = outcome.rows - outcome.matched - outcome.bad
  }
}
