public import Postgres
public import Spreadsheet

/// Something that may be wrong with staged rows, found by a query over all of them at once.
public struct StagingCheck: Sendable {
  public let cause: ProblemCause
  public var severity = ProblemSeverity.error
  /// The title of the column that is to be mended; nil for the whole row.
  public let column: String?
  /// What is wrong and what to do; what the query gives as `detail` follows it.
  public let message: String
  /// The table whose `bad` is set, besides being reported.
  public var table: StaticString = "import_rows"
  /// Masks what the query gives as `shown`.
  public var mask: @Sendable (String) -> String = { $0 }
  /// `ordinal, sheet, line, shown, detail` of the rows concerned, each once.
  public let rows: SQL

  public init(
    cause: ProblemCause, severity: ProblemSeverity = ProblemSeverity.error, column: String?,
    message: String, table: StaticString = "import_rows",
    mask: @escaping @Sendable (String) -> String = { $0 }, rows: SQL
  ) {
    self.cause = cause
    self.severity = severity
    self.column = column
    self.message = message
    self.table = table
    self.mask = mask
    self.rows = rows
  }
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
  public func look(for check: StagingCheck, _ log: inout ProblemLog, _ sheets: [String]) throws
    -> Int
  {
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
  public func markedRows() throws -> Int {
    try one(Query("SELECT count(*) FROM import_rows WHERE bad"))
  }
}
