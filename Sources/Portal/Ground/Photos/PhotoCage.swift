import Foundation
import Subprocess
import Synchronization

/// Where a photo is decoded: decoders of pictures have holes, and what strangers send is made to find them.
/// A decoder that was taken over is alone there with its libraries and one photo: no file of the machine, no
/// network, no other process, no environment, nothing to rise to.
public struct PhotoCage: Sendable {
  /// How much of it this machine can make.
  public enum Strength: Sendable {
    /// All of it.
    case whole
    /// All but the list of system calls, which is not known for this processor or not taken by this kernel.
    case withoutCallFilter
    /// Limits of memory, time and size alone: the decoder runs as the portal's own user, and reaches what
    /// that user reaches.
    case limitsOnly
  }

  /// What a program inside may use at most: 1 GiB of addresses, 15 seconds of a processor and 20 seconds in
  /// all, files of 32 MiB. Behind what people wait for (`nice`).
  private static let limits = [
    "--as=1073741824", "--cpu=15", "--fsize=33554432", "--nofile=64", "--core=0",
    "nice", "-n", "10", "setpriv", "--no-new-privs", "timeout", "--kill-after=1", "20",
  ]

  /// Of libvips; the rest of what it is told stands in its arguments.
  private static func variables(_ formats: Formats) -> [String: String] {
    let all = ["VIPS_CONCURRENCY": "1"]
    return formats == .trusted
      ? all.merging(["VIPS_BLOCK_UNTRUSTED": "1"]) { own, _ in own } : all
  }

  /// What libvips may open: what its authors trust, or PDF too, with a decoder that they do not; only in a whole cage.
  enum Formats: Sendable {
    case trusted, documents
  }

  public let strength: Strength

  /// Runs a program on the files of a folder, which inside is `/photo` and where it begins.
  ///
  /// - Parameters:
  ///   - program: a name below `/usr/bin`, or a path from the folder.
  ///   - formats: what it may open.
  /// - Returns: what it printed; nil when it failed.
  /// - Throws: ``TooMuch``; ``Missing``, or `SubprocessError`, when it could not even be tried.
  func run(
    _ program: String, _ arguments: [String], in folder: String, opening formats: Formats = .trusted
  ) async throws -> String? {
    let command = try command(program, in: folder, formats) + arguments
    do {
      let result = try await Subprocess.run(
        .name("prlimit"), arguments: Arguments(Self.limits + command),
        environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin"]),
        output: .string(limit: 1 << 16), error: .discarded)
      switch result.terminationStatus {
      case .exited(127): throw Missing()
      // Ended by `timeout`, by the kernel, or for the time on the processor (SIGXCPU).
      case .exited(124), .exited(137), .exited(152): throw TooMuch()
      default: break
      }
      return result.terminationStatus.isSuccess ? result.standardOutput : nil
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return nil
    }
  }

  /// One of the programs that are needed is not installed.
  struct Missing: Error {}
  /// It took longer than it may.
  struct TooMuch: Error {}

  private func command(
    _ program: String, in folder: String, _ formats: Formats
  ) throws -> [String] {
    guard strength != .limitsOnly else {
      let settings = Self.variables(.trusted).map { "\($0)=\($1)" }
      return ["env", "-i", "--chdir=\(folder)", "PATH=/usr/bin:/bin", "TMPDIR=\(folder)"] + settings
        + [program]
    }
    let inside = program.contains("/") ? [program] : ["/usr/bin/\(program)"]
    let walls = Self.walls(program, folder: folder, formats) + inside
    guard strength == .whole, let filter = SystemCallFilter.program else {
      return ["bwrap"] + walls
    }
    // Outside the folder that the program sees.
    let path = folder + ".calls"
    try Data(filter).write(to: URL(filePath: path))
    return ["sh", "-c", "exec bwrap --seccomp 9 \"$@\" 9<\"$0\"", path] + walls
  }

  /// Removes what `run` left beside the folder.
  static func clear(beside folder: String) {
    try? FileManager.default.removeItem(atPath: folder + ".calls")
  }

  /// Namespaces of its own for users, processes, network and the rest; a root that holds the libraries, the
  /// program and the folder, and that cannot be written to.
  private static func walls(_ program: String, folder: String, _ formats: Formats) -> [String] {
    let libraries = "/usr/lib/\(triplet)"
    let isolation = [
      "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534",
      "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
    ]
    let settings = (variables(formats).map { [$0, $1] } + [["TMPDIR", "/photo"]]).flatMap {
      ["--setenv"] + $0
    }
    let root = [
      "--ro-bind", libraries, libraries, "--symlink", "usr/lib", "/lib",
      "--ro-bind-try", "/usr/lib64", "/usr/lib64", "--symlink", "usr/lib64", "/lib64",
      "--ro-bind-try", "/usr/lib/ld-linux-aarch64.so.1", "/usr/lib/ld-linux-aarch64.so.1",
    ]
    let tool =
      program.contains("/") ? [] : ["--ro-bind", "/usr/bin/\(program)", "/usr/bin/\(program)"]
    return isolation + settings + root + tool
      + ["--bind", folder, "/photo", "--chdir", "/photo", "--remount-ro", "/", "--"]
  }

  private static var triplet: String {
    #if arch(arm64)
      "aarch64-linux-gnu"
    #else
      "x86_64-linux-gnu"
    #endif
  }

  // MARK: What the machine allows

  /// The strongest that works on this machine, found by trying.
  ///
  /// - Parameter folder: where a folder for the trial may be made.
  public static func strongest(in folder: String) async -> PhotoCage {
    for strength in [Strength.whole, .withoutCallFilter] {
      if strength == .whole, SystemCallFilter.program == nil { continue }
      let cage = PhotoCage(strength: strength)
      if await cage.works(in: folder) { return cage }
    }
    return PhotoCage(strength: .limitsOnly)
  }

  func works(in parent: String) async -> Bool {
    let folder = "\(parent)/trial-\(UUID().uuidString)"
    guard
      (try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]))
        != nil
    else { return false }
    defer {
      try? FileManager.default.removeItem(atPath: folder)
      Self.clear(beside: folder)
    }
    return ((try? await run("vips", ["--version"], in: folder)) ?? nil) != nil
  }
}
