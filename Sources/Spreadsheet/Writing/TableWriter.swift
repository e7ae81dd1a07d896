/// Writes one table, row by row, to a file or a stream: lines of title, the header, the rows.
///
/// Titles above the header are passed over by ``TableReader``, so a table that was written is read back.
public protocol TableWriter: AnyObject {
  /// A line above the header: who took the list out, when, for what.
  func title(_ text: String) throws
  func header(_ titles: [String]) throws
  func row(_ cells: [Cell]) throws
  /// Completes the file. Nothing may be written afterwards; without it the file is not whole.
  func finish() throws
}

extension TableWriter {
  /// The header and the records of a map.
  public func write<Record>(
    _ records: some Sequence<Record>, as map: ColumnMap<Record>
  ) throws {
    try header(map.titles)
    for record in records { try row(map.cells(of: record)) }
  }
}

/// Why a workbook could not be written; holds no data.
public enum SheetWriteError: Error, Equatable, CustomStringConvertible {
  /// The file or a temporary one cannot be made or is cut short: the disk is full or the folder is not
  /// writable.
  case storage
  /// A text of more than 32,767 characters, at this row (from 1).
  case textTooLong(row: Int)
  /// More columns or rows than a sheet has.
  case tooLarge
  /// The library refused something: its own number for it.
  case library(Int)

  public var description: String {
    switch self {
    case .storage: "表格文件写不下去了：磁盘已满或者文件夹不能写"
    case .textTooLong(let row): "第\(row)行有一个单元格超过32767个字，不能写进表格"
    case .tooLarge: "行或列太多，表格文件放不下"
    case .library(let number): "写表格文件时出错（\(number)）"
    }
  }
}
