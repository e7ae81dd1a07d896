import Domain
import Foundation
import Pages
import Postgres
import Spreadsheet

/// How one kind of sheet comes into the register.
///
/// Rows are converted on several threads, admitted one by one in the order of the file, copied into the
/// temporary table `import_rows`, and from there on handled as sets. Every kind's `import_rows` begins
/// with `ordinal`, `sheet`, `line` and `bad`.
protocol RegisterImport: SendableMetatype {
  associatedtype Record: Sendable
  /// What has to be known of a row when it is admitted.
  associatedtype Lead: Sendable

  static var map: ColumnMap<Record> { get }
  /// What a row is written from.
  associatedtype Source
  /// The columns that ``convert`` writes, after ordinal, sheet, line and those of ``admit``.
  static var staged: StagedColumns<Source> { get }
  /// The columns that ``admit`` writes.
  static var admitted: [(name: StaticString, type: StaticString)] { get }
  /// Further columns of `import_rows`, which the checks fill.
  static var found: String { get }
  /// Further temporary tables.
  static var otherTables: String { get }

  init(_ scope: ImportScope)

  /// Writes the columns of a row after those of ``admit``. What is wrong goes to the notes; a row with an
  /// error is not copied.
  static func convert(
    _ record: Record, _ scope: ImportScope, _ notes: inout RowNotes, into fields: inout CopyFields
  ) throws -> Lead

  /// Takes a row in the order of the file, and writes its first columns.
  ///
  /// - Returns: whether the row is copied.
  mutating func admit(_ lead: Lead, _ notes: inout RowNotes, into fields: inout CopyFields) -> Bool

  /// Called when all rows are copied: further tables, then what the register says to the rows.
  mutating func check(_ tx: Transaction, _ log: inout ProblemLog, _ sheets: [String]) throws

  /// Rows that cannot be taken, of all that were read.
  func badRows(_ tx: Transaction) throws -> Int

  func counts(_ tx: Transaction) throws -> ImportCounts

  /// The first of what the register holds and the import changes.
  func changes(_ tx: Transaction, limit: Int, _ sheets: [String]) throws -> [ImportChange]

  /// Writes the good rows into the register.
  mutating func apply(_ tx: Transaction, _ id: ImportID, at now: Date) throws -> AppliedRanges
}

extension RegisterImport {
  static var admitted: [(name: StaticString, type: StaticString)] { [] }
  static var otherTables: String { "" }

  /// Creates the temporary tables.
  static var tables: String {
    let first = admitted.map { "\($0.name) \($0.type), " }.joined()
    return """
      CREATE TEMPORARY TABLE import_rows (
        ordinal integer NOT NULL, sheet smallint NOT NULL, line integer NOT NULL,
        bad boolean NOT NULL DEFAULT false, \(first)\(staged.declarations), \(found)
      ) ON COMMIT DROP;
      \(otherTables)
      """
  }

  /// What of `import_rows` is copied.
  static var columns: [StaticString] {
    ["ordinal", "sheet", "line"] + admitted.map(\.name) + staged.names
  }
}

/// How many rows of the register an import creates, changes and finds as they are.
struct ImportCounts: Codable, Equatable, Sendable {
  var created = 0
  var changed = 0
  var unchanged = 0
  var membersCreated: Int?
  var membersChanged: Int?
  /// Homes that become leased because a lease begins.
  var homesLeased: Int?
  var findings: Int?
}

extension ImportCounts {
  /// As they are kept in the column `counts`; nil before a check.
  init?(_ row: Row) throws {
    guard let text = try row("counts", as: String?.self) else { return nil }
    self = try JSONDecoder().decode(ImportCounts.self, from: Data(text.utf8))
  }
}

/// Something the register holds and what an import would make of it, masked.
struct ImportChange: Sendable {
  struct Field: Codable, Equatable, Sendable {
    let field: String
    let from: String
    let to: String
  }

  let sheet: String
  let line: Int
  let subject: String
  let fields: [Field]
}

/// The numbers that households and persons were given.
struct AppliedRanges: Sendable {
  var households: ClosedRange<Int64>?
  var persons: ClosedRange<Int64>?
}
