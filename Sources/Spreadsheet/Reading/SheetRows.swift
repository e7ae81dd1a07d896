/// Reads the rows of a worksheet (ECMA-376 part 1, 18.3.1.73) and hands each on when it is complete.
struct SheetRows: XMLHandler {
  private let sheet: String
  private let values: CellValues
  private let limits: ReadLimits
  private let delivery: RowDelivery
  private var isInRows = false
  private var row = 0
  private var isHidden = false
  private var column = -1
  private var cells: [Cell] = []
  private var type = CellType.number
  private var format = 0
  private var hasFormula = false
  private var isInValue = false
  private var collector = TextCollector()
  private var bytes: [UInt8] = []

  /// The last row that spreadsheet programs have.
  private static let lastRow = 1_048_576

  init(sheet: String, values: CellValues, limits: ReadLimits, delivery: RowDelivery) {
    self.sheet = sheet
    self.values = values
    self.limits = limits
    self.delivery = delivery
  }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    if !isInRows {
      isInRows = name == "sheetData"
    } else if name == "c" {
      startCell(attributes)
    } else if name == "v" {
      isInValue = true
    } else if name == "row" {
      try startRow(attributes)
    } else if name == "f" {
      hasFormula = true
    } else {
      collector.start(name)
    }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) throws {
    guard isInValue || collector.isCollecting else { return }
    bytes.append(contentsOf: text)
    if bytes.count > limits.cellBytes { throw tooLong }
  }

  mutating func end(_ name: XMLName) throws {
    guard isInRows else { return }
    if name == "c" {
      try endCell()
    } else if name == "v" {
      isInValue = false
    } else if name == "row" {
      let width = cells.count
      try delivery.take(row, cells, isHidden: isHidden)
      cells = []
      cells.reserveCapacity(width)
    } else if name == "sheetData" {
      isInRows = false
    } else {
      collector.end(name)
    }
  }

  private mutating func startRow(_ attributes: XMLAttributes) throws(WorkbookError) {
    let number = attributes["r"].map { decimal($0) ?? 0 } ?? row + 1
    guard number > row else { throw .damaged }
    guard number <= Self.lastRow else { throw .tooManyRows(limit: Self.lastRow) }
    row = number
    isHidden = attributes.string("hidden").map { $0 == "1" || $0 == "true" } ?? false
    column = -1
    cells.removeAll(keepingCapacity: true)
  }

  private mutating func startCell(_ attributes: XMLAttributes) {
    column += 1
    type = .number
    format = 0
    for (name, value) in attributes {
      if name == "r" {
        var next = UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
        if let place = CellReference(&next) { column = place.column }
      } else if name == "t" {
        type = CellType(XMLName(value))
      } else if name == "s" {
        format = decimal(value) ?? 0
      }
    }
    hasFormula = false
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func endCell() throws(WorkbookError) {
    if type == .string { decodeEscapes(&bytes, from: 0) }
    guard isShortEnough(bytes, limits.cellCharacters) else { throw tooLong }
    let cell = try value()
    if case .empty = cell { return }
    guard column < limits.columns else {
      throw .tooManyColumns(sheet: sheet, row: row, limit: limits.columns)
    }
    while cells.count < column { cells.append(.empty) }
    if cells.count == column { cells.append(cell) } else { cells[column] = cell }
  }

  private var tooLong: WorkbookError {
    .cellTooLong(sheet: sheet, row: row, column: column + 1, limit: limits.cellCharacters)
  }

  private func value() throws(WorkbookError) -> Cell {
    // A program that writes formulas without reckoning them leaves them without a value.
    if bytes.isEmpty, hasFormula, type == .number { return .failure("#公式没有结果") }
    return try bytes.withUnsafeBufferPointer { (bytes) throws(WorkbookError) in
      try values.cell(type, bytes, format: format)
    }
  }
}
