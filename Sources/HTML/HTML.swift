/// A piece of HTML, built by string interpolation that escapes.
///
/// ```swift
/// let row: HTML = "<tr><th scope=\"row\">\(estate.name)</th><td class=\"num\">\(estate.cleared)</td></tr>"
/// ```
/// What a literal says is taken as markup; what is interpolated is escaped (`&`, `<`, `>`, `"`, `'`),
/// so it is safe between tags and inside a double-quoted attribute; an interpolated `HTML` is taken
/// as it is. A type that has no interpolation here (an optional string, a date) does not compile:
/// say first how it is to be shown.
///
/// The text is kept as UTF-8 bytes, ready to be sent.
public struct HTML: Sendable, Hashable {
  /// The markup as UTF-8.
  public internal(set) var utf8: [UInt8]

  /// Nothing.
  public init() {
    utf8 = []
  }

  /// Markup written in the source.
  public init(verbatim markup: StaticString) {
    utf8 = []
    utf8.append(contentsOf: markup)
  }

  /// Plain text, escaped.
  public init(text: String) {
    utf8 = []
    utf8.appendEscaped(text)
  }

  /// The markup as a string.
  public var text: String {
    String(decoding: utf8, as: UTF8.self)
  }

  /// Whether there is nothing to show.
  public var isEmpty: Bool {
    utf8.isEmpty
  }

  /// The pieces one after the other, with `separator` between two.
  public static func joined(_ pieces: some Sequence<HTML>, separator: HTML = HTML()) -> HTML {
    var whole = HTML()
    var isFirst = true
    for piece in pieces {
      if !isFirst { whole += separator }
      whole += piece
      isFirst = false
    }
    return whole
  }

  public static func + (left: HTML, right: HTML) -> HTML {
    var whole = left
    whole += right
    return whole
  }

  public static func += (left: inout HTML, right: HTML) {
    left.utf8.append(contentsOf: right.utf8)
  }

  /// Adds markup written in the source.
  public mutating func append(verbatim markup: StaticString) { utf8.append(contentsOf: markup) }

  /// Adds plain text, escaped.
  public mutating func append(text: String) { utf8.appendEscaped(text) }

  /// Leaves nothing, and keeps the memory for what comes next.
  public mutating func removeAll() { utf8.removeAll(keepingCapacity: true) }
}

extension HTML: CustomStringConvertible {
  /// The markup as a string.
  public var description: String { text }
}

extension Sequence<HTML> {
  /// The pieces one after the other, with `separator` between two.
  public func joined(separator: HTML = HTML()) -> HTML {
    HTML.joined(self, separator: separator)
  }
}
