/// The header of a sheet as it was found: which column of the ``ColumnMap`` stands where.
public struct HeaderMatch<Record: Sendable>: Sendable {
  /// One column that was found.
  struct Found: Sendable {
    let index: Int
    /// A second column of the same title right beside it, as merged header cells give.
    var twin: Int?
    let column: SheetColumn<Record>
  }

  /// The sheet's name; empty for CSV.
  public let sheet: String
  /// The row in which the titles stand.
  public let row: Int
  let found: [Found]
  /// Where an earlier marking of the workbook put its column of problems.
  let problemsColumn: Int?
  let blank: @Sendable () -> Record

  /// Reads one row below the header. Pure, so it may be called from several threads.
  ///
  /// A cell that cannot be read leaves its field empty and is among the problems.
  public func read(_ row: SheetRow) -> (record: Record, problems: [RowProblem]) {
    var record = blank()
    var problems: [RowProblem] = []
    for place in found {
      let cell = place.index < row.cells.count ? row.cells[place.index] : .empty
      do throws(CellProblem) {
        if let twin = place.twin { try compare(cell, twin, row) }
        try place.column.read(cell, row.dateSystem, &record)
      } catch {
        problems.append(problem(error, place.column, cell, row))
      }
    }
    return (record, problems)
  }

  /// Where the column of this title stands (from 0); nil when the sheet has none.
  public func index(of title: String) -> Int? {
    found.first { $0.column.title == title }?.index
  }

  private func compare(_ cell: Cell, _ twin: Int, _ row: SheetRow) throws(CellProblem) {
    guard twin < row.cells.count, !row.cells[twin].isBlank, row.cells[twin] != cell else { return }
    throw CellProblem(
      .columnsDisagree,
      "\(columnLetters(twin - 1))列和\(columnLetters(twin))列的标题相同而内容不同，请只保留一列")
  }

  private func problem(
    _ problem: CellProblem, _ column: SheetColumn<Record>, _ cell: Cell, _ row: SheetRow
  ) -> RowProblem {
    RowProblem(
      sheet: row.sheet, row: row.number, column: column.title, severity: problem.severity,
      cause: problem.cause, shown: column.shown(cell), message: problem.message)
  }
}
