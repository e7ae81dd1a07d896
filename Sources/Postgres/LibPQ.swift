import CLibPQ
import Foundation

/// A NULL-terminated array of C strings, for the time of `body`.
func withCStrings<T>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  let pointers = copies.map { $0.map { UnsafePointer($0) } } + [nil]
  return pointers.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("never empty: it ends in nil") }
    return body(base)
  }
}

extension SQL {
  /// The text, refused if it holds a NUL, where libpq would cut it off.
  func checkedText() throws -> String {
    let text = text
    guard !text.utf8.contains(0) else { throw PostgresError(.nulByte) }
    return text
  }
}

extension [Parameter] {
  /// The arrays that libpq takes, for the time of `body`: values, lengths, formats.
  func withLibPQ<T>(
    _ body: (
      UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> T
  ) throws -> T {
    if isEmpty { return body(nil, nil, nil) }
    var bytes: [UInt8] = []
    var offsets: [Int?] = []
    var lengths: [Int32] = []
    var formats: [Int32] = []
    for parameter in self {
      let start = bytes.count
      offsets.append(parameter.value == .null ? nil : start)
      if case .text(let text) = parameter.value { bytes += text.utf8 }
      if case .text = parameter.value, bytes[start...].contains(0) {
        throw PostgresError(.nulByte)
      }
      formats.append(0)
      if case .binary(let value) = parameter.value {
        bytes += value
        formats[formats.count - 1] = 1
      }
      lengths.append(Int32(bytes.count - start))
      bytes.append(0)
    }
    return bytes.withUnsafeBytes { raw in
      let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
      let values = offsets.map { offset in
        offset.flatMap { offset in base.map { $0 + offset } }
      }
      return body(values, lengths, formats)
    }
  }
}

extension PostgresError.ServerError {
  init(_ result: OpaquePointer) {
    func field(_ code: Unicode.Scalar) -> String? {
      PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
    }
    self.init(
      sqlState: field("C") ?? "", severity: field("V") ?? "", constraint: field("n"),
      table: field("t"), column: field("c"), message: field("M") ?? "",
      position: field("P").flatMap { Int($0) })
  }
}
