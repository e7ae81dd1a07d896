import ArgumentParser
import Foundation
import Ground
import Imports
import Logging

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "把表格导入登记：检查没有错误才写入，要么全部写入，要么一行不写",
    discussion: "写入后以 0 结束；有错误、没有写入以 1 结束。")

  @Argument(
    help: ArgumentHelp("表格种类：" + ImportCommand.kinds.joined(separator: "、"))) var kind: String
  @Argument(help: "XLSX 或 CSV 文件") var file: String
  @Option(help: "以哪个账号的名义导入，须有导入权限") var account: String
  @Flag(help: "只检查，不写入") var check = false
  @Flag(help: "有错误时只导入没有问题的行") var goodRows = false
  @Flag(help: "隐藏的工作表和行也导入；不说则不导入，并提醒") var hidden = false
  @Flag(help: "结果以 JSON 输出") var json = false

  func run() async throws {
    let settings = try await Settings.load()
    let command = ImportCommand(
      connectionString: try settings.required(.databaseStaff),
      keys: try KeyRing(KeyFile.load(from: settings.required(.keys))),
      logger: Logger(label: "portal"))
    let isQuiet = json || isatty(STDERR_FILENO) == 0
    let report = try await command.run(
      kind: kind, path: file, account: account, goodRowsOnly: goodRows, checksOnly: check,
      takesHidden: hidden
    ) { phase, rows in
      guard !isQuiet else { return }
      FileHandle.standardError.write(Data("\r\(phase) \(rows) 行 ".utf8))
    }
    if !isQuiet { FileHandle.standardError.write(Data("\r".utf8)) }
    try show(report)
    let isDone = check ? report.errors == 0 : report.isWritten
    if !isDone { throw ExitCode.failure }
  }

  private func show(_ report: ImportCommand.Report) throws {
    guard !json else {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(report), as: UTF8.self))
      return
    }
    if let earlier = report.earlier { print("同一个文件以前导入过：导入 \(earlier)") }
    for cause in report.causes {
      let severity = cause.severity == "error" ? "错误" : "提醒"
      print("\(severity) \(cause.title)：\(cause.count) 处")
      for problem in report.problems.filter({
        $0.code == cause.code && $0.severity == cause.severity
      }).prefix(5) {
        let sheet = problem.sheet.isEmpty ? "" : "\(problem.sheet) "
        let column = problem.column.map { " \($0)" } ?? ""
        print("  \(sheet)第 \(problem.row) 行\(column)：\(problem.shown) \(problem.message)")
      }
    }
    let members = report.membersCreated.map { "，成员新增 \($0) 人、更新 \(report.membersChanged ?? 0) 人" }
    print(
      "导入 \(report.id)：共 \(report.rows) 行，新增 \(report.created)，更新 \(report.changed)，"
        + "没有变化 \(report.unchanged)\(members ?? "")，有问题 \(report.badRows) 行")
    print(report.isWritten ? "已写入登记" : check ? "只检查，没有写入" : "没有写入任何数据")
  }
}
