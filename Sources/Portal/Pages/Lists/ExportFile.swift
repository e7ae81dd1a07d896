import Domain
import Foundation
import Ground
public import Spreadsheet
public import Web

/// In which form a list is taken out.
public enum ExportFormat: String, CaseIterable, Sendable {
  case xlsx, csv

  public var title: String { rawValue.uppercased() }

  var mediaType: String {
    switch self {
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .csv: "text/csv; charset=utf-8"
    }
  }
}

/// A sheet on its way out: written row by row to a file that has no name as soon as it is whole, so
/// that nothing is left behind whether the browser takes it or not.
public final class ExportFile: Sendable {
  struct Failure: Error, CustomStringConvertible {
    let number: Int32
    var description: String { "临时文件无法读写：\(String(cString: strerror(number)))" }
  }

  let length: Int
  private let descriptor: Int32

  private init(descriptor: Int32) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(number: errno) }
    self.descriptor = descriptor
    length = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Makes a sheet.
  /// - Parameter write: fills it; the whole is then finished here.
  public static func make(
    _ format: ExportFormat, sheet: String, styles: [ColumnStyle] = [],
    properties: DocumentProperties, _ write: (any TableWriter) throws -> Void
  ) throws -> ExportFile {
    let folder = try TemporaryFolder.path()
    let path = "\(folder)/\(UUID().uuidString).\(format.rawValue)"
    defer { unlink(path) }
    switch format {
    case .xlsx:
      let writer = try XLSXWriter(
        path: path, sheet: sheet, styles: styles, properties: properties, temporaryFolder: folder)
      try write(writer)
      try writer.finish()
      return try ExportFile(descriptor: opened(path, O_RDONLY))
    case .csv:
      let file = try opened(path, O_RDWR | O_CREAT | O_EXCL)
      do {
        let writer = CSVWriter { try Self.write($0, to: file) }
        try write(writer)
        try writer.finish()
        return try ExportFile(descriptor: file)
      } catch {
        close(file)
        throw error
      }
    }
  }

  /// Makes the workbook of a form.
  public static func make(
    _ report: ReportSheet, sheet: String, properties: DocumentProperties
  ) throws -> ExportFile {
    let folder = try TemporaryFolder.path()
    let path = "\(folder)/\(UUID().uuidString).xlsx"
    defer { unlink(path) }
    try report.write(to: path, sheet: sheet, properties: properties, temporaryFolder: folder)
    return try ExportFile(descriptor: opened(path, O_RDONLY))
  }

  /// The file as an answer, read as fast as the other side takes it.
  public func response(_ format: ExportFormat, name: String) -> WebResponse {
    .stream(
      type: format.mediaType, filename: "\(name).\(format.rawValue)", length: length
    ) { [self] send in
      var offset = 0
      while offset < length {
        let piece = try read(at: offset, upTo: min(256 << 10, length - offset))
        offset += piece.count
        try await send(piece)
      }
    }
  }

  private func read(at offset: Int, upTo count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let got = pread(descriptor, buffer.baseAddress, count, off_t(offset))
      guard got > 0 else { throw Failure(number: errno) }
      filled = got
    }
  }

  private static func opened(_ path: String, _ flags: Int32) throws -> Int32 {
    let descriptor = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Failure(number: errno) }
    return descriptor
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw Failure(number: errno)
      }
    }
  }
}
