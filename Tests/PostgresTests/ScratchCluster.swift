import Foundation
import TestSupport

/// A PostgreSQL server of a test's own, that it may stop and start.
final class ScratchCluster: Sendable {
  struct Failed: Error {
    let command: String
  }

  private let folder: String

  /// Where `initdb` and `pg_ctl` are; nil if they are not installed.
  private static let binaries: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    guard let newest = versions.max(by: { (Int($0) ?? 0) < (Int($1) ?? 0) }) else { return nil }
    let folder = "\(root)/\(newest)/bin"
    return FileManager.default.isExecutableFile(atPath: "\(folder)/initdb") ? folder : nil
  }()

  /// Whether this machine can run one: the binaries, and somebody else than root to run them as.
  static let isPossible: Bool = {
    guard binaries != nil else { return false }
    return getuid() != 0 || getpwnam("postgres") != nil
  }()

  /// Makes one, off the cooperative pool.
  static func made() async throws -> ScratchCluster {
    try await MachineProgram.onOwnThread { try ScratchCluster() }
  }

  private init() throws {
    folder = NSTemporaryDirectory() + "portal-cluster-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if getuid() == 0 { try run("chown", ["postgres", folder], asRoot: true) }
    try run(
      "initdb",
      [
        "-D", "\(folder)/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N",
        "--locale=C.UTF-8",
      ])
    try startNow()
  }

  deinit {
    try? stopNow()
    try? FileManager.default.removeItem(atPath: folder)
  }

  var connectionString: String { "host=\(folder) user=postgres dbname=postgres" }

  func start() async throws { try await MachineProgram.onOwnThread { try self.startNow() } }

  /// Stops it as a crash would.
  func stop() async throws { try await MachineProgram.onOwnThread { try self.stopNow() } }

  private func startNow() throws {
    try run(
      "pg_ctl",
      [
        "-D", "\(folder)/data", "-l", "\(folder)/log", "-w", "start", "-o",
        "-c listen_addresses='' -c unix_socket_directories=\(folder) -c fsync=off",
      ])
  }

  private func stopNow() throws {
    try run("pg_ctl", ["-D", "\(folder)/data", "-m", "immediate", "-w", "stop"])
  }

  private func run(_ command: String, _ arguments: [String], asRoot: Bool = false) throws {
    let path = asRoot ? command : "\(Self.binaries ?? "")/\(command)"
    let isOther = !asRoot && getuid() == 0
    let words = (isOther ? ["runuser", "-u", "postgres", "--"] : []) + [path] + arguments
    guard try MachineProgram.run(words) == 0 else { throw Failed(command: command) }
  }
}
