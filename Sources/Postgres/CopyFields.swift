/// Fields of rows in COPY's binary format, built apart from the connection that they go to: on other
/// threads, and at less than half of what text costs the server.
///
/// A field has exactly the type of its column: `Int32` an `integer`, `[UInt8]` a `bytea`, nil is NULL. The
/// server refuses a field that is too short with SQLSTATE 08P01 and one that is too long with 22P03.
///
/// Source: PostgreSQL 15 documentation, COPY, File Formats, Binary Format.
public struct CopyFields: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  /// The signature, no flags, no extension.
  static let header: [UInt8] =
    Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8)
  static let trailer: [UInt8] = [0xFF, 0xFF]

  /// Bytes so far; the place where the next field begins.
  public var count: Int { bytes.count }

  public mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

  /// Begins a row of so many fields.
  public mutating func beginRow(fields: Int) { write(Int16(fields)) }

  /// Takes over fields that were built elsewhere.
  ///
  /// - Parameter places: where they begin and end in `other`, by its ``count``.
  public mutating func append(_ other: CopyFields, _ places: Range<Int>) {
    bytes += other.bytes[places]
  }

  /// Drops all that was written since ``count`` was this.
  public mutating func drop(to count: Int) { bytes.removeLast(bytes.count - count) }

  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// `text` and domains over it.
  public mutating func append(_ text: String?) {
    guard var text else { return appendNull() }
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// `bytea`.
  public mutating func append(_ content: [UInt8]?) {
    guard let content else { return appendNull() }
    content.withUnsafeBytes { append($0) }
  }

  /// `smallint`.
  public mutating func append(_ number: Int16?) { append(integer: number) }

  /// `integer`.
  public mutating func append(_ number: Int32?) { append(integer: number) }

  /// `bigint`.
  public mutating func append(_ number: Int64?) { append(integer: number) }

  /// `boolean`.
  public mutating func append(_ truth: Bool?) {
    guard let truth else { return appendNull() }
    write(Int32(1))
    bytes.append(truth ? 1 : 0)
  }

  /// `date`.
  ///
  /// - Parameter days: since 1970-01-01.
  public mutating func append(date days: Int?) {
    append(days.map { Int32($0 - 10_957) })
  }

  /// `numeric` with two places after the point.
  public mutating func append(hundredths: Int?) {
    guard let hundredths else { return appendNull() }
    var digits: [Int16] = []
    var whole = hundredths.magnitude / 100
    repeat {
      digits.insert(Int16(whole % 10_000), at: 0)
      whole /= 10_000
    } while whole > 0
    let weight = digits.count - 1
    digits.append(Int16(hundredths.magnitude % 100 * 100))
    write(Int32(8 + 2 * digits.count))
    for part in [Int16(digits.count), Int16(weight), hundredths < 0 ? 0x4000 : 0, 2] + digits {
      write(part)
    }
  }

  private mutating func appendNull() { write(Int32(-1)) }

  private mutating func append(_ content: UnsafeRawBufferPointer) {
    write(Int32(content.count))
    bytes += content
  }

  private mutating func append(integer number: (some FixedWidthInteger)?) {
    guard let number else { return appendNull() }
    write(Int32(number.bitWidth / 8))
    write(number)
  }

  private mutating func write(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
  }
}
