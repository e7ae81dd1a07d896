public import FoundationEssentials

/// One cell as the server sent it: UTF-8 bytes, valid only while it is being decoded.
public struct PostgresText {
  /// The bytes, without a terminator.
  public let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The cell as a string.
  public var string: String { String(decoding: bytes, as: UTF8.self) }
}

/// A value that can be read from a cell.
///
/// An enum or an id struct over a `String` or an integer conforms by an empty extension.
public protocol PostgresDecodable {
  /// What the cell should hold, for the error of one that does not: "bigint".
  static var postgresTypeName: String { get }
  /// The value of a cell that is not NULL; nil if the text is not one of this type.
  init?(postgresText: PostgresText)
  /// What NULL decodes to; nil (the default) makes NULL an error.
  static var postgresNull: Self? { get }
  /// `[Self]` from the text of a PostgreSQL array, or for `[UInt8]` of a `bytea`.
  static func postgresArray(_ text: PostgresText) -> [Self]?
}

extension PostgresDecodable {
  public static var postgresNull: Self? { nil }

  public static func postgresArray(_ text: PostgresText) -> [Self]? {
    guard let elements = ArrayText.read(text.bytes) else { return nil }
    var values: [Self] = []
    values.reserveCapacity(elements.count)
    for element in elements {
      let value = element.map {
        $0.withUnsafeBufferPointer { Self(postgresText: PostgresText($0)) }
      }
      guard let value = value ?? postgresNull else { return nil }
      values.append(value)
    }
    return values
  }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
  public static var postgresTypeName: String { String(describing: Self.self) }
  public init?(postgresText: PostgresText) {
    guard let rawValue = RawValue(postgresText: postgresText) else { return nil }
    self.init(rawValue: rawValue)
  }
}

extension PostgresDecodable where Self: FixedWidthInteger {
  public init?(postgresText: PostgresText) {
    let bytes = postgresText.bytes
    guard let first = bytes.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    guard !isNegative || bytes.count > 1 else { return nil }
    var value: Self = 0
    for byte in bytes.dropFirst(isNegative ? 1 : 0) {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow2) =
        isNegative
        ? scaled.subtractingReportingOverflow(Self(digit))
        : scaled.addingReportingOverflow(Self(digit))
      guard !overflow, !overflow2 else { return nil }
      value = sum
    }
    self = value
  }
}

extension Int: PostgresDecodable {
  public static var postgresTypeName: String { "bigint" }
}

extension Int64: PostgresDecodable {
  public static var postgresTypeName: String { "bigint" }
}

extension Int32: PostgresDecodable {
  public static var postgresTypeName: String { "integer" }
}

extension Int16: PostgresDecodable {
  public static var postgresTypeName: String { "smallint" }
}

extension UInt8: PostgresDecodable {
  public static var postgresTypeName: String { "byte" }
  public static func postgresArray(_ text: PostgresText) -> [UInt8]? { Hex.read(text.bytes) }
}

extension Bool: PostgresDecodable {
  public static var postgresTypeName: String { "boolean" }
  public init?(postgresText: PostgresText) {
    guard postgresText.bytes.count == 1 else { return nil }
    switch postgresText.bytes[0] {
    case UInt8(ascii: "t"): self = true
    case UInt8(ascii: "f"): self = false
    default: return nil
    }
  }
}

extension Double: PostgresDecodable {
  public static var postgresTypeName: String { "double precision" }
  public init?(postgresText: PostgresText) { self.init(postgresText.string) }
}

extension String: PostgresDecodable {
  public static var postgresTypeName: String { "text" }
  public init?(postgresText: PostgresText) { self = postgresText.string }
}

extension UUID: PostgresDecodable {
  public static var postgresTypeName: String { "uuid" }
  public init?(postgresText: PostgresText) { self.init(uuidString: postgresText.string) }
}

/// From a `timestamptz` only; `infinity`, and years before 1 or after 9999, are decoding errors.
extension Date: PostgresDecodable {
  public static var postgresTypeName: String { "timestamptz" }
  public init?(postgresText: PostgresText) {
    guard let date = TimestampText.read(postgresText.bytes) else { return nil }
    self = date
  }
}

extension Data: PostgresDecodable {
  public static var postgresTypeName: String { "bytea" }
  public init?(postgresText: PostgresText) {
    guard let bytes = Hex.read(postgresText.bytes) else { return nil }
    self.init(bytes)
  }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
  public static var postgresTypeName: String { "array of \(Element.postgresTypeName)" }
  public init?(postgresText: PostgresText) {
    guard let values = Element.postgresArray(postgresText) else { return nil }
    self = values
  }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  public static var postgresTypeName: String { Wrapped.postgresTypeName }
  public static var postgresNull: Wrapped?? { .some(.none) }
  public init?(postgresText: PostgresText) {
    guard let value = Wrapped(postgresText: postgresText) else { return nil }
    self = value
  }
}
