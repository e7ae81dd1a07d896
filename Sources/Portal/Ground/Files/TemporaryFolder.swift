import Foundation

/// Where photos stand while their request runs, as they were sent: a folder of this process, which
/// nobody else can enter. What a process that was killed left behind is removed at the next start.
public enum TemporaryFolder {
  struct Failure: Error, CustomStringConvertible {
    let path: String
    var description: String { "临时文件夹 \(path) 无法使用：应属于运行门户的用户，且其他用户不能进入" }
  }

  private static let made = Result { try make(below: parent) }
  private static var parent: String { NSTemporaryDirectory() + "portal-\(geteuid())" }

  /// The folder, made when it is first asked for.
  public static func path() throws -> String { try made.get() }

  /// A new folder that is held until the process ends.
  static func make(below parent: String) throws -> String {
    try preparePrivate(parent)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
      removeIfAbandoned("\(parent)/\(name)")
    }
    let path = "\(parent)/\(UUID().uuidString)"
    guard mkdir(path, 0o700) == 0, hold(path, creating: true) != nil else {
      throw Failure(path: path)
    }
    return path
  }

  /// In a folder that all users share, somebody else may have made it first, or a link in its place.
  private static func preparePrivate(_ path: String) throws {
    mkdir(path, 0o700)
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      status.st_uid == geteuid(), chmod(path, 0o700) == 0
    else { throw Failure(path: path) }
  }

  /// The lock of a folder, or nil while a process that runs has it.
  private static func hold(_ path: String, creating: Bool = false) -> Int32? {
    let descriptor = open(
      path + "/lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW | (creating ? O_CREAT : 0), 0o600)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func removeIfAbandoned(_ path: String) {
    guard let lock = hold(path) else { return }
    try? FileManager.default.removeItem(atPath: path)
    close(lock)
  }
}
