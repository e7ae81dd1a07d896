import ArgumentParser
import Deliveries
import Domain
import Findings
import Foundation
import Ground
import Logging

struct Deliver: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "报送本单位的登记数据：与在保家庭比对，其他人的行不保存",
    discussion: "生效后以 0 结束；有没有认定的行、有差异没有说明原因、文件有错误，以 1 结束。")

  @Argument(
    help: ArgumentHelp("核查项目：" + DeliveryCommand.checks.joined(separator: "、"))) var check: String
  @Argument(help: "XLSX 或 CSV 文件") var file: String
  @Option(help: "以哪个账号的名义报送，须属于应报送的单位") var account: String
  @Option(help: "数据截止日期，如 2021-07-31", transform: DayOption.day) var asOf: Day
  @Flag(help: "全量数据：没有出现的家庭也随之答复") var complete = false
  @Flag(help: "填好的核查清单，而不是本单位的登记数据") var workList = false
  @Option(help: "与以前答复不一致的原因") var reason: String?
  @Flag(help: "只比对，等人在网页上确认") var wait = false
  @Flag(help: "结果以 JSON 输出") var json = false

  func validate() throws {
    if workList, complete { throw ValidationError("核查清单不分全量：--complete 只用于登记数据") }
  }

  func run() async throws {
    let settings = try await Settings.load()
    let command = DeliveryCommand(
      connectionString: try settings.required(.databaseStaff),
      keys: try KeyRing(KeyFile.load(from: settings.required(.keys))),
      logger: Logger(label: "portal"))
    let report = try await command.run(
      check: check, path: file, account: account, asOf: asOf, isComplete: complete,
      way: workList ? .workList : .extract, reason: reason, confirms: !wait)
    try show(report)
    guard report.state == "done" || wait && report.state == "matched" else {
      throw ExitCode.failure
    }
  }

  private func show(_ report: DeliveryCommand.Report) throws {
    guard !json else {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(report), as: UTF8.self))
      return
    }
    if report.isKnown { print("这份文件以前报送过：报送 \(report.id)") }
    print(
      "报送 \(report.id)：共 \(report.rows) 行，比中 \(report.matched)，其他人 \(report.others)，"
        + "有问题 \(report.bad)，待认定 \(report.undecided)")
    print("答复：新 \(report.new) 户，相同 \(report.same) 户，与以前不同 \(report.changed) 户")
    if let message = report.message { print(message) }
    print(report.state == "done" ? "已生效" : report.state == "matched" ? "等待确认" : "没有生效")
  }
}
