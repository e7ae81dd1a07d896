import Pages
import Postgres
import Register
import Spreadsheet

// What the file as a whole, and the register, say to leases.
extension LeaseImport {
  mutating func check(_ tx: Transaction, _ log: inout ProblemLog, _ sheets: [String]) throws {
    try HomePlaces.find(
      tx, &log, sheets,
      indexes: ["household_number", "contract_number", "household_id", "lease_id"])
    try findHouseholds(tx)
    try tx.execute(
      """
      UPDATE import_rows r SET lease_id = l.id FROM leases l
      WHERE l.contract_number = r.contract_number
      """)
    try tx.settle("import_rows")
    for check in Self.checks { try tx.look(for: check, &log, sheets) }
    try preparePeriods(tx)
    for check in Self.overlaps { try tx.look(for: check, &log, sheets) }
  }

  private func findHouseholds(_ tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE import_rows r SET household_id = h.id FROM households h
      WHERE h.number = r.household_number
      """)
    try tx.execute(
      """
      UPDATE import_rows r SET household_id = f.household_id, several = f.several
      FROM (
        SELECT i.ordinal, min(h.id) AS household_id, count(*) > 1 AS several
        FROM import_rows i
        JOIN persons p ON p.id_number_index = i.applicant_index AND p.relation = 'applicant'
          AND p.left_on IS NULL
        JOIN households h ON h.id = p.household_id AND h.merged_into IS NULL
        WHERE i.household_number IS NULL
        GROUP BY i.ordinal) f
      WHERE f.ordinal = r.ordinal
      """)
  }

  /// The terms of all leases that will be there: those of the file, and those of the register that
  /// the file does not replace.
  private func preparePeriods(_ tx: Transaction) throws {
    try tx.execute(
      """
      CREATE TEMPORARY TABLE import_periods ON COMMIT DROP AS
      SELECT r.ordinal, r.contract_number, r.home_id, r.household_id, r.starts_on,
        COALESCE(r.ended_on, 'infinity') AS free_on
      FROM import_rows r WHERE NOT r.bad
      UNION ALL
      SELECT NULL, l.contract_number, l.home_id, l.household_id, l.starts_on,
        COALESCE(l.ended_on, 'infinity')
      FROM leases l JOIN (
        SELECT o.id FROM leases o JOIN import_rows r ON r.home_id = o.home_id
        UNION
        SELECT o.id FROM leases o JOIN import_rows r ON r.household_id = o.household_id) met
        ON met.id = l.id
      WHERE NOT EXISTS (SELECT FROM import_rows r WHERE r.lease_id = l.id AND NOT r.bad)
      """)
    try tx.settle("import_periods", indexes: ["home_id", "household_id"])
  }

  private static let checks = [
    StagingCheck(
      cause: .rowTwice, column: "合同编号", message: "这份合同在文件里已有一行，请只保留一行",
      rows: """
        SELECT ordinal, sheet, line, contract_number, '' FROM (
          SELECT ordinal, sheet, line, contract_number,
            row_number() OVER (PARTITION BY contract_number ORDER BY ordinal) AS place
          FROM import_rows) numbered
        WHERE place > 1
        """),
    StagingCheck(
      cause: .homeUnknown, column: SheetTitles.room, message: "这个项目里没有这套房源，请核对楼栋、单元和房号，或先导入房源",
      rows: """
        SELECT r.ordinal, r.sheet, r.line, \(HomePlaces.text), '' FROM import_rows r
        WHERE r.home_id IS NULL AND r.estate_id IS NOT NULL
        """),
    StagingCheck(
      cause: .householdAmbiguous, column: SheetTitles.householdNumber,
      message: "这个申请人有几户家庭，请填写家庭编号",
      rows: "SELECT ordinal, sheet, line, '', '' FROM import_rows WHERE several"),
    StagingCheck(
      cause: .householdUnknown, column: SheetTitles.householdNumber,
      message: "登记里没有这户家庭，请核对编号或身份证号，或先导入家庭",
      rows: """
        SELECT ordinal, sheet, line, household_number, '' FROM import_rows
        WHERE household_id IS NULL
        """),
    StagingCheck(
      cause: .householdDisagrees, column: "申请人身份证号", message: "这个身份证号不是这户家庭的成员，请核对",
      rows: """
        SELECT r.ordinal, r.sheet, r.line, r.household_number, '' FROM import_rows r
        WHERE r.household_number IS NOT NULL AND r.applicant_index IS NOT NULL
          AND r.household_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM persons p WHERE p.household_id = r.household_id
              AND p.id_number_index = r.applicant_index)
        """),
    StagingCheck(
      cause: .contractElsewhere, column: "合同编号",
      message: "登记里这个合同编号属于另一套房源或另一户家庭，请核对编号",
      rows: """
        SELECT r.ordinal, r.sheet, r.line, r.contract_number, '' FROM import_rows r
        JOIN leases l ON l.id = r.lease_id
        WHERE (l.home_id, l.household_id) <> (r.home_id, r.household_id)
        """),
    StagingCheck(
      cause: .homeVacant, severity: .warning, column: SheetTitles.room,
      message: "房源登记为空置，导入后改为已出租",
      rows: """
        SELECT r.ordinal, r.sheet, r.line, \(HomePlaces.text), '' FROM import_rows r
        JOIN homes h ON h.id = r.home_id WHERE r.state = 'running' AND h.state = 'vacant'
        """),
    StagingCheck(
      cause: .homeNotFree, severity: .warning, column: SheetTitles.room,
      message: "房源登记为维修中，却有履行中的租约，请核对",
      rows: """
        SELECT r.ordinal, r.sheet, r.line, \(HomePlaces.text), '' FROM import_rows r
        JOIN homes h ON h.id = r.home_id WHERE r.state = 'running' AND h.state = 'in_repair'
        """),
  ]

  private static func overlap(_ column: String, _ message: String, _ same: SQL) -> StagingCheck {
    StagingCheck(
      cause: .leaseOverlaps, column: column, message: message,
      rows: """
        SELECT r.ordinal, r.sheet, r.line, r.contract_number,
          min(o.contract_number || '（' || o.starts_on || ' 至 '
            || CASE WHEN o.free_on = 'infinity' THEN '未终止' ELSE o.free_on::text END || '）')
        FROM import_periods p
        JOIN import_periods o ON \(same) AND o.starts_on < p.free_on AND p.starts_on < o.free_on
          AND o.contract_number <> p.contract_number
        JOIN import_rows r ON r.ordinal = p.ordinal
        GROUP BY r.ordinal, r.sheet, r.line, r.contract_number
        """)
  }

  private static let overlaps = [
    overlap("起租日期", "租期与同一套房源的另一份租约重叠：", "o.home_id = p.home_id"),
    overlap("起租日期", "这户家庭同时还有另一份租约：", "o.household_id = p.household_id"),
  ]
}
