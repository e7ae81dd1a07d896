import Domain
import Pages
import Postgres
import Register
import Spreadsheet

// What the file as a whole, and the register, say to households and members.
extension HouseholdImport {
  static func householdChecks(hasKnown: Bool, hasUnnumbered: Bool) -> [StagingCheck] {
    var checks = newHouseholds
    if hasUnnumbered { checks += unnumberedHouseholds }
    if hasKnown { checks += knownHouseholds }
    return checks
  }

  private static func household(
    _ cause: ProblemCause, _ column: String?, _ message: String, where condition: SQL,
    detail: SQL = "''"
  ) -> StagingCheck {
    StagingCheck(
      cause: cause, column: column, message: message, table: "import_households",
      rows: """
        SELECT g.ordinal, g.sheet, g.line, g.number, \(detail) FROM import_households g
        WHERE \(condition)
        """)
  }

  private static let newHouseholds = [
    household(
      .valueMissing, SheetTitles.township, "新登记的家庭要填“乡镇”，填在申请人那一行",
      where: "g.household_id IS NULL AND g.area IS NULL AND NOT g.bad"),
    household(
      .valueMissing, "保障类别", "新登记的家庭要填“保障类别”，填在申请人那一行",
      where: "g.household_id IS NULL AND g.category IS NULL AND NOT g.bad"),
    household(
      .applicantMissing, "与申请人关系", "这一户没有申请人，请写明谁是申请人，并把申请人放在第一行",
      where: "g.household_id IS NULL AND g.applicants = 0 AND g.members > 0 AND NOT g.bad"),
    household(
      .applicantTwice, "与申请人关系", "这一户有两个以上申请人，请核对关系，或者是不是两户用了同一个编号",
      where: "g.applicants > 1"),
    household(
      .mergedUnknown, "并入家庭编号", "登记和文件里都没有要并入的家庭，请核对编号",
      where: """
        g.household_id IS NULL AND g.merged_into IS NOT NULL
        AND NOT EXISTS (SELECT FROM households h WHERE h.number = g.merged_into)
        AND NOT EXISTS (SELECT FROM import_households o
          WHERE o.number = g.merged_into AND o.household <> g.household)
        """),
  ]

  private static let unnumberedHouseholds = [
    household(
      .householdAmbiguous, SheetTitles.householdNumber, "登记里这个申请人有几户家庭，请填写家庭编号",
      where: "g.several"),
    StagingCheck(
      cause: .rowTwice, column: SheetTitles.householdNumber,
      message: "这一户在文件里已经有了（申请人相同），请合并，或填写家庭编号",
      table: "import_households",
      rows: """
        SELECT ordinal, sheet, line, '', '' FROM (
          SELECT g.ordinal, g.sheet, g.line, row_number() OVER (
            PARTITION BY r.id_index ORDER BY g.ordinal) AS place
          FROM import_households g
          JOIN import_rows r ON r.household = g.household
          WHERE g.number IS NULL AND r.relation = 'applicant' AND r.left_on IS NULL) numbered
        WHERE place > 1
        """),
  ]

  private static let knownHouseholds = [
    StagingCheck(
      cause: .rowTwice, column: SheetTitles.householdNumber,
      message: "文件里有两户对应登记里的同一户，请只保留一户", table: "import_households",
      rows: """
        SELECT ordinal, sheet, line, number, '' FROM (
          SELECT ordinal, sheet, line, number, row_number() OVER (
            PARTITION BY household_id ORDER BY ordinal) AS place
          FROM import_households WHERE household_id IS NOT NULL) numbered
        WHERE place > 1
        """),
    household(
      .householdMerged, "并入家庭编号", "登记里这户的并户情况与文件不同，请从文件中删去，或到家庭页面办理并户",
      where: """
        EXISTS (SELECT FROM households h LEFT JOIN households m ON m.id = h.merged_into
          WHERE h.id = g.household_id
            AND (g.merged_into IS NOT NULL OR m.id IS NOT NULL)
            AND g.merged_into IS DISTINCT FROM m.number)
        """),
    household(
      .applicantTwice, "与申请人关系", "登记里这户的申请人是另一个人；如果换了申请人，请把原申请人也列上并写明现在的关系",
      where: """
        g.applicants > 0 AND EXISTS (SELECT FROM persons p
          WHERE p.household_id = g.household_id AND p.relation = 'applicant' AND p.left_on IS NULL
            AND NOT EXISTS (SELECT FROM import_rows r
              WHERE r.household = g.household AND r.person_id = p.id))
        """),
  ]

  static func personChecks(hasKnown: Bool, hasRepeats: Bool) -> [StagingCheck] {
    var checks = [elsewhereInRegister(hasKnown: hasKnown)]
    if hasRepeats { checks += repeats }
    if hasKnown { checks.append(hasLeft) }
    return checks
  }

  private static let repeats = [
    StagingCheck(
      cause: .personTwice, column: "身份证号", message: "这个人在这一户里已有一行，请只保留一行",
      mask: Masking.maskedName,
      rows: """
        SELECT r.ordinal, r.sheet, r.line, r.name, '' FROM import_rows r
        WHERE r.seen AND EXISTS (SELECT FROM import_rows o WHERE o.id_index = r.id_index
          AND o.household = r.household AND o.ordinal < r.ordinal)
        """),
    StagingCheck(
      cause: .personElsewhere, severity: .warning, column: "身份证号",
      message: "这个人在文件里还属于另一户；照样导入，并作为疑点列出", mask: Masking.maskedName,
      rows: """
        SELECT r.ordinal, r.sheet, r.line, r.name, '' FROM import_rows r
        WHERE r.seen AND r.left_on IS NULL AND EXISTS (
          SELECT FROM import_rows o WHERE o.id_index = r.id_index AND o.left_on IS NULL
            AND o.household <> r.household AND o.ordinal < r.ordinal)
        """),
  ]

  private static func elsewhereInRegister(hasKnown: Bool) -> StagingCheck {
    let own: SQL =
      hasKnown
      ? """
      AND NOT EXISTS (SELECT FROM import_households g
        WHERE g.household = r.household AND g.household_id = p.household_id)
      """ : ""
    return StagingCheck(
      cause: .personElsewhere, severity: .warning, column: "身份证号",
      message: "登记里这个人还属于另一户；照样导入，并作为疑点列出：", mask: Masking.maskedName,
      rows: """
        SELECT r.ordinal, r.sheet, r.line, min(r.name), min(h.number)
        FROM import_rows r
        JOIN persons p ON p.id_number_index = r.id_index AND p.left_on IS NULL
        JOIN households h ON h.id = p.household_id
        WHERE r.left_on IS NULL \(own)
        GROUP BY r.ordinal, r.sheet, r.line
        """)
  }

  private static let hasLeft = StagingCheck(
    cause: .personHasLeft, severity: .warning, column: "姓名",
    message: "登记里这个人已离开这户，导入不会改变；如果已经回来，请到家庭页面办理",
    mask: Masking.maskedName,
    rows: """
      SELECT r.ordinal, r.sheet, r.line, r.name, '' FROM import_rows r
      JOIN persons p ON p.id = r.person_id
      WHERE p.left_on IS NOT NULL AND r.left_on IS NULL
      """)
}
