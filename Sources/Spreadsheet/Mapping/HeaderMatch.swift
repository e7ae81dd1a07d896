/// The header of a sheet as it was found: which column of the ``ColumnMap`` stands where.
public struct HeaderMatch<Record: Sendable>: Sendable {
  /// One column that was found; small, as it is taken up for every cell.
  @usableFromInline struct Found: Sendable {
    @usableFromInline let index: Int
    /// A second column of the same title right beside it, as merged header cells give.
    @usableFromInline var twin: Int?
    /// In the map.
    @usableFromInline let column: Int
    @usableFromInline let read:
      @Sendable (Cell, DateSystem, inout Record) throws(CellProblem) -> Void
    @usableFromInline let doubt: (@Sendable (Cell) -> CellProblem?)?
  }

  /// The sheet's name; empty for CSV.
  public let sheet: String
  /// The row in which the titles stand.
  public let row: Int
  @usableFromInline let found: [Found]
  @usableFromInline let columns: [SheetColumn<Record>]
  /// Where an earlier marking of the workbook put its column of problems.
  let problemsColumn: Int?
  @usableFromInline let blank: @Sendable () -> Record
  /// The cells of the header's row, to know it again.
  let titles: [Cell]
  /// Up to where the titles go: of all rows of titles.
  @usableFromInline var width: Int
  /// Places among the titles at which none stands.
  @usableFromInline let untitled: [Int]

  /// How many columns were found.
  var count: Int { found.count }

  /// Reads one row below the header. Pure, so it may be called from several threads.
  ///
  /// A cell that cannot be read leaves its field empty and is among the problems.
  @inlinable public func read(_ row: SheetRow) -> (record: Record, problems: [RowProblem]) {
    var record = blank()
    var problems: [RowProblem] = []
    let cells = row.cells
    for place in found {
      let cell = place.index < cells.count ? cells[place.index] : .empty
      do throws(CellProblem) {
        if let twin = place.twin { try compare(cell, twin, row) }
        try place.read(cell, row.dateSystem, &record)
        if let doubt = place.doubt, let problem = doubt(cell) { throw problem }
      } catch {
        problems.append(problem(error, columns[place.column], cell, row))
      }
    }
    if cells.count > width || !untitled.isEmpty { lookBeside(row, &problems) }
    return (record, problems)
  }

  /// Whether a row is the header once more, as merged titles and printed pages give.
  public func isRepeated(in row: SheetRow) -> Bool {
    found.allSatisfy { $0.index < row.cells.count && row.cells[$0.index] == titles[$0.index] }
  }

  /// Where the column of this title stands (from 0); nil when the sheet has none.
  public func index(of title: String) -> Int? {
    found.first { columns[$0.column].title == title }?.index
  }

  @usableFromInline func compare(_ cell: Cell, _ twin: Int, _ row: SheetRow) throws(CellProblem) {
    guard twin < row.cells.count, !row.cells[twin].isBlank, row.cells[twin] != cell else { return }
    throw CellProblem(
      .columnsDisagree,
      "\(columnLetters(twin - 1))列和\(columnLetters(twin))列的标题相同而内容不同，请只保留一列")
  }

  @usableFromInline func problem(
    _ problem: CellProblem, _ column: SheetColumn<Record>, _ cell: Cell, _ row: SheetRow
  ) -> RowProblem {
    RowProblem(
      sheet: row.sheet, row: row.number, column: column.title, severity: problem.severity,
      cause: problem.cause, shown: column.shown(cell), message: problem.message)
  }
}
