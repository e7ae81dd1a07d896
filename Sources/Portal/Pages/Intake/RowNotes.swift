public import Spreadsheet

/// Where a row stands and what is wrong with it.
public struct RowNotes: Sendable {
  public let sheet: String
  public let line: Int
  public var problems: [RowProblem] = []
  /// Whether a blank row stands above, or one that is left out.
  public var isApart = false

  public init(sheet: String, line: Int, problems: [RowProblem] = []) {
    self.sheet = sheet
    self.line = line
    self.problems = problems
  }

  public var hasError: Bool { problems.contains { $0.severity == .error } }

  public mutating func fail(
    _ cause: ProblemCause, _ column: String?, shown: String = "", _ message: String
  ) {
    note(.error, cause, column, shown: shown, message)
  }

  public mutating func note(
    _ severity: ProblemSeverity, _ cause: ProblemCause, _ column: String?, shown: String = "",
    _ message: String
  ) {
    problems.append(
      RowProblem(
        sheet: sheet, row: line, column: column, severity: severity, cause: cause, shown: shown,
        message: message))
  }
}
