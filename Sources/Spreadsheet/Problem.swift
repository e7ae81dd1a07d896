/// Why a cell or a row cannot be taken, as a kind that can be counted.
public struct ProblemCause: Hashable, Sendable {
  /// Stored, and the same for ever: `id_number_check`.
  public let code: String
  /// The heading under which the problems are listed: `身份证号校验位不对`.
  public let title: String

  public init(_ code: String, _ title: String) {
    self.code = code
    self.title = title
  }
}

/// Whether something keeps a row out or only wants to be looked at.
public enum ProblemSeverity: String, Sendable, CaseIterable {
  case error, warning
}

/// What is wrong with one cell.
public struct CellProblem: Error, Hashable, Sendable {
  public let cause: ProblemCause
  public let severity: ProblemSeverity
  /// What is wrong and what to do, in Chinese; never holds the value.
  public let message: String

  public init(_ cause: ProblemCause, severity: ProblemSeverity = .error, _ message: String) {
    self.cause = cause
    self.severity = severity
    self.message = message
  }
}

/// One problem and where it stands.
public struct RowProblem: Hashable, Sendable {
  public let sheet: String
  public let row: Int
  /// The title of the column in the ``ColumnMap``; nil for the whole row.
  public let column: String?
  public let severity: ProblemSeverity
  public let cause: ProblemCause
  /// The value as it may be shown: masked where the column is personal.
  public let shown: String
  public let message: String

  public init(
    sheet: String, row: Int, column: String?, severity: ProblemSeverity = .error,
    cause: ProblemCause, shown: String, message: String
  ) {
    self.sheet = sheet
    self.row = row
    self.column = column
    self.severity = severity
    self.cause = cause
    self.shown = shown
    self.message = message
  }
}
