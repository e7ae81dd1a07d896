public import HTML
public import Postgres
public import Spreadsheet

/// A cause with how often it was found.
public struct ListedCause: RowDecodable {
  let severity: ProblemSeverity
  public let code: String
  public let title: String
  public let problems: Int

  public init(_ row: Row) throws {
    severity = try row("severity", as: String.self) == "error" ? .error : .warning
    code = try row("code")
    title = try row("title")
    problems = try row("problems")
  }
}

/// A problem with its place in the list.
public struct ListedProblem: RowDecodable {
  public let position: Int64
  public let problem: RowProblem

  public init(_ row: Row) throws {
    position = try row("id")
    problem = RowProblem(
      sheet: try row("sheet"), row: try row("line"), column: try row("column_title"),
      severity: try row("severity", as: String.self) == "error" ? .error : .warning,
      cause: ProblemCause(try row("code"), try row("title")), shown: try row("shown"),
      message: try row("message"))
  }
}

/// Causes, each leading to its rows.
public func problemCauses(_ causes: [ListedCause], link: @escaping (ListedCause) -> Link) -> HTML {
  dataTable(
    caption: "问题按原因",
    columns: [
      Column("原因") { "\($0.title)" },
      Column("性质") { cause in
        tag(
          cause.severity == .error ? "错误" : "提醒",
          cause.severity == .error ? .alert : .warn)
      },
      Column("处数", numeric: true) { "\(grouped($0.problems))" },
    ], rows: causes, link: link, empty: HTML())
}

/// Problems row by row.
public func problemTable(_ problems: [ListedProblem]) -> HTML {
  dataTable(
    caption: "问题逐行",
    columns: [
      Column("位置") { found in
        let sheet = found.problem.sheet
        return "\(sheet.isEmpty ? "" : sheet + " ")第 \(found.problem.row) 行"
      },
      Column("列") { "\($0.problem.column ?? "整行")" },
      Column("性质") { found in
        tag(
          found.problem.severity == .error ? "错误" : "提醒",
          found.problem.severity == .error ? .alert : .warn)
      },
      Column("内容") { "\($0.problem.shown.isEmpty ? "—" : $0.problem.shown)" },
      Column("原因") { "\($0.problem.cause.title)" },
      Column("怎么办") { "\($0.problem.message)" },
    ], rows: problems, empty: emptyState("没有问题"))
}

/// A value that somebody typed a novel into is shown by its beginning.
public func clipped(_ text: String) -> String {
  text.count > 60 ? text.prefix(60) + "…" : text
}
