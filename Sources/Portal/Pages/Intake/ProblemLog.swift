public import Spreadsheet

/// What a check finds: all of it counted by cause, and of each cause the first rows in full.
public struct ProblemLog: Sendable {
  /// So many rows of one cause are kept; nobody mends a sheet by reading more.
  public static let keptPerCause = 1_000
  public static let keptInAll = 10_000

  public struct Cause: Hashable, Sendable {
    public let severity: ProblemSeverity
    public let cause: ProblemCause

    public init(severity: ProblemSeverity, cause: ProblemCause) {
      self.severity = severity
      self.cause = cause
    }
  }

  public private(set) var counts: [Cause: Int] = [:]
  public private(set) var rows: [RowProblem] = []

  public init(counts: [Cause: Int] = [:], rows: [RowProblem] = []) {
    self.counts = counts
    self.rows = rows
  }
  private var kept: [Cause: Int] = [:]
  /// Whether something is wrong with the file as a whole, so that not even its good rows can be taken.
  public private(set) var isBlocked = false

  /// The rows in the order of the file.
  public var rowsInOrder: [RowProblem] {
    let order = Dictionary(
      rows.map(\.sheet).enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: min)
    return rows.sorted { left, right in
      (order[left.sheet] ?? 0, left.row) < (order[right.sheet] ?? 0, right.row)
    }
  }

  public var errors: Int { total(.error) }
  public var warnings: Int { total(.warning) }

  private func total(_ severity: ProblemSeverity) -> Int {
    counts.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 }
  }

  /// The causes, errors first, the most frequent first.
  public var causes: [(cause: Cause, count: Int)] {
    counts.map { ($0.key, $0.value) }.sorted { left, right in
      if left.0.severity != right.0.severity { return left.0.severity == .error }
      return (right.1, left.0.cause.code) < (left.1, right.0.cause.code)
    }
  }

  public mutating func add(_ problem: RowProblem) {
    let cause = Cause(severity: problem.severity, cause: problem.cause)
    counts[cause, default: 0] += 1
    keep(problem, cause)
  }

  /// Takes what a query found: how many rows in all, and the first of them.
  mutating func add(_ found: [RowProblem], of total: Int) {
    guard let first = found.first else { return }
    let cause = Cause(severity: first.severity, cause: first.cause)
    counts[cause, default: 0] += total
    for problem in found { keep(problem, cause) }
  }

  /// Takes what is wrong with the file as a whole.
  public mutating func block(_ problem: RowProblem) {
    add(problem)
    if problem.severity == .error { isBlocked = true }
  }

  private mutating func keep(_ problem: RowProblem, _ cause: Cause) {
    guard rows.count < Self.keptInAll, kept[cause, default: 0] < Self.keptPerCause else { return }
    kept[cause, default: 0] += 1
    rows.append(problem)
  }
}

extension RowProblem {
  public static let noRows = RowProblem(
    sheet: "", row: 1, column: nil, cause: ProblemCause("no_rows", "表头下面没有数据"), shown: "",
    message: "表头下面没有一行数据，请检查是否选错了文件")
}
