import ArgumentParser
import Findings
import Ground
import Logging

struct Rules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "疑点规则", subcommands: [Run.self, Nightly.self])

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
  struct Nightly: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "每晚对账号所在辖区的全部在保家庭运行规则", discussion: "到时由正在运行的门户执行一次，不论有几台。")

    @Option(help: "以哪个账号的名义运行，须有处理疑点的权限") var account: String
    @Option(help: "几点几分，如 02:30", transform: Self.time) var at = JobSchedule(.daily, hour: 2)
    @Flag(help: "不再每晚运行") var off = false

    private static func time(_ text: String) throws -> JobSchedule {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let hour = parts[0], (0..<24).contains(hour), let minute = parts[1],
        (0..<60).contains(minute)
      else { throw ValidationError("应写成 02:30 这样的时间") }
      return JobSchedule(.daily, hour: hour, minute: minute)
    }

    func run() async throws {
      let command = NightlyRulesCommand(
        connectionString: try await Settings.load().required(.databaseStaff),
        logger: Logger(label: "portal"))
      try await command.set(off ? nil : at, account: account)
      print(off ? "不再每晚运行规则" : "已设定，每晚运行规则")
    }
  }
}
