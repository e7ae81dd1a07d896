import Domain
import Foundation
import Ground
import Pages
import Postgres
import Spreadsheet

/// The rows of a file, once they are in the temporary table.
struct StagedFile: Sendable {
  var rows = 0
  /// Rows of the table that nobody sees who looks at the workbook.
  var hidden = 0
  /// The sheets in the order of the file; `import_rows.sheet` is the place in it.
  var sheets: [String] = []
}

/// Rows under one header, as they were read.
private struct RawBatch<Record: Sendable>: Sendable {
  static var size: Int { 500 }

  let match: HeaderMatch<Record>
  /// What is wrong with the header, and what is said of rows that are left out.
  var head: [RowProblem]
  var rows: [SheetRow] = []
  /// The rows above which one is blank or left out.
  var apart: Set<Int> = []
  var hidden = 0
  /// About how many bytes of the file the rows took.
  var size = 0
}

/// The same rows converted; `ends` says where the fields of each row end.
private struct ConvertedBatch<Lead: Sendable>: Sendable {
  let sheet: String
  let head: [RowProblem]
  var rows: [(notes: RowNotes, lead: Lead)] = []
  var fields = CopyFields()
  var ends: [Int] = []
  let size: Int
  let hidden: Int
}

extension RegisterImport {
  /// Reads, converts and copies the whole file into temporary tables of this transaction.
  mutating func stage(
    _ workbook: Workbook, ofSize size: Int, _ scope: ImportScope, _ log: inout ProblemLog,
    _ progress: JobProgress, _ tx: Transaction
  ) throws -> StagedFile {
    try tx.script(Self.tables)
    var file = StagedFile()
    var bytesRead = 0
    let pipeline = Self.pipeline(workbook, scope)
    defer { pipeline.stop() }
    try tx.copyIn(into: "import_rows", Self.columns) { writer in
      var rows = CopyFields()
      while let piece = try pipeline.next() {
        switch piece {
        case .rows(let batch):
          rows.removeAll()
          take(batch, &file, &log, into: &rows)
          try writer.write(rows)
          bytesRead += batch.size
          // How much of a packed file has been read, rows do not say.
          let expected = workbook.kind == .xlsx ? nil : file.rows * size / max(bytesRead, 1)
          try progress.advance(to: file.rows, of: expected.map { max($0, file.rows) })
        case .end(let problems): for problem in problems { log.block(problem) }
        }
      }
    }
    return file
  }

  private mutating func take(
    _ batch: ConvertedBatch<Lead>, _ file: inout StagedFile, _ log: inout ProblemLog,
    into rows: inout CopyFields
  ) {
    if file.sheets.last != batch.sheet { file.sheets.append(batch.sheet) }
    for problem in batch.head { log.block(problem) }
    file.hidden += batch.hidden
    var start = 0
    for (index, row) in batch.rows.enumerated() {
      let end = batch.ends[index]
      defer { start = end }
      file.rows += 1
      let rowStart = rows.count
      rows.beginRow(fields: Self.columns.count)
      rows.append(Int32(file.rows))
      rows.append(Int16(file.sheets.count - 1))
      rows.append(Int32(row.notes.line))
      var notes = row.notes
      if admit(row.lead, &notes, into: &rows) {
        rows.append(batch.fields, start..<end)
      } else {
        rows.drop(to: rowStart)
      }
      for problem in notes.problems { log.add(problem) }
    }
  }

  private static func pipeline(
    _ workbook: Workbook, _ scope: ImportScope
  ) -> OrderedPipeline<ReadPiece<Record>, StagedPiece<Lead>> {
    OrderedPipeline(width: 2, ahead: 12) { give in
      var reader = TableReader(map)
      var batch: RawBatch<Record>?
      var isApart = false
      func flush() throws {
        if let full = batch, !full.rows.isEmpty || !full.head.isEmpty { try give(.rows(full)) }
        batch = nil
      }
      try workbook.forEachRow { row in
        switch reader.place(row) {
        case .ignored:
          if row.cells.allSatisfy(\.isBlank) { isApart = true }
        case .header: try flush()
        case .data(let match, let problems):
          if batch == nil || !problems.isEmpty || batch?.match.sheet != match.sheet {
            try flush()
            // What nobody sees and nobody takes need not be right.
            let counts = row.hiding != .sheet || scope.takesHidden
            batch = RawBatch(match: match, head: counts ? problems : [])
          }
          isApart = batch?.take(row, isApart: isApart, scope) == false
          if let count = batch?.rows.count, count >= RawBatch<Record>.size { try flush() }
        }
      }
      try flush()
      try give(.end(reader.finish()))
    } convert: { piece in
      switch piece {
      case .rows(let batch): .rows(try converted(batch, scope))
      case .end(let problems): .end(problems)
      }
    }
  }

  private static func converted(
    _ batch: RawBatch<Record>, _ scope: ImportScope
  ) throws -> ConvertedBatch<Lead> {
    var result = ConvertedBatch<Lead>(
      sheet: batch.match.sheet, head: batch.head, size: batch.size, hidden: batch.hidden)
    result.rows.reserveCapacity(batch.rows.count)
    result.ends.reserveCapacity(batch.rows.count)
    result.fields.reserveCapacity(batch.rows.count * 256)
    for row in batch.rows {
      let (record, problems) = batch.match.read(row)
      var notes = RowNotes(sheet: row.sheet, line: row.number, problems: problems)
      notes.isApart = batch.apart.contains(row.number)
      let lead = try convert(record, scope, &notes, into: &result.fields)
      result.rows.append((notes, lead))
      result.ends.append(result.fields.count)
    }
    return result
  }
}

extension RawBatch {
  /// Takes the next row below the header.
  ///
  /// - Returns: false where it is left out.
  fileprivate mutating func take(_ row: SheetRow, isApart: Bool, _ scope: ImportScope) -> Bool {
    if let footer = match.footer(row) {
      head.append(footer)
      return false
    }
    if row.hiding != .none {
      hidden += 1
      head.append(.hidden(row, isTaken: scope.takesHidden))
      if !scope.takesHidden { return false }
    }
    if isApart { apart.insert(row.number) }
    rows.append(row)
    size += row.cells.reduce(2) { $0 + $1.writtenSize }
    return true
  }
}

extension RowProblem {
  fileprivate static func hidden(_ row: SheetRow, isTaken: Bool) -> RowProblem {
    let what = row.hiding == .sheet ? "这个工作表是隐藏的" : "这一行是隐藏的（或被筛选掉的）"
    let done = isTaken ? "照您的选择一起导入" : "没有导入；确实要导入，请选“连同隐藏的内容重新检查”，或取消隐藏后重新上传"
    return RowProblem(
      sheet: row.sheet, row: row.number, column: nil, severity: .warning, cause: .rowHidden,
      shown: "", message: "\(what)，\(done)")
  }
}

private enum ReadPiece<Record: Sendable>: Sendable {
  case rows(RawBatch<Record>)
  case end([RowProblem])
}

private enum StagedPiece<Lead: Sendable>: Sendable {
  case rows(ConvertedBatch<Lead>)
  case end([RowProblem])
}

extension Cell {
  /// About the bytes that it takes in a CSV file.
  fileprivate var writtenSize: Int {
    switch self {
    case .text(let text), .longNumber(let text), .failure(let text): text.utf8.count + 1
    default: 1
    }
  }
}
