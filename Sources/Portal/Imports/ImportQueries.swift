import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// An import as lists and its page show it.
struct ImportRecord: RowDecodable {
  let id: ImportID
  let area: AreaCode
  let kind: RegisterSheet
  let state: ImportState
  let fileName: String
  let fileSize: Int
  let fileHash: [UInt8]
  let isCommand: Bool
  let uploadedBy: AccountID
  let uploadedByName: String
  let uploadedAt: Date
  let phase: String?
  let rowsDone: Int
  let rowsExpected: Int?
  let message: String?
  let rowCount: Int?
  let errorCount: Int?
  let warningCount: Int?
  let badRows: Int?
  /// Hidden rows, and whether they are taken.
  let hiddenRows: Int
  let takesHidden: Bool
  let counts: ImportCounts?
  let goodRowsOnly: Bool?
  let confirmedByName: String?
  let confirmedAt: Date?
  let finishedAt: Date?
  let undoneByName: String?
  let undoReason: String?
  let undoneAt: Date?
  let hasFile: Bool
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    guard let kind = RegisterSheet(rawValue: try row("kind")) else {
      throw PostgresError(.misuse("unknown kind of import"))
    }
    self.kind = kind
    state = try row("state")
    fileName = try row("file_name")
    fileSize = try row("file_size")
    fileHash = try row("file_hash")
    isCommand = try row("is_command")
    uploadedBy = try row("uploaded_by")
    uploadedByName = try row("uploaded_by_name")
    uploadedAt = try row("uploaded_at")
    phase = try row("phase")
    rowsDone = try row("rows_done")
    rowsExpected = try row("rows_expected")
    message = try row("message")
    rowCount = try row("row_count")
    errorCount = try row("error_count")
    warningCount = try row("warning_count")
    badRows = try row("bad_rows")
    hiddenRows = try row("hidden_rows", as: Int?.self) ?? 0
    takesHidden = try row("takes_hidden")
    counts = try ImportCounts(row)
    goodRowsOnly = try row("good_rows_only")
    confirmedByName = try row("confirmed_by_name")
    confirmedAt = try row("confirmed_at")
    finishedAt = try row("finished_at")
    undoneByName = try row("undone_by_name")
    undoReason = try row("undo_reason")
    undoneAt = try row("undone_at")
    hasFile = try row("has_file")
    version = try row("version")
  }

  /// What works on an import.
  static let jobs: [any JobKind.Type] = [
    ImportCheckJob.self, ImportCommitJob.self, ImportUndoJob.self, ImportCommandJob.self,
  ]

  static let columns: SQL = """
    i.id, i.area, i.kind, i.state, i.file_name, i.file_size, i.file_hash, i.is_command,
    i.uploaded_by, i.uploaded_by_name, i.uploaded_at,
    \(jobColumn("phase", of: jobs, "i.id")) AS phase,
    coalesce(\(jobColumn("done", of: jobs, "i.id")), 0) AS rows_done,
    \(jobColumn("expected", of: jobs, "i.id")) AS rows_expected,
    i.message, i.row_count, i.error_count, i.warning_count, i.bad_rows,
    i.hidden_rows, i.takes_hidden, i.counts,
    i.good_rows_only, i.confirmed_by_name, i.confirmed_at, i.finished_at, i.undone_by_name,
    i.undo_reason, i.undone_at,
    EXISTS (SELECT FROM import_chunks c WHERE c.import_id = i.id) AS has_file, i.version
    """
}

func importRecord(_ id: ImportID) -> Query<ImportRecord> {
  Query("SELECT \(ImportRecord.columns) FROM imports i WHERE i.id = \(id)")
}

/// The same file under the same kind, sent before and not given up since.
func earlierImport(
  of hash: [UInt8], _ kind: RegisterSheet, before id: ImportID? = nil
) -> Query<ImportRecord> {
  let others: SQL = id.map { "i.id < \($0)" } ?? "true"
  let states = ImportState.allCases.filter(\.holdsFile)
  return Query(
    """
    SELECT \(ImportRecord.columns) FROM imports i
    WHERE i.file_hash = \(hash) AND i.kind = \(kind.rawValue) AND i.state = ANY(\(list: states))
      AND \(others)
    ORDER BY i.id DESC LIMIT 1
    """)
}

func importCauses(_ id: ImportID) -> Query<ListedCause> {
  Query(
    """
    SELECT severity, code, title, problems FROM import_causes WHERE import_id = \(id)
    ORDER BY severity, problems DESC, code
    """)
}

/// Problems in the order of the file, of one cause or of all, after a position.
func importProblems(
  _ id: ImportID, code: String? = nil, after position: Int64 = 0, limit: Int
) -> Query<ListedProblem> {
  let cause: SQL = code.map { "code = \($0)" } ?? "true"
  return Query(
    """
    SELECT id, severity, code, title, sheet, line, column_title, shown, message
    FROM import_problems WHERE import_id = \(id) AND id > \(position) AND \(cause)
    ORDER BY id LIMIT \(limit)
    """)
}

func importChanges(_ id: ImportID, limit: Int) -> Query<ImportChange> {
  Query(
    """
    SELECT sheet, line, subject, fields FROM import_changes WHERE import_id = \(id)
    ORDER BY id LIMIT \(limit)
    """
  ) { row in
    ImportChange(
      sheet: try row("sheet"), line: try row("line"), subject: try row("subject"),
      fields: try JSONDecoder().decode(
        [ImportChange.Field].self, from: Data(try row("fields", as: String.self).utf8)))
  }
}
