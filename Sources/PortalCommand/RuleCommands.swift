import ArgumentParser
import Findings
import Logging

struct Rules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "疑点规则", subcommands: [Run.self])

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "对账号所在辖区的全部在保家庭运行规则", discussion: "由正在运行的门户执行；门户没有运行时，在下次启动后执行。")

    @Option(help: "以哪个账号的名义运行，须有处理疑点的权限") var account: String

    func run() async throws {
      let command = RuleRunCommand(
        connectionString: try await Settings.load().required(.databaseStaff),
        logger: Logger(label: "portal"))
      let (id, isNew) = try await command.enter(account: account)
      print(isNew ? "已登记规则运行 \(id)" : "规则运行 \(id) 还没有做完，没有登记新的")
    }
  }
}
