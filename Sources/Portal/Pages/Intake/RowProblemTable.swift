public import HTML
public import Spreadsheet

/// What has to be mended in a file that is taken as a whole or not at all.
public func rowProblemTable(_ problems: [RowProblem]) -> HTML {
  dataTable(
    caption: "要改的行",
    columns: [
      Column<RowProblem>("行") { $0.row > 0 ? "第 \($0.row) 行" : "整个文件" },
      Column("列") { "\($0.column ?? "—")" }, Column("怎么改") { "\($0.message)" },
    ], rows: problems, empty: HTML())
}
