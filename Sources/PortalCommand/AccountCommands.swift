import Accounts
public import ArgumentParser
public import Domain
import Foundation

struct Account: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "账号", subcommands: [Create.self, List.self, Disable.self, Password.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "新建账号；密码从终端、标准输入或 PORTAL_PASSWORD 读取，首次登录须更改")

    @Argument(help: "账号名，小写字母、数字和连字符") var account: String
    @Option(help: "姓名") var name: String
    @Option(
      help: ArgumentHelp(
        "角色，写中文名或代码："
          + Role.allCases.map { "\($0.title)（\($0.rawValue)）" }.joined(separator: "、")))
    var role: Role
    @Option(help: "区划代码，如 350423") var area: AreaCode

    func run() async throws {
      let owner = try await Owner.open()
      try await AccountAdministration(
        database: owner.database, policy: owner.settings.passwordPolicy()
      ).create(
        NewAccount(
          account: account, displayName: name, role: role, area: area,
          password: try readPassword(environment: "PORTAL_PASSWORD")))
      print("已新建账号 \(account)（\(role.title)），首次登录须更改密码")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "列出账号：名字、姓名、角色、区划、状态")

    func run() async throws {
      let owner = try await Owner.open()
      let lines = try await AccountAdministration(
        database: owner.database, policy: owner.settings.passwordPolicy()
      ).list()
      print(lines.isEmpty ? "还没有账号，请用 portal account create 建立" : lines.joined(separator: "\n"))
    }
  }

  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "停用账号，立即结束它的登录")

    @Argument(help: "账号名") var account: String

    func run() async throws {
      let owner = try await Owner.open()
      try await AccountAdministration(
        database: owner.database, policy: owner.settings.passwordPolicy()
      ).disable(account)
      print("已停用账号 \(account)")
    }
  }

  struct Password: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "重设密码，立即结束该账号的登录；下次登录须更改")

    @Argument(help: "账号名") var account: String

    func run() async throws {
      let owner = try await Owner.open()
      try await AccountAdministration(
        database: owner.database, policy: owner.settings.passwordPolicy()
      ).setPassword(
        try readPassword(environment: "PORTAL_PASSWORD"), of: account)
      print("已重设 \(account) 的密码")
    }
  }
}

extension Role: ExpressibleByArgument {
  public init?(argument: String) { self.init(named: argument) }
}
extension AreaCode: ExpressibleByArgument {}
