import ArgumentParser
import Foundation
import Ground
import Logging
import Postgres

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "显示生效的设置，并检查哪里不对")

  func run() async throws {
    let settings = try await Settings.load(asOwner: true)
    for name in Settings.Name.allCases where !Settings.Name.retired.contains(name) {
      let value = settings.value(name).map { name.isSecret ? "（已设置）" : $0 } ?? "（未设置）"
      print("\(name.rawValue) = \(value)")
    }
    print("")
    var isWell = true
    for check in checks(settings) {
      do {
        try await check.run()
        print("✓ \(check.title)")
      } catch {
        isWell = false
        print("✗ \(check.title)：\(error)")
      }
    }
    for note in await doctorNotes(settings) { print(note) }
    if !isWell { throw ExitCode.failure }
  }

  private struct RunsAsRoot: Error, CustomStringConvertible {
    let description = "没有用户 portal，门户会以 root 运行，请用 deploy/start 启动，或为它建一个用户"
  }

  private struct Check {
    let title: String
    let run: () async throws -> Void
  }

  private func checks(_ settings: Settings) -> [Check] {
    let logins: [(String, Settings.Name)] = [
      ("内部登录 portal_staff", .databaseStaff), ("公众登录 portal_public", .databasePublic),
      ("纪检登录 portal_inspector", .databaseInspector),
    ]
    return [
      Check(title: "密钥文件") { _ = try KeyRing(KeyFile.load(from: settings.required(.keys))) },
      Check(title: "监听地址") { _ = try Listen(settings.required(.listen)) },
      Check(title: "没有已停用的设置") { try settings.refuseRetired() },
      Check(title: "运行门户的用户不是 root（从 deploy/start 启动时另有用户 portal）") {
        guard geteuid() == 0, getpwnam("portal") == nil else { return }
        throw RunsAsRoot()
      },
      Check(title: "数据库结构与程序一致") {
        try await Migrator(folder: settings.required(.resources) + "/sql")
          .requireCurrent(settings.required(.databaseStaff))
      },
    ]
      + logins.map { title, name in
        Check(title: title) {
          let database = Database(
            DatabaseConfiguration(connectionString: try settings.required(name), workers: 1),
            logger: Logger(label: "portal"))
          defer { database.close() }
          _ = try await database.read { try $0.one(Query<Int>("SELECT 1")) }
        }
      }
  }
}
