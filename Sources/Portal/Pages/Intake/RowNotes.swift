import Spreadsheet

/// Where a row stands and what is wrong with it.
struct RowNotes: Sendable {
  let sheet: String
  let line: Int
  var problems: [RowProblem] = []

  var hasError: Bool { problems.contains { $0.severity == .error } }

  mutating func fail(
    _ cause: ProblemCause, _ column: String?, shown: String = "", _ message: String
  ) {
    problems.append(
      RowProblem(
        sheet: sheet, row: line, column: column, cause: cause, shown: shown, message: message))
  }
}
