import Foundation

/// Reads a part on another thread, a few pieces ahead of whoever uses them, so that inflating and
/// parsing go on at the same time.
final class ReadAhead: @unchecked Sendable {
  private static let pieceSize = 1 << 18
  private static let pieces = 4

  private let part: ZipPart
  private let memory = UnsafeMutableRawBufferPointer.allocate(
    byteCount: pieceSize * pieces, alignment: 16)
  /// Guards everything below.
  private let condition = NSCondition()
  private var free = Array(0..<pieces)
  private var ready: [(piece: Int, count: Int)] = []
  private var failure: WorkbookError?
  private var isOver = false
  private var isCancelled = false

  init(_ part: ZipPart) { self.part = part }

  deinit { memory.deallocate() }

  /// Gives every piece in order. When it returns, the other thread is done with the part.
  func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let thread = Thread { self.run() }
    thread.name = "inflate"
    thread.start()
    defer { end() }
    while let (piece, count) = try next() {
      try body(UnsafeRawBufferPointer(rebasing: bytes(piece)[..<count]))
      change { free.append(piece) }
    }
  }

  private func bytes(_ piece: Int) -> UnsafeMutableRawBufferPointer {
    let start = piece * Self.pieceSize
    return UnsafeMutableRawBufferPointer(rebasing: memory[start..<(start + Self.pieceSize)])
  }

  /// On the other thread.
  private func run() {
    var result: WorkbookError?
    while result == nil, let piece = nextFree() {
      do throws(WorkbookError) {
        let count = try part.read(into: bytes(piece))
        if count == 0 { break }
        change { ready.append((piece, count)) }
      } catch {
        result = error
      }
    }
    change {
      failure = result
      isOver = true
    }
  }

  private func nextFree() -> Int? {
    condition.withLock {
      while free.isEmpty, !isCancelled { condition.wait() }
      return isCancelled ? nil : free.removeLast()
    }
  }

  private func next() throws -> (Int, Int)? {
    try condition.withLock {
      while ready.isEmpty, !isOver { condition.wait() }
      if !ready.isEmpty { return ready.removeFirst() }
      if let failure { throw failure }
      return nil
    }
  }

  private func end() {
    condition.withLock {
      isCancelled = true
      condition.broadcast()
      while !isOver { condition.wait() }
    }
  }

  private func change(_ body: () -> Void) {
    condition.withLock {
      body()
      condition.broadcast()
    }
  }
}
