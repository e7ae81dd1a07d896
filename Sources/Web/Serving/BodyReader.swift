import HTTPTypes
import HummingbirdCore
import NIOCore

/// The body of one request, read once. Remembers whether all of it was read.
final class BodyReader {
  /// The longest that a body may take: whoever sends a byte a minute holds a line for nothing.
  private static let formTime = TimeAmount.minutes(2)
  private static let uploadTime = TimeAmount.minutes(30)

  private let head: HTTPRequest
  private let request: Request
  private let channel: any Channel
  private let slowBodies: SlowBodies
  private(set) var isFinished = false

  init(_ request: Request, _ context: WebContext, _ slowBodies: SlowBodies) {
    self.slowBodies = slowBodies
    self.request = request
    head = request.head
    channel = context.channel
  }

  /// Cuts the line when the body takes longer; the closure given back calls that off.
  private func cutLine(after time: TimeAmount) -> () -> Void {
    let line = slowBodies.watch(channel, for: time)
    return { [slowBodies] in slowBodies.letGo(line) }
  }

  /// The length the other side announced.
  private var announced: Int? { head.headerFields[.contentLength].flatMap { Int($0) } }

  /// Whether the rest of the body is too much to wait for.
  var leavesMuch: Bool {
    guard !isFinished else { return false }
    return head.headerFields[.transferEncoding] != nil || (announced ?? 0) > 1 << 20
  }

  /// The whole body, when it is no longer than the limit.
  ///
  /// - Throws: `WebError.payloadTooLarge`; `WebError.badRequest` when it ends too early.
  func collect(upTo limit: Int) async throws -> [UInt8] {
    let tooLarge = WebError.payloadTooLarge("填写的内容超过 \(megabytes(limit))，请缩短后再提交。")
    if let announced, announced > limit { throw tooLarge }
    var bytes: [UInt8] = []
    let callOff = cutLine(after: Self.formTime)
    defer { callOff() }
    for try await buffer in request.body {
      guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge }
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    isFinished = true
    if let announced, announced > bytes.count {
      throw WebError.badRequest("表单内容没有收全，请返回上一页重新提交。")
    }
    return bytes
  }

  /// Writes the body into a file.
  ///
  /// - Parameter take: reserves room for some bytes; false when there is none.
  func save(
    into file: SpoolFile, upTo limit: Int, taking take: (Int) -> Bool
  ) async throws {
    let tooLarge = WebError.payloadTooLarge("内容超过 \(megabytes(limit))。")
    if let announced, announced > limit { throw tooLarge }
    let callOff = cutLine(after: Self.uploadTime)
    defer { callOff() }
    for try await buffer in request.body {
      guard file.size + buffer.readableBytes <= limit else { throw tooLarge }
      guard take(buffer.readableBytes) else {
        throw WebError.tooManyRequests(retryAfterSeconds: 60)
      }
      try await file.append(Array(buffer.readableBytesView)[...])
    }
    isFinished = true
    if let announced, announced > file.size { throw WebError.badRequest("内容没有收全。") }
  }

  /// Reads a multipart body. After the whole became too much, the rest is thrown away up to the
  /// same length again, so that the browser gets to read the answer.
  func read(into reader: inout UploadReader, limits: UploadLimits) async throws {
    let callOff = cutLine(after: Self.uploadTime)
    defer { callOff() }
    var room = limits.totalBytes
    var isWanted = true
    for try await buffer in request.body {
      if isWanted {
        isWanted = try await reader.feed(buffer)
      } else {
        room -= buffer.readableBytes
        guard room > 0 else { return }
      }
    }
    isFinished = true
    if isWanted { try reader.finish() }
  }
}
