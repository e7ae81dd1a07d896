import Glibc

/// A name, without its prefix: of an element, an attribute or a type; valid only during the call that gives it.
struct XMLName {
  let bytes: UnsafePointer<CChar>
  let count: Int

  init(_ name: UnsafePointer<CChar>) {
    var start = name
    var next = name
    while next.pointee != 0 {
      if next.pointee == 0x3A { start = next + 1 }
      next += 1
    }
    bytes = start
    count = next - start
  }

  @inline(__always)
  static func == (name: XMLName, text: StaticString) -> Bool {
    name.count == text.utf8CodeUnitCount && memcmp(name.bytes, text.utf8Start, name.count) == 0
  }
}

/// The attributes of an element, one after the other; valid only during the call that gives them.
struct XMLAttributes: Sequence, IteratorProtocol {
  private var pair: UnsafeMutablePointer<UnsafePointer<CChar>?>

  init(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>) { pair = pairs }

  @inline(__always)
  mutating func next() -> (name: XMLName, value: UnsafePointer<CChar>)? {
    guard let key = pair[0], let value = pair[1] else { return nil }
    pair += 2
    return (XMLName(key), value)
  }

  subscript(name: StaticString) -> UnsafePointer<CChar>? { first { $0.name == name }?.value }

  func string(_ name: StaticString) -> String? { self[name].map { String(cString: $0) } }

  func integer(_ name: StaticString) -> Int? { self[name].flatMap { decimal($0) } }
}

/// Reads digits up to the closing zero; nil when there is anything else, or too much.
func decimal(_ text: UnsafePointer<CChar>) -> Int? {
  var value = 0
  var next = text
  while next.pointee >= 0x30, next.pointee <= 0x39, next - text < 12 {
    value = value * 10 + Int(next.pointee) - 0x30
    next += 1
  }
  return next.pointee == 0 && next > text ? value : nil
}
