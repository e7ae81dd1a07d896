import CXLSXWriter
import Domain
import Glibc

/// One sheet of a workbook that is being written.
struct XLSXPage {
  let sheet: UnsafeMutablePointer<lxw_worksheet>
  private let texts: [SheetFormat?]
  private let numbers: [SheetFormat?]
  private let day: SheetFormat?
  private let formats: XLSXFormats
  private let styles: [ColumnStyle]

  init(
    sheet: UnsafeMutablePointer<lxw_worksheet>, formats: XLSXFormats, styles: [ColumnStyle]
  ) {
    self.sheet = sheet
    self.formats = formats
    self.styles = styles
    texts = styles.map { $0.format == .text ? formats.format(.text) : nil }
    numbers = styles.map { $0.format == .text ? nil : formats.format($0.format) }
    day = formats.format(.day)
    for (index, style) in styles.enumerated() {
      worksheet_set_column(
        sheet, lxw_col_t(index), lxw_col_t(index), style.width, formats.format(style.format))
    }
  }

  /// Whether what was written so far could not be put on disk.
  var isCutShort: Bool { sheet.pointee.optimize_tmpfile.map { ferror($0) != 0 } ?? false }

  /// Closes the temporary file of the rows, which the library does only when it puts them together.
  func dropRows() {
    guard let file = sheet.pointee.optimize_tmpfile else { return }
    fclose(file)
    sheet.pointee.optimize_tmpfile = nil
  }

  func setWidth(_ width: Double, of column: Int) {
    worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width, nil)
  }

  /// Keeps the rows above this one (from 0) in view.
  func freeze(above row: Int) { worksheet_freeze_panes(sheet, lxw_row_t(row), 0) }

  /// Writes a cell in the column's format.
  func write(
    _ cell: Cell, row: Int, column: Int, isMarked: Bool = false
  ) throws(SheetWriteError) {
    if isMarked {
      let kind: CellFormat =
        if case .day = cell { .day } else { column < styles.count ? styles[column].format : .text }
      return try write(
        cell, row: row, column: column, format: formats.format(kind, isMarked: true))
    }
    switch cell {
    case .empty: break
    case .day: try write(cell, row: row, column: column, format: day)
    case .number:
      try write(
        cell, row: row, column: column, format: column < numbers.count ? numbers[column] : nil)
    default:
      try write(
        cell, row: row, column: column, format: column < texts.count ? texts[column] : nil)
    }
  }

  /// Writes a cell in a format; an empty one shows it too.
  func write(
    _ cell: Cell, row: Int, column: Int, format: SheetFormat?
  ) throws(SheetWriteError) {
    guard let place = lxw_row_t(exactly: row), let columnPlace = lxw_col_t(exactly: column) else {
      throw .tooLarge
    }
    let result =
      switch cell {
      case .empty: worksheet_write_blank(sheet, place, columnPlace, format)
      case .text(let text), .longNumber(let text), .failure(let text):
        worksheet_write_string(sheet, place, columnPlace, SheetText.escaped(text), format)
      case .number(let number): worksheet_write_number(sheet, place, columnPlace, number, format)
      case .bool(let value):
        worksheet_write_boolean(sheet, place, columnPlace, value ? 1 : 0, format)
      case .day(let day): write(day, place, columnPlace, format)
      case .partialDay, .moment, .formatted:
        // As it is seen, so that it means the same when the file comes back.
        worksheet_write_string(sheet, place, columnPlace, SheetText.escaped(cell.plainText), format)
      }
    switch result {
    case LXW_NO_ERROR: break
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED: throw .textTooLong(row: row + 1)
    default: throw SheetWriteError(result)
    }
  }

  private func write(
    _ day: Day, _ row: lxw_row_t, _ column: lxw_col_t, _ format: SheetFormat?
  ) -> lxw_error {
    // Before March 1900 serials are off by one or missing.
    day < Day(serial: 61, .from1900)
      ? worksheet_write_string(sheet, row, column, day.iso, format)
      : worksheet_write_number(sheet, row, column, Double(day.number + 25_569), format)
  }
}

/// Text as the format keeps it. Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
enum SheetText {
  /// CR as `_x000D_`, since XML would make it LF; what looks like such an escape with its first sign
  /// escaped.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "\r") }) else {
      return text
    }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\r") {
        result += "_x000D_".utf8
      } else {
        if isEscape(bytes[index...].prefix(7)) { result += "_x005F".utf8 }
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `_x`, four hexadecimal digits, `_`.
  private static func isEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(bytes)
    return bytes.count == 7 && bytes[0] == UInt8(ascii: "_") && bytes[1] == UInt8(ascii: "x")
      && bytes[6] == UInt8(ascii: "_")
      && bytes[2..<6].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }
}
