import Counties
import Foundation
import Ground
import Logging
import Postgres

/// What commands that work on the database as its owner have in common.
struct Owner {
  let settings: Settings
  let database: Database

  static func open() async throws -> Owner {
    let settings = try await Settings.load(asOwner: true)
    let configuration = DatabaseConfiguration(
      connectionString: try settings.required(.databaseOwner), workers: 1,
      waitLimit: .seconds(10), applicationName: "portal-command")
    return Owner(
      settings: settings, database: Database(configuration, logger: Logger(label: "portal")))
  }

  /// The list of codes that comes along.
  func codes() throws -> AreaCatalogue {
    AreaCatalogue(folder: try settings.required(.resources) + "/sql/data")
  }

  func keys() throws -> KeyRing {
    try KeyRing(KeyFile.load(from: settings.required(.keys)))
  }
}

/// A password for a command: from the environment variable, else typed twice without echo, else
/// (no terminal) the first line of standard input. Never an argument, which `ps` would show.
func readPassword(environment name: String) throws -> String {
  if let password = ProcessInfo.processInfo.environment[name], !password.isEmpty { return password }
  guard isatty(STDIN_FILENO) == 1 else {
    guard let line = readLine(), !line.isEmpty else { throw PasswordInput.missing(name) }
    return line
  }
  guard let first = getpass("密码："), case let password = String(cString: first),
    let second = getpass("再输入一次：")
  else { throw PasswordInput.missing(name) }
  guard password == String(cString: second) else { throw PasswordInput.different }
  return password
}

enum PasswordInput: Error, CustomStringConvertible {
  case missing(String)
  case different

  var description: String {
    switch self {
    case .missing(let name): "没有密码：请从标准输入给出一行，或设置环境变量 \(name)"
    case .different: "两次输入的密码不一致"
    }
  }
}
