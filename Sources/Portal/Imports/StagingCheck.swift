import Postgres
import Spreadsheet

/// Something that may be wrong with staged rows, found by a query over all of them at once.
struct StagingCheck {
  let cause: ProblemCause
  var severity = ProblemSeverity.error
  /// The title of the column that is to be mended; nil for the whole row.
  let column: String?
  /// What is wrong and what to do; what the query gives as `detail` follows it.
  let message: String
  /// The table whose `bad` is set, besides being reported.
  var table: StaticString = "import_rows"
  /// Masks what the query gives as `shown`.
  var mask: @Sendable (String) -> String = { $0 }
  /// `ordinal, sheet, line, shown, detail` of the rows concerned, each once.
  let rows: SQL
}

private struct FoundRow: RowDecodable {
  let total: Int
  let sheet: Int
  let line: Int
  let shown: String
  let detail: String

  init(_ row: Row) throws {
    total = try row("total")
    sheet = try row("sheet")
    line = try row("line")
    shown = try row("shown")
    detail = try row("detail")
  }
}

extension Transaction {
  /// Looks for one fault, notes it and marks the rows.
  ///
  /// - Returns: how many rows have it.
  @discardableResult
  func look(for check: StagingCheck, _ log: inout ProblemLog, _ sheets: [String]) throws -> Int {
    let found = try all(
      Query<FoundRow>(
        """
        SELECT count(*) OVER () AS total, hit.sheet, hit.line,
          COALESCE(hit.shown, '') AS shown, COALESCE(hit.detail, '') AS detail
        FROM (\(check.rows)) hit (ordinal, sheet, line, shown, detail)
        ORDER BY hit.ordinal LIMIT \(constant: ProblemLog.keptPerCause)
        """))
    guard let total = found.first?.total else { return 0 }
    let problems = found.map { row in
      RowProblem(
        sheet: sheets.indices.contains(row.sheet) ? sheets[row.sheet] : "", row: row.line,
        column: check.column, severity: check.severity, cause: check.cause,
        shown: check.mask(row.shown), message: check.message + row.detail)
    }
    log.add(problems, of: total)
    if check.severity == .error {
      try execute(
        """
        UPDATE \(raw: check.table) SET bad = true WHERE ordinal IN (
          SELECT hit.ordinal FROM (\(check.rows)) hit (ordinal, sheet, line, shown, detail))
        """)
    }
    return total
  }

  /// Rows of `import_rows` that were marked.
  func markedRows() throws -> Int {
    try one(Query("SELECT count(*) FROM import_rows WHERE bad"))
  }

  /// Takes so many numbers of a table's sequence; the first one. They follow each other, although
  /// somebody else may be taking some at the same time.
  func reserve(_ count: Int, of sequence: StaticString) throws -> Int64 {
    guard count > 0 else { return 0 }
    while true {
      let (first, last) = try one(
        Query(
          """
          SELECT min(n) AS first, max(n) AS last
          FROM (SELECT nextval('\(raw: sequence)') AS n FROM generate_series(1, \(count))) taken
          """
        ) { row in (try row("first", as: Int64.self), try row("last", as: Int64.self)) })
      if last - first == Int64(count) - 1 { return first }
    }
  }
}

/// Old and new values of a row that would change, as a query gives them.
struct StagedChange: RowDecodable {
  let sheet: Int
  let line: Int
  let subject: String
  let old: [String]
  let new: [String]

  init(_ row: Row) throws {
    sheet = try row("sheet")
    line = try row("line")
    subject = try row("subject")
    old = try row("old")
    new = try row("new")
  }

  /// - Parameter fields: the name of each value and how it is shown.
  func change(
    _ fields: [(name: String, shown: (String) -> String)], _ sheets: [String]
  ) -> ImportChange {
    let changed = zip(fields, zip(old, new)).filter { $1.0 != $1.1 }
    return ImportChange(
      sheet: sheets.indices.contains(sheet) ? sheets[sheet] : "", line: line, subject: subject,
      fields: changed.map { field, values in
        ImportChange.Field(
          field: field.name, from: field.shown(values.0), to: field.shown(values.1))
      })
  }
}

/// The title of a stored value, as screens show it.
func title<Value: RawRepresentable<String>>(
  _ type: Value.Type, _ title: @escaping (Value) -> String
) -> (String) -> String {
  { text in Value(rawValue: text).map(title) ?? text }
}

/// The value as it is.
func plain(_ text: String) -> String { text }
