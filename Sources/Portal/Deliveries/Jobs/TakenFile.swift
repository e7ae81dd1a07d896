import Foundation
import Ground

/// A delivered file that outlives the request in which it came: moved into this process's own folder,
/// gone as soon as it is matched, or with the process.
enum TakenFile {
  struct Failure: Error, CustomStringConvertible {
    let number: Int32
    var description: String { "上传的文件不能移动：\(String(cString: strerror(number)))" }
  }

  /// - Returns: where it stands from now on; whoever asks for it removes it.
  static func take(_ path: String) throws -> String {
    let taken = try TemporaryFolder.path() + "/delivery-\(UUID().uuidString)"
    if rename(path, taken) == 0 { return taken }
    guard errno == EXDEV else { throw Failure(number: errno) }
    try FileManager.default.moveItem(atPath: path, toPath: taken)
    return taken
  }
}
