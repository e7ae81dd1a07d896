extension HTML: ExpressibleByStringInterpolation {
  public init(stringLiteral markup: String) {
    utf8 = []
    utf8.append(verbatim: markup)
  }

  public init(stringInterpolation: Interpolation) {
    utf8 = stringInterpolation.utf8
  }

  /// Collects the pieces of one literal. Everything but `HTML` is escaped.
  public struct Interpolation: StringInterpolationProtocol {
    @usableFromInline var utf8: [UInt8] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      utf8.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    public mutating func appendLiteral(_ literal: String) {
      utf8.append(verbatim: literal)
    }
  }
}

// MARK: - Values
// Generic ones are inlinable, so that a page is built by code for its own types.

extension HTML.Interpolation {
  /// Text, escaped.
  public mutating func appendInterpolation(_ text: String) {
    utf8.appendEscaped(text)
  }

  /// Text, escaped.
  public mutating func appendInterpolation(_ text: Substring) {
    utf8.appendEscaped(String(text))
  }

  /// A whole number, in digits without grouping.
  @inlinable
  public mutating func appendInterpolation(_ number: some BinaryInteger) {
    utf8.append(verbatim: String(number))
  }

  /// Markup, as it is.
  public mutating func appendInterpolation(_ html: HTML) {
    utf8.append(contentsOf: html.utf8)
  }

  /// Markup, or nothing.
  public mutating func appendInterpolation(_ html: HTML?) {
    if let html { utf8.append(contentsOf: html.utf8) }
  }

  /// Text, escaped, or nothing.
  public mutating func appendInterpolation(optional text: String?) {
    if let text { utf8.appendEscaped(text) }
  }

  /// Pieces of markup one after the other.
  @inlinable
  public mutating func appendInterpolation(_ pieces: some Sequence<HTML>) {
    for piece in pieces { utf8.append(contentsOf: piece.utf8) }
  }

  /// One piece of markup for each element: `\(estates, estateRow)`, or with a closure
  /// `\(names, { "<li>\($0)</li>" })`.
  @inlinable
  public mutating func appendInterpolation<Elements: Sequence>(
    _ elements: Elements, _ piece: (Elements.Element) -> HTML
  ) {
    for element in elements { utf8.append(contentsOf: piece(element).utf8) }
  }

  /// Markup if the condition holds, else `other`, else nothing.
  public mutating func appendInterpolation(
    if condition: Bool, _ html: @autoclosure () -> HTML,
    else other: @autoclosure () -> HTML = HTML()
  ) {
    utf8.append(contentsOf: condition ? html().utf8 : other().utf8)
  }

  /// Markup made from a value if there is one: `\(ifLet: note, { "<p>\($0)</p>" })`.
  @inlinable
  public mutating func appendInterpolation<Value>(
    ifLet value: Value?, _ piece: (Value) -> HTML
  ) {
    if let value { utf8.append(contentsOf: piece(value).utf8) }
  }
}

// MARK: - Attributes and links

extension HTML.Interpolation {
  /// A boolean attribute with the space before it, or nothing:
  /// `<input type="checkbox"\(attribute: "checked", if: isOn)>`.
  public mutating func appendInterpolation(attribute name: StaticString, if condition: Bool) {
    guard condition else { return }
    utf8.append(UInt8(ascii: " "))
    utf8.append(contentsOf: name)
  }

  /// An attribute with the space before it and its value escaped, or nothing when there is no
  /// value: `<input name="x"\(attribute: "value", value)>`.
  public mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
    guard let value else { return }
    utf8.append(UInt8(ascii: " "))
    utf8.append(contentsOf: name)
    utf8.append(contentsOf: "=\"")
    utf8.appendEscaped(value)
    utf8.append(UInt8(ascii: "\""))
  }

  /// An attribute with a whole number, or nothing when there is no value.
  public mutating func appendInterpolation(attribute name: StaticString, _ value: Int?) {
    appendInterpolation(attribute: name, value.map { String($0) })
  }

  /// An attribute that holds a link, or nothing when there is none.
  public mutating func appendInterpolation(attribute name: StaticString, _ value: Link?) {
    appendInterpolation(attribute: name, value?.url)
  }

  /// A link's address: `<a href="\(path: Paths.caseShow.link(id))">`.
  public mutating func appendInterpolation(path link: Link) {
    utf8.appendEscaped(link.url)
  }

  /// The address of a page without arguments: `<a href="\(path: Paths.home)">`.
  public mutating func appendInterpolation(path page: PagePath) {
    utf8.appendEscaped(page.link.url)
  }
}
