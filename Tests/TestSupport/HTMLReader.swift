/// A tag of a page, as it was written.
package struct PageTag: Sendable {
  package let name: String
  /// Attribute names in lower case; those without a value have an empty one.
  package let attributes: [String: String]
  /// The text between the tag and its end, without tags; empty for tags that have no end.
  package internal(set) var text = ""
  /// Where it stands among all tags of the page, and where it ends.
  package let position: Int
  package internal(set) var end: Int

  package subscript(_ attribute: String) -> String? { attributes[attribute] }
}

/// Reads pages tolerantly: enough to find tags, their attributes and their text.
struct HTMLReader {
  private static let voidTags: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
  ]
  /// Elements whose content is text, whatever it looks like.
  private static let textTags: Set<String> = ["script", "style", "textarea", "title"]

  private let bytes: [UInt8]
  private var index = 0
  private var open: [Int] = []
  private(set) var tags: [PageTag] = []
  /// Everything that stands between tags, scripts and styles left out.
  private(set) var text = ""

  init(_ html: String) {
    bytes = Array(html.utf8)
    read()
  }

  private mutating func read() {
    while index < bytes.count {
      let next = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      add(text: bytes[index..<next])
      index = next + 1
      guard index < bytes.count else { break }
      switch bytes[index] {
      case UInt8(ascii: "!"), UInt8(ascii: "?"): skip(past: UInt8(ascii: ">"))
      case UInt8(ascii: "/"): readEnd()
      default: readStart()
      }
    }
    close(all: 0)
  }

  private mutating func add(text slice: ArraySlice<UInt8>) {
    guard !slice.isEmpty else { return }
    let piece = Self.unescaped(String(decoding: slice, as: UTF8.self))
    text += piece
    for tag in open { tags[tag].text += piece }
  }

  private mutating func skip(past end: UInt8) {
    index = (bytes[index...].firstIndex(of: end) ?? bytes.count - 1) + 1
  }

  private mutating func readEnd() {
    index += 1
    let name = readName()
    skip(past: UInt8(ascii: ">"))
    guard let place = open.lastIndex(where: { tags[$0].name == name }) else { return }
    close(all: place)
    // Words of neighbouring elements do not run together.
    text += " "
  }

  private mutating func close(all place: Int) {
    for tag in open[place...] { tags[tag].end = tags.count }
    open.removeSubrange(place...)
  }

  private mutating func readStart() {
    let name = readName()
    guard !name.isEmpty else { return }
    var attributes: [String: String] = [:]
    while let (key, value) = readAttribute() { attributes[key] = attributes[key] ?? value }
    skip(past: UInt8(ascii: ">"))
    tags.append(
      PageTag(name: name, attributes: attributes, position: tags.count, end: tags.count + 1))
    if Self.voidTags.contains(name) { return }
    if Self.textTags.contains(name) { return readText(of: name) }
    open.append(tags.count - 1)
  }

  private mutating func readText(of name: String) {
    let end = Array("</\(name)".utf8)
    let start = index
    while index < bytes.count, !bytes[index...].starts(with: end) { index += 1 }
    var content = String(decoding: bytes[start..<index], as: UTF8.self)
    if name == "textarea" || name == "title" { content = Self.unescaped(content) }
    // A browser drops the line end that follows the tag.
    if name == "textarea", content.first == "\n" { content.removeFirst() }
    tags[tags.count - 1].text = content
    skip(past: UInt8(ascii: ">"))
  }

  private mutating func readName() -> String {
    let start = index
    while index < bytes.count, Self.isName(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
  }

  private static func isName(_ byte: UInt8) -> Bool {
    !" \t\n\r\u{0C}/>=\"'<".utf8.contains(byte)
  }

  private mutating func readAttribute() -> (String, String)? {
    while index < bytes.count, " \t\n\r/".utf8.contains(bytes[index]) { index += 1 }
    let name = readName()
    guard !name.isEmpty else { return nil }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return (name, "") }
    index += 1
    guard index < bytes.count else { return (name, "") }
    let quote = bytes[index]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      return (name, Self.unescaped(readName()))
    }
    let start = index + 1
    let end = bytes[start...].firstIndex(of: quote) ?? bytes.count
    index = min(end + 1, bytes.count)
    return (name, Self.unescaped(String(decoding: bytes[start..<end], as: UTF8.self)))
  }

  private static let entities = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
  ]

  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.firstIndex(of: ";"),
        let decoded = character(rest[rest.index(after: start)..<end])
      else {
        result.append(rest.removeFirst())
        continue
      }
      result += decoded
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func character(_ entity: Substring) -> String? {
    if let known = entities[String(entity)] { return known }
    guard entity.first == "#" else { return nil }
    let digits = entity.dropFirst()
    let code = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
  }
}
