import Accounts
public import ArgumentParser
public import Domain
import Foundation

struct Token: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "接口令牌", subcommands: [Create.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "签发令牌，代表一个账号；只显示这一次")

    @Option(help: "代表哪个账号") var account: String
    @Option(help: "系统名称，如 不动产登记系统") var name: String
    @Option(help: "权限，可写多次；不能多于账号的权限") var permission: [Permission]
    @Option(help: "范围，账号区划之内的区划代码；不写为账号的全部范围") var area: AreaCode?
    @Option(help: "有效天数，1 至 365") var days: Int

    func run() async throws {
      let owner = try await Owner.open()
      let token = try await TokenAdministration(database: owner.database).create(
        account: account, system: name, permissions: permission, area: area, days: days)
      print(token)
    }
  }
}

extension Permission: ExpressibleByArgument {}
