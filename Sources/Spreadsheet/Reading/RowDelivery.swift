/// Takes rows as they stand in the file and gives them out as people see them: blank rows between
/// others filled in, merged cells filled out, and no more than the limit.
final class RowDelivery {
  private let limits: ReadLimits
  private let body: (SheetRow) throws -> Void
  private var sheet = ""
  private var dateSystem = DateSystem.from1900
  private var isHidden = false
  private var merges = MergeFill([])
  private var last = 0
  private var given = 0

  init(limits: ReadLimits, body: @escaping (SheetRow) throws -> Void) {
    self.limits = limits
    self.body = body
  }

  func begin(
    sheet: String, dateSystem: DateSystem, merges: [MergedRange] = [], isHidden: Bool = false
  ) {
    self.sheet = sheet
    self.isHidden = isHidden
    self.dateSystem = dateSystem
    self.merges = MergeFill(merges)
    last = 0
  }

  /// Takes a row. Its cells end with one that is not empty; rows come in ascending order, and blank
  /// ones need not come at all.
  func take(_ number: Int, _ cells: consuming [Cell], isHidden: Bool = false) throws {
    if cells.isEmpty { return }
    if last > 0 {
      while last + 1 < number { try give(last + 1, [], .none) }
    }
    try give(number, cells, isHidden ? .row : .none)
  }

  private func give(_ number: Int, _ cells: consuming [Cell], _ hiding: RowHiding) throws {
    guard given < limits.rows else { throw WorkbookError.tooManyRows(limit: limits.rows) }
    given += 1
    last = number
    // A row without anything of its own stays blank: the second line of rows that are two lines high.
    if !cells.isEmpty, !merges.isOver { merges.fill(row: number, &cells) }
    try body(
      SheetRow(
        sheet: sheet, number: number, cells: cells, dateSystem: dateSystem,
        hiding: isHidden ? .sheet : hiding))
  }
}
