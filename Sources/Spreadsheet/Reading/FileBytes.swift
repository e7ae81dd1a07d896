import Glibc

/// A file that is read from its start.
final class FileBytes {
  private let descriptor: Int32
  let size: Int

  init(path: String) throws(WorkbookError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG
    else {
      if descriptor >= 0 { close(descriptor) }
      throw .unreadable
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// The next bytes, as many as fit unless the file ends; 0 at its end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(WorkbookError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Gives the rest of the file in pieces, as long as the answer is true.
  func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Bool) throws(WorkbookError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try read(into: buffer), count > 0 {
      guard body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else { return }
    }
  }

  /// Goes to a place counted from the file's start.
  func seek(to offset: Int) throws(WorkbookError) {
    guard lseek(descriptor, offset, SEEK_SET) == offset else { throw .unreadable }
  }

  /// The next bytes, at most so many.
  func prefix(_ count: Int) throws(WorkbookError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let filled: Int
    do {
      filled = try bytes.withUnsafeMutableBytes { try read(into: $0) }
    } catch {
      throw .unreadable
    }
    bytes.removeLast(count - filled)
    return bytes
  }
}
