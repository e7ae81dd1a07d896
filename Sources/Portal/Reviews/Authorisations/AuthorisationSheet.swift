import Domain
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// One row of a workbook of authorisations.
struct AuthorisationRow: Sendable {
  var idNumber: ResidentID?
  var name: String?
  var signedOn: Day?
  var runsOutOn: Day?
  var paperNote: String?

  static let map = ColumnMap<AuthorisationRow>(
    sheet: "授权书",
    columns: [
      SheetColumn(
        "身份证号", synonyms: ["身份证号码", "证件号码", "居民身份证号码", "公民身份号码", "身份证"], .residentID,
        required: true, personal: true, width: 22, at: \AuthorisationRow.idNumber),
      SheetColumn(
        "姓名", synonyms: ["授权人", "成员姓名"], .name(max: 60), personal: true, width: 12,
        at: \AuthorisationRow.name),
      SheetColumn(
        "签署日期", synonyms: ["授权日期", "签字日期", "签订日期"], .day, required: true, width: 12,
        at: \AuthorisationRow.signedOn),
      SheetColumn(
        "到期日期", synonyms: ["有效期至", "授权到期日", "截止日期"], .day, width: 12, hint: "没有写明期限的不填",
        at: \AuthorisationRow.runsOutOn),
      SheetColumn(
        "存放处", synonyms: ["原件存放处", "存放位置", "档案位置", "备注"], .text(max: 200), required: true,
        width: 24, hint: "纸质授权书放在哪里", at: \AuthorisationRow.paperNote),
    ], blank: { AuthorisationRow() })
}

/// What a workbook of authorisations came to.
struct AuthorisationOutcome: Sendable {
  var rows = 0
  var entered = 0
  var known = 0
  /// Rows about people who are not in the register; nothing of them is kept.
  var others = 0
  var problems: [RowProblem] = []

  var flash: String {
    "共 \(rows) 行：新登记 \(entered) 份，已经有的 \(known) 份，不是在保家庭成员的 \(others) 行没有保存，有问题的 "
      + "\(problems.count) 处。"
  }
}

extension AuthorisationOutcome {
  static let mostRows = 50_000
  private static let problemsKept = 200

  /// Reads a workbook; what is wrong with a row leaves that row out.
  static func read(_ workbook: Workbook, today: Day) throws -> (Self, [AuthorisationRow]) {
    var outcome = AuthorisationOutcome()
    var rows: [AuthorisationRow] = []
    var reader = TableReader(AuthorisationRow.map)
    try workbook.forEachRow { row in
      guard case .record(let record, var problems) = reader.take(row) else { return }
      outcome.rows += 1
      func fail(_ column: String, _ message: String) {
        problems.append(
          RowProblem(
            sheet: row.sheet, row: row.number, column: column, cause: .authorisationDay, shown: "",
            message: message))
      }
      if let day = record.signedOn, day > today { fail("签署日期", "签署日期在今天之后，请核对") }
      if let day = record.signedOn, let end = record.runsOutOn, end < day {
        fail("到期日期", "到期日期在签署日期以前，请核对")
      }
      let isWrong = problems.contains { $0.severity == .error }
      if !isWrong { rows.append(record) }
      outcome.problems += problems.prefix(max(0, problemsKept - outcome.problems.count))
    }
    outcome.problems += reader.finish().prefix(20)
    return (outcome, rows)
  }

  /// Enters what is about members of the register.
  mutating func enter(
    _ rows: [AuthorisationRow], by actor: ActingPerson, keys: KeyRing, _ tx: Transaction
  ) throws {
    let hashes = rows.map { row in
      row.idNumber.map { keys.hash($0.text, of: .idNumber) } ?? []
    }
    let found = try tx.all(
      Query(
        """
        SELECT s.place, p.id FROM unnest(\(list: hashes)::bytea[]) WITH ORDINALITY AS s (hash, place)
        JOIN persons p ON p.id_number_index = s.hash AND p.left_on IS NULL
        """
      ) { row -> (Int, PersonID) in (try row("place"), try row("id")) })
    let known = Set(found.map(\.0))
    others = rows.count - known.count
    let typed = found.compactMap { place, person -> TypedAuthorisation? in
      let row = rows[place - 1]
      guard let signedOn = row.signedOn else { return nil }
      return TypedAuthorisation(
        person: person, signedOn: signedOn, runsOutOn: row.runsOutOn, paperNote: row.paperNote)
    }
    entered = try tx.enter(typed, by: actor, keys: keys)
    self.known = typed.count - entered
    try tx.audit(
      AuditEvent(
        action: .importAuthorisations, entity: "authorisations",
        after: ["rows": String(self.rows), "new": String(entered), "same": String(self.known)]),
      by: actor.origin)
  }
}

extension ProblemCause {
  static let authorisationDay = ProblemCause("authorisation_day", "授权书的日期不对")
}
