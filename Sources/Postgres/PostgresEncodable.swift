public import FoundationEssentials

/// A value as it is bound to a statement.
public struct Parameter: Sendable, Equatable {
  enum Value: Sendable, Equatable {
    case null
    case text(String)
    case binary([UInt8])
  }

  let value: Value
  /// The type's OID, or 0 to let the server infer it.
  let type: UInt32

  /// NULL.
  public static func null(type: UInt32 = 0) -> Parameter { Parameter(value: .null, type: type) }

  /// PostgreSQL's text form of a value; `type` is an OID, 0 lets the server infer it.
  public static func text(_ text: String, type: UInt32 = 0) -> Parameter {
    Parameter(value: .text(text), type: type)
  }

  /// Bytes of a `bytea`.
  public static func bytes(_ bytes: [UInt8]) -> Parameter {
    Parameter(value: .binary(bytes), type: TypeOID.bytea)
  }
}

/// OIDs of the types that are sent with their type: fixed by PostgreSQL for ever.
enum TypeOID {
  static let bool: UInt32 = 16
  static let bytea: UInt32 = 17
  static let timestamptz: UInt32 = 1184
  static let uuid: UInt32 = 2950
}

/// A value that can be bound in `SQL` and written by COPY.
///
/// An enum or an id struct over a `String` or an integer conforms by an empty extension.
public protocol PostgresEncodable: Sendable {
  /// The value as a parameter.
  var postgresParameter: Parameter { get }
  /// The OID that every value of this type is sent with, 0 for "infer it". NULL is sent with it too,
  /// so that a statement means the same with and without a value.
  static var postgresType: UInt32 { get }
  /// How `[Self]` is bound: as a PostgreSQL array, but for `[UInt8]`, which is a `bytea`.
  static func postgresArray(_ values: [Self]) -> Parameter
  /// The OID of `[Self]`, 0 for "infer it".
  static var postgresArrayType: UInt32 { get }
  /// Appends the value as one field of COPY's text format, escaped.
  func writePostgresCopy(to buffer: inout [UInt8])
}

extension PostgresEncodable {
  public static var postgresType: UInt32 { 0 }
  public static var postgresArrayType: UInt32 { 0 }

  public static func postgresArray(_ values: [Self]) -> Parameter {
    .text(ArrayText.write(values.lazy.map(\.postgresParameter)))
  }

  public func writePostgresCopy(to buffer: inout [UInt8]) {
    switch postgresParameter.value {
    case .null: buffer += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
    case .text(let text): CopyText.write(text, to: &buffer)
    case .binary(let bytes):
      buffer.append(UInt8(ascii: "\\"))
      Hex.write(bytes, to: &buffer)
    }
  }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
  public var postgresParameter: Parameter { rawValue.postgresParameter }
  public static var postgresType: UInt32 { RawValue.postgresType }
  public func writePostgresCopy(to buffer: inout [UInt8]) {
    rawValue.writePostgresCopy(to: &buffer)
  }
}

extension PostgresEncodable where Self: BinaryInteger {
  public var postgresParameter: Parameter { .text(String(self)) }
  public func writePostgresCopy(to buffer: inout [UInt8]) { buffer += String(self).utf8 }
}

extension Int: PostgresEncodable {}
extension Int16: PostgresEncodable {}
extension Int32: PostgresEncodable {}
extension Int64: PostgresEncodable {}

extension UInt8: PostgresEncodable {
  public static var postgresArrayType: UInt32 { TypeOID.bytea }
  public static func postgresArray(_ values: [UInt8]) -> Parameter { .bytes(values) }
}

extension Bool: PostgresEncodable {
  public static var postgresType: UInt32 { TypeOID.bool }
  public var postgresParameter: Parameter { .text(self ? "t" : "f", type: TypeOID.bool) }
}

extension Double: PostgresEncodable {
  public var postgresParameter: Parameter {
    if isNaN { return .text("NaN") }
    if isInfinite { return .text(self < 0 ? "-Infinity" : "Infinity") }
    return .text(description)
  }
}

extension String: PostgresEncodable {
  public var postgresParameter: Parameter { .text(self) }
  public func writePostgresCopy(to buffer: inout [UInt8]) { CopyText.write(self, to: &buffer) }
}

extension UUID: PostgresEncodable {
  public static var postgresType: UInt32 { TypeOID.uuid }
  public var postgresParameter: Parameter { .text(uuidString, type: TypeOID.uuid) }
}

/// Sent as `timestamptz`, rounded to the microsecond. A time that PostgreSQL cannot hold (not finite,
/// or before the year 1 or after 9999) is refused by the server with SQLSTATE 22007.
extension Date: PostgresEncodable {
  public static var postgresType: UInt32 { TypeOID.timestamptz }
  public var postgresParameter: Parameter {
    .text(TimestampText.write(self) ?? "unrepresentable", type: TypeOID.timestamptz)
  }
}

extension Data: PostgresEncodable {
  public static var postgresType: UInt32 { TypeOID.bytea }
  public var postgresParameter: Parameter { .bytes([UInt8](self)) }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
  public static var postgresType: UInt32 { Element.postgresArrayType }
  public var postgresParameter: Parameter { Element.postgresArray(self) }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  public static var postgresType: UInt32 { Wrapped.postgresType }
  public static var postgresArrayType: UInt32 { Wrapped.postgresArrayType }
  public var postgresParameter: Parameter {
    self?.postgresParameter ?? .null(type: Wrapped.postgresType)
  }
  public func writePostgresCopy(to buffer: inout [UInt8]) {
    if let self {
      self.writePostgresCopy(to: &buffer)
    } else {
      buffer += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
    }
  }
}
