public import Domain

/// What one cell of a sheet holds.
public enum Cell: Hashable, Sendable {
  case empty
  /// Text as it stands in the file, neither trimmed nor made half-width.
  case text(String)
  /// A number of at most 15 significant digits.
  case number(Double)
  /// A number of more digits than a spreadsheet keeps, as it is written in the file:
  /// `350423198001010011` (kept whole) or `3.50423198001010E+17` (the last digits are lost).
  case longNumber(String)
  /// A number that is formatted as a date; a time of day is dropped.
  case day(Day)
  /// A date whose format shows less than a day: 2021年6月.
  case partialDay(Day, hides: HiddenPart)
  /// A date with a time at which midnight of China lies elsewhere, in seconds of the day: 16:00 of the day before.
  case moment(Day, seconds: Int)
  /// A number whose format shows other characters than its own: 101 as 0101, 0.5 as 50%. Nil where what it shows
  /// cannot be told.
  case formatted(Double, shown: String?)
  case bool(Bool)
  /// What a formula failed with: `#N/A`.
  case failure(String)
}

/// What the format of a date cell does not show.
public enum HiddenPart: Sendable {
  case day, year
  /// It shows a time of day alone.
  case all
}

/// From which day a workbook counts its date serials.
public enum DateSystem: Sendable {
  /// Serial 1 is 1900-01-01, and 1900 is taken for a leap year (ECMA-376 part 1, 18.17.4.1).
  case from1900
  /// Serial 0 is 1904-01-01: workbooks of old Macintosh programs.
  case from1904
}

/// One row of a sheet, blank ones included when they lie between others.
public struct SheetRow: Sendable {
  /// The sheet's name; empty for CSV.
  public let sheet: String
  /// As the program that made the file numbers it, from 1.
  public let number: Int
  /// From column A; what is missing at the end is empty.
  public let cells: [Cell]
  public let dateSystem: DateSystem
  public let hiding: RowHiding

  public init(
    sheet: String, number: Int, cells: [Cell], dateSystem: DateSystem = .from1900,
    hiding: RowHiding = .none
  ) {
    self.sheet = sheet
    self.number = number
    self.cells = cells
    self.dateSystem = dateSystem
    self.hiding = hiding
  }
}

/// Whether somebody who looks at the workbook sees a row.
public enum RowHiding: Sendable {
  case none
  /// Hidden by itself, by a filter or with its group.
  case row
  /// With its whole sheet.
  case sheet
}
