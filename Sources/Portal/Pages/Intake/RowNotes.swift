package import Spreadsheet

/// Where a row stands and what is wrong with it.
package struct RowNotes: Sendable {
  package let sheet: String
  package let line: Int
  package var problems: [RowProblem] = []

  package init(sheet: String, line: Int, problems: [RowProblem] = []) {
    self.sheet = sheet
    self.line = line
    self.problems = problems
  }

  package var hasError: Bool { problems.contains { $0.severity == .error } }

  package mutating func fail(
    _ cause: ProblemCause, _ column: String?, shown: String = "", _ message: String
  ) {
    problems.append(
      RowProblem(
        sheet: sheet, row: line, column: column, cause: cause, shown: shown, message: message))
  }
}
