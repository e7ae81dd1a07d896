import ArgumentParser
import Figures
import Foundation
import Ground
import Logging
import Postgres

struct Release: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "动态公布：一人编制，另一人公布", subcommands: [Prepare.self, Publish.self])

  struct Prepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "冻结现在的数字，编制一期公布，等待公布")

    @Option(help: "编制人的账号，须有编制权限") var account: String

    func run() async throws {
      let id = try await Release.command(.load()).prepare(account: account)
      print("已编制第 \(id) 期，请由另一人公布：portal release publish --account 账号")
    }
  }

  struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "公布最近编制的一期")

    @Option(help: "公布人的账号，不能是编制人") var account: String

    func run() async throws {
      let id = try await Release.command(.load()).publish(account: account)
      print("第 \(id) 期已公布")
    }
  }

  /// Through the staff login: the same rules hold as on screen.
  static func command(_ settings: Settings) throws -> ReleaseCommand {
    func database(_ name: Settings.Name) throws -> Database {
      Database(
        DatabaseConfiguration(
          connectionString: try settings.required(name), workers: 1,
          statementTimeout: .seconds(300), applicationName: "portal-command"),
        logger: Logger(label: "portal"))
    }
    return ReleaseCommand(
      databases: Databases(
        staff: try database(.databaseStaff), publicSide: try database(.databasePublic),
        inspector: try database(.databaseInspector)))
  }
}
