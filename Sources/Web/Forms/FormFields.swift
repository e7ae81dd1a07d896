/// The fields of a form or a query string, in the order in which they came.
public struct FormFields: Sendable, Equatable {
  /// One field as it was sent, decoded.
  public struct Field: Sendable, Equatable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public private(set) var fields: [Field]

  public init(_ fields: [Field] = []) {
    self.fields = fields
  }

  /// The first value of that name, as typed (not trimmed).
  public subscript(_ name: String) -> String? {
    fields.first { $0.name == name }?.value
  }

  /// All values of that name.
  public func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The names, each once, in order.
  public var names: [String] {
    var seen: Set<String> = []
    return fields.map(\.name).filter { seen.insert($0).inserted }
  }

  public var isEmpty: Bool { fields.isEmpty }

  /// The same fields and one more.
  public func adding(_ name: String, _ value: String) -> FormFields {
    FormFields(fields + [Field(name: name, value: value)])
  }

  /// Whether a checkbox of that name was ticked (any value but empty).
  public func isChecked(_ name: String) -> Bool {
    !(self[name] ?? "").isEmpty
  }

  mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }
}

extension FormFields: ExpressibleByDictionaryLiteral {
  /// Fields in the order of the literal; a name may stand several times.
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field(name: $0.0, value: $0.1) }
  }
}

// MARK: - Decoding

extension FormFields {
  /// The most fields that one form or query string may have.
  public static let maximumCount = 500

  /// Decodes `application/x-www-form-urlencoded` (WHATWG URL, section 5.1): `+` is a space, `%XX`
  /// a byte, the whole is UTF-8.
  ///
  /// - Throws: `WebError.badRequest` for a NUL, for invalid UTF-8, and for more than
  ///   `maximumCount` fields. A `%` that no two hexadecimal digits follow stands for itself.
  public init(urlEncoded bytes: some Collection<UInt8>) throws {
    fields = []
    for item in bytes.split(separator: UInt8(ascii: "&")) {
      guard fields.count < Self.maximumCount else {
        throw WebError.badRequest("提交的内容项数太多（超过 \(Self.maximumCount) 项），请减少后再提交。")
      }
      let cut = item.firstIndex(of: UInt8(ascii: "="))
      let name = item[..<(cut ?? item.endIndex)]
      let value = cut.map { item[item.index(after: $0)...] } ?? item[item.endIndex...]
      fields.append(
        Field(name: try Self.decode(name), value: try Self.decode(value)))
    }
  }

  private static func decode(_ bytes: some Collection<UInt8>) throws -> String {
    try checkedText(percentDecoded(bytes, plusIsSpace: true))
  }

  /// The bytes as text.
  ///
  /// - Throws: `WebError.badRequest` for a NUL, for invalid UTF-8, and for a tower of marks.
  static func checkedText(_ bytes: [UInt8]) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw WebError.badRequest("提交的内容不是有效的 UTF-8 文字，请返回后重新填写。")
    }
    guard !bytes.contains(0) else {
      throw WebError.badRequest("提交的内容里有空字符（NUL），请删除后重新提交。")
    }
    guard !hasTowerOfMarks(text) else {
      throw WebError.badRequest("提交的内容里有太多叠在同一个字上的符号，请删去后重新提交。")
    }
    return text
  }
}

/// Decodes `%XX`; a `%` that no two hexadecimal digits follow stands for itself.
func percentDecoded(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = false) -> [UInt8] {
  var decoded: [UInt8] = []
  decoded.reserveCapacity(bytes.count)
  var index = bytes.startIndex
  while index != bytes.endIndex {
    let byte = bytes[index]
    let next = bytes.index(after: index)
    if byte == UInt8(ascii: "%"), next != bytes.endIndex,
      let high = hexValue(bytes[next]),
      case let second = bytes.index(after: next), second != bytes.endIndex,
      let low = hexValue(bytes[second])
    {
      decoded.append(high << 4 | low)
      index = bytes.index(after: second)
    } else {
      decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      index = next
    }
  }
  return decoded
}

private func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
