import Postgres
import Spreadsheet

/// Old and new values of a row that would change, as a query gives them.
struct StagedChange: RowDecodable {
  let sheet: Int
  let line: Int
  let subject: String
  let old: [String]
  let new: [String]

  init(_ row: Row) throws {
    sheet = try row("sheet")
    line = try row("line")
    subject = try row("subject")
    old = try row("old")
    new = try row("new")
  }

  /// - Parameter fields: the name of each value and how it is shown.
  func change(
    _ fields: [(name: String, shown: (String) -> String)], _ sheets: [String]
  ) -> ImportChange {
    let changed = zip(fields, zip(old, new)).filter { $1.0 != $1.1 }
    return ImportChange(
      sheet: sheets.indices.contains(sheet) ? sheets[sheet] : "", line: line, subject: subject,
      fields: changed.map { field, values in
        ImportChange.Field(
          field: field.name, from: field.shown(values.0), to: field.shown(values.1))
      })
  }
}

/// The title of a stored value, as screens show it.
func title<Value: RawRepresentable<String> & SendableMetatype>(
  _ type: Value.Type, _ title: @escaping @Sendable (Value) -> String
) -> @Sendable (String) -> String {
  { text in Value(rawValue: text).map(title) ?? text }
}

/// The value as it is.
@Sendable func plain(_ text: String) -> String { text }

extension Transaction {
  /// Takes so many numbers of a table's sequence; the first one. They follow each other, although
  /// somebody else may be taking some at the same time.
  func reserve(_ count: Int, of sequence: StaticString) throws -> Int64 {
    guard count > 0 else { return 0 }
    while true {
      let (first, last) = try one(
        Query(
          """
          SELECT min(n) AS first, max(n) AS last
          FROM (SELECT nextval('\(raw: sequence)') AS n FROM generate_series(1, \(count))) taken
          """
        ) { row in (try row("first", as: Int64.self), try row("last", as: Int64.self)) })
      if last - first == Int64(count) - 1 { return first }
    }
  }
}
