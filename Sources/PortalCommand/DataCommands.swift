import ArgumentParser
import Complaints
import Counties
import Demo
import Domain
import Figures
import Foundation
import Ground
import Postgres

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "把数据库结构升级到本程序的版本")

  func run() async throws {
    let settings = try await Settings.load(asOwner: true)
    let migrator = try Migrator(folder: settings.required(.resources) + "/sql")
    let applied = try await migrator.migrate(settings.required(.databaseOwner))
    // Areas of databases that are older than the list of codes.
    let owner = try await Owner.open()
    try await AreaCommands(owner.database).nameWhatIsCalledByItsCode(owner.codes())
    print(applied.isEmpty ? "数据库结构已是最新" : "已执行：\(applied.joined(separator: "、"))")
  }
}

struct Seed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "装入演示数据", subcommands: [Demo.self])

  struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "虚构一个县：乡镇、项目、家庭、租约、复核、走访、问题清单和各角色账号")

    @Option(help: "保障家庭户数，至少 480（每种状态至少出现一次）") var households = 1200
    @Option(help: "随机种子：同一种子生成同一个县") var seed: UInt64 = 350_423
    @Option(
      help: "演示哪一天的县：方案平移，使这一天是方案中的8月10日；不写为今天，2021-08-10 为方案本来的日期", transform: DayOption.day)
    var asOf: Day?

    func validate() throws {
      guard (480...2_000_000).contains(households) else {
        throw ValidationError("户数应在 480 至 2000000 之间")
      }
    }

    func run() async throws {
      let owner = try await Owner.open()
      let password = try readPassword(environment: Settings.Name.demoPassword.rawValue)
      let now = Date()
      let shown = asOf.map { ShanghaiTime.date(on: $0, hour: 17) } ?? now
      let county = DemoCounty(
        households: households, seed: seed, keys: try owner.keys(),
        asOf: ShanghaiTime.day(of: shown), now: now)
      try await county.write(to: owner.database) { print("… \($0)") }
      print("… 账号与举报")
      try await DemoAccounts.create(in: owner.database, password: password)
      try await county.writeComplaints(to: owner.database)
      print("… 走访名单")
      try await county.writeRoster(to: owner.database)
      print("… 编制并公布第一期数据")
      let releases = try Release.command(owner.settings)
      _ = try await releases.prepare(account: "zhujian-lead", at: shown)
      _ = try await releases.publish(account: "zhuanban", at: shown)
      print("演示数据已就绪：\(households) 户")
    }
  }
}

struct County: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "县的设置", subcommands: [Create.self, Township.self, Rename.self, Link.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "建立一个县：它的名称和公开页面（在空库中第一件要做的事）")

    @Argument(help: "6 位行政区划代码，如 350423") var code: String
    @Argument(help: "名称，如 清流县") var name: String
    @Option(help: "乡镇，如 350423100=龙津镇；可多次") var township: [String] = []
    @Option(help: "页脚的主办单位") var organiser: String?
    @Option(help: "页脚的联系方式") var contact: String?

    func run() async throws {
      let county = try NewCounty(
        code: code, name: name, townships: township, organiser: organiser, contact: contact)
      let owner = try await Owner.open()
      try await county.write(to: owner.database, codes: owner.codes(), at: Date())
      print("已建立 \(name)（\(code)）；接着用 portal account create 建立账号")
    }
  }

  struct Township: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "为已建立的县增加乡镇")

    @Argument(help: "代码=名称，如 350423102=嵩口镇；可写多个") var townships: [String]

    func run() async throws {
      try await AreaCommands(Owner.open().database).addTownships(townships, at: Date())
      print("已增加 \(townships.count) 个乡镇")
    }
  }

  struct Rename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "区划更名：县或乡镇")

    @Argument(help: "区划代码") var code: AreaCode
    @Argument(help: "新的名称") var name: String

    func run() async throws {
      try await AreaCommands(Owner.open().database).rename(code, to: name, at: Date())
      print("\(code) 已更名为 \(name)")
    }
  }

  struct Link: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "打印一次性地址：第一个人凭它在浏览器里建立县和三位管理员；一小时内有效，以前没用过的作废")

    @Flag(help: "已经有县时什么也不打印") var ifNone = false

    func run() async throws {
      let owner = try await Owner.open()
      let address =
        owner.settings.value(.publicURL) ?? "http://\(owner.settings.value(.listen) ?? "")"
      guard let link = try await SetUpLinks(owner.database).make(onlyFirst: ifNone) else { return }
      print((address.hasSuffix("/") ? String(address.dropLast()) : address) + link)
    }
  }
}

struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "密钥文件", subcommands: [Create.self])

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "生成新的密钥文件（权限 0600，不覆盖已有文件）")

    @Argument(help: "路径") var path: String

    func run() throws {
      try KeyFile.generate().create(at: path)
      print("密钥文件已生成：\(path)。请与数据库分开备份；丢失后已加密的内容无法恢复。")
    }
  }
}

struct Receipt: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "举报回执", subcommands: [Verify.self])

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "验证回执的签名")

    @Argument(help: "回执文本文件；- 为标准输入") var file: String
    @Option(help: "公钥文件（/receipt-key.pem）") var key: String

    func run() throws {
      let text =
        file == "-"
        ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        : try String(contentsOfFile: file, encoding: .utf8)
      let outcome = ReceiptVerifier.verify(
        text: text,
        publicKeys: ReceiptKeys.parse(pem: try String(contentsOfFile: key, encoding: .utf8)))
      print(outcome.explanation)
      if !outcome.isGenuine { throw ExitCode.failure }
    }
  }
}
