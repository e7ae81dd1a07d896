/// The columns of one kind of sheet, said once: the template that people download, the reading of
/// what they send, the report of what is wrong, and the export all follow from it.
public struct ColumnMap<Record: Sendable>: Sendable {
  /// The name of the sheet, and of the template's file: `家庭与成员`.
  public let sheet: String
  public let columns: [SheetColumn<Record>]
  /// A record with nothing in it yet.
  public let blank: @Sendable () -> Record

  public init(
    sheet: String, columns: [SheetColumn<Record>], blank: @escaping @Sendable () -> Record
  ) {
    self.sheet = sheet
    self.columns = columns
    self.blank = blank
  }

  /// The columns' titles, in their order.
  public var titles: [String] { columns.map(\.title) }

  /// Width and format of the columns, in their order.
  public var styles: [ColumnStyle] {
    columns.map { ColumnStyle(width: $0.width, format: $0.format) }
  }

  /// The record's cells in the order of the columns.
  public func cells(of record: Record) -> [Cell] { columns.map { $0.write(record) } }
}

/// One column: its title, the other titles under which it is found, and how its cells are read and
/// written.
public struct SheetColumn<Record: Sendable>: Sendable {
  public let title: String
  /// Other titles of the same thing, as offices write them.
  public let synonyms: [String]
  public let isRequired: Bool
  /// Whether values are masked in reports and exports.
  public let isPersonal: Bool
  /// What to fill in, for the template.
  public let hint: String
  /// Width in characters.
  public let width: Double
  /// How a spreadsheet program formats what is typed into the column.
  public let format: CellFormat
  /// The values to choose from, where there are few.
  public let choices: [String]
  /// The value as it may be shown.
  public let shown: @Sendable (Cell) -> String
  /// Puts the cell's value into the record; an empty cell of a column that is not required leaves it.
  public let read: @Sendable (Cell, DateSystem, inout Record) throws(CellProblem) -> Void
  public let write: @Sendable (Record) -> Cell
  /// What its numbers count, where its title may say another unit.
  public let measure: Measure?
  /// What somebody should look at although the cell can be read.
  public let doubt: (@Sendable (Cell) -> CellProblem?)?

  @usableFromInline init(
    title: String, synonyms: [String], isRequired: Bool, isPersonal: Bool, hint: String,
    width: Double, format: CellFormat, choices: [String], measure: Measure?,
    doubt: (@Sendable (Cell) -> CellProblem?)?,
    shown: @escaping @Sendable (Cell) -> String,
    read: @escaping @Sendable (Cell, DateSystem, inout Record) throws(CellProblem) -> Void,
    write: @escaping @Sendable (Record) -> Cell
  ) {
    self.title = title
    self.synonyms = synonyms
    self.isRequired = isRequired
    self.isPersonal = isPersonal
    self.hint = hint
    self.width = width
    self.format = format
    self.choices = choices
    self.measure = measure
    self.doubt = doubt
    self.shown = shown
    self.read = read
    self.write = write
  }
}

/// How the cells of a column are read into values and values are written into cells.
public struct CellKind<Value: Sendable>: Sendable {
  public let read: @Sendable (Cell, DateSystem) throws(CellProblem) -> Value?
  public let write: @Sendable (Value) -> Cell
  /// The masked form of what the cell holds, for personal columns.
  public let mask: @Sendable (String) -> String
  public let choices: [String]
  /// How a spreadsheet program formats what is typed.
  public let format: CellFormat
  /// What to fill in, for the template.
  public let hint: String
  /// What its numbers count, where a title may say another unit.
  public let measure: Measure?
  /// What somebody should look at although the cell can be read: never an error, for the value is taken.
  public let doubt: (@Sendable (Cell) -> CellProblem?)?

  public init(
    hint: String, choices: [String] = [], format: CellFormat = .text, measure: Measure? = nil,
    doubt: (@Sendable (Cell) -> CellProblem?)? = nil,
    mask: @escaping @Sendable (String) -> String = { $0 },
    read: @escaping @Sendable (Cell, DateSystem) throws(CellProblem) -> Value?,
    write: @escaping @Sendable (Value) -> Cell
  ) {
    self.read = read
    self.write = write
    self.mask = mask
    self.choices = choices
    self.format = format
    self.hint = hint
    self.measure = measure
    self.doubt = doubt
  }
}

/// How a spreadsheet program formats the cells of a column. Text keeps long numbers and leading zeros.
public enum CellFormat: Sendable, CaseIterable {
  case text, day, decimal, whole
}

/// How a column looks in a workbook.
public struct ColumnStyle: Sendable {
  /// In characters of the default font; a Han character takes two.
  public let width: Double
  public let format: CellFormat

  public init(width: Double = 14, format: CellFormat = .text) {
    self.width = width
    self.format = format
  }
}
