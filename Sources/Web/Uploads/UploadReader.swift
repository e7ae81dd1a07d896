import NIOCore

/// Reads one multipart body: fields into memory, files into the upload folder.
///
/// Errors are `WebError`s in Chinese, or an error of the disk. Whoever makes one calls
/// `removeFiles` at the end, whatever happened.
struct UploadReader {
  private let limits: UploadLimits
  private let folder: UploadFolder
  private var parser: MultipartParser
  private(set) var upload = Upload()
  private var part: Part?
  private var paths: [String] = []
  private let networks: [[UInt8]]
  /// Bytes taken from the folder's budget.
  private var reserved = 0
  /// Bytes of all fields together.
  private var fieldBytes = 0

  private enum Part {
    case field(name: String, value: [UInt8])
    case file(MultipartPartHead, SpoolFile)
    /// A file input left empty, so far.
    case emptyFile(MultipartPartHead)
    case skipped
  }

  /// - Parameters:
  ///   - contentType: the request's, with its boundary.
  ///   - client: who sends; one network may not fill the folder alone.
  init(
    contentType: String, limits: UploadLimits, folder: UploadFolder, client: ClientAddress
  ) throws {
    guard let boundary = HeaderParameters(contentType)?["boundary"],
      (1...70).contains(boundary.utf8.count),
      boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { throw WebError.badRequest(Self.malformed) }
    self.limits = limits
    self.folder = folder
    networks = client.isLoopback ? [] : client.networks
    parser = MultipartParser(boundary: boundary, limits: limits)
  }

  private static let malformed = "表单内容不完整或格式有误，请返回上一页重新提交。"

  /// Takes some bytes; false when no more are wanted because the whole is too much.
  mutating func feed(_ buffer: ByteBuffer) async throws -> Bool {
    let (events, failure) = parser.feed(buffer.readableBytesView)
    for event in events {
      switch event {
      case .partBegan(let head): try begin(head)
      case .data(let bytes): try await take(bytes)
      case .partEnded: try await end()
      }
    }
    switch failure {
    case nil: return true
    case .bodyTooLong?:
      try exceed(.totalTooLarge(limits))
      return false
    case .tooManyParts?: throw WebError.payloadTooLarge("提交的项目太多，请减少后再提交。")
    default: throw WebError.badRequest(Self.malformed)
    }
  }

  /// Says that the body has ended.
  ///
  /// - Throws: `WebError.badRequest` when it ended too early.
  func finish() throws {
    do { try parser.finish() } catch { throw WebError.badRequest(Self.malformed) }
  }

  /// Unlinks the files.
  func removeFiles() {
    for path in paths { folder.remove(path) }
    folder.budget.give(back: reserved, networks: networks)
  }

  private mutating func exceed(_ problem: UploadProblem) throws {
    guard limits.excess == .report else { throw WebError.payloadTooLarge(problem.message) }
    if !upload.problems.contains(problem) { upload.problems.append(problem) }
  }

  private mutating func begin(_ head: MultipartPartHead) throws {
    if head.fileName != nil {
      part = .emptyFile(head)
    } else {
      part = .field(name: head.name, value: [])
    }
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) async throws {
    switch part {
    case .field(let name, var value):
      guard value.count + bytes.count <= limits.fieldBytes else {
        throw WebError.payloadTooLarge("有一项填写的内容超过 \(megabytes(limits.fieldBytes))，请缩短后再提交。")
      }
      fieldBytes += bytes.count
      guard fieldBytes <= 4 * limits.fieldBytes else {
        throw WebError.payloadTooLarge("填写的内容太长，请缩短后再提交。")
      }
      part = nil
      value.append(contentsOf: bytes)
      part = .field(name: name, value: value)
    case .emptyFile(let head):
      try openFile(head)
      if case .file = part { try await take(bytes) }
    case .file(let head, let file):
      guard file.size + bytes.count <= limits.fileBytes else {
        file.close()
        part = .skipped
        return try exceed(.fileTooLarge(head, limits))
      }
      guard folder.budget.take(bytes.count, networks: networks) else {
        file.close()
        part = .skipped
        return try exceed(.noRoom(head))
      }
      reserved += bytes.count
      try await file.append(bytes)
    case .skipped, nil: break
    }
  }

  private mutating func openFile(_ head: MultipartPartHead) throws {
    guard upload.allFiles.count < limits.files else {
      part = .skipped
      return try exceed(.tooManyFiles(head.name, limits))
    }
    let file = try folder.makeFile()
    paths.append(file.path)
    part = .file(head, file)
  }

  private mutating func end() async throws {
    switch part {
    case .field(let name, let value):
      upload.fields.append(name, try FormFields.checkedText(value))
    case .emptyFile(let head) where head.fileName?.isEmpty == false:
      // A chosen file without content: kept, so that its form can say so.
      try openFile(head)
      if case .file(let head, let file) = part { try await keep(head, file) }
    case .file(let head, let file): try await keep(head, file)
    case .emptyFile, .skipped, nil: break
    }
    part = nil
  }

  private mutating func keep(_ head: MultipartPartHead, _ file: SpoolFile) async throws {
    let digest = try await file.finish()
    upload.allFiles.append(
      UploadedFile(
        field: head.name, declaredName: head.fileName ?? "", declaredType: head.contentType,
        path: file.path, size: file.size, sha256: digest, firstBytes: file.firstBytes))
  }
}
