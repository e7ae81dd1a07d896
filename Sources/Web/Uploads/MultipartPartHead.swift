/// What the header lines of one part say.
struct MultipartPartHead: Equatable {
  /// The form field's name.
  let name: String
  /// The file's declared name without any folder; nil for a field that is no file.
  let fileName: String?
  /// The declared type in lower case; nothing is trusted to it.
  let contentType: String?

  /// - Parameter lines: `CRLF line CRLF line …`; nil when they do not say a name, or not in UTF-8.
  init?(lines bytes: ArraySlice<UInt8>) {
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self),
      !hasTowerOfMarks(text)
    else { return nil }
    var name: String?
    var fileName: String?
    var contentType: String?
    for line in text.split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...]
      switch line[..<colon].lowercased() {
      case "content-disposition":
        guard name == nil, let parameters = HeaderParameters(value),
          parameters.value == "form-data"
        else { return nil }
        name = parameters["name"].map(Self.unescaped)
        fileName = parameters["filename"].map(Self.unescaped).map(Self.withoutFolder)
      case "content-type":
        contentType = HeaderParameters(value)?.value
      default: break
      }
    }
    guard let name else { return nil }
    self.name = name
    self.fileName = fileName
    self.contentType = contentType
  }

  /// Browsers write `"`, CR and LF in names as `%22`, `%0D`, `%0A` (WHATWG HTML, multipart
  /// encoding algorithm), and nothing else.
  private static func unescaped(_ text: String) -> String {
    guard text.contains("%") else { return text }
    let escapes = [("%22", "\""), ("%0D", "\r"), ("%0d", "\r"), ("%0A", "\n"), ("%0a", "\n")]
    return escapes.reduce(text) { text, escape in
      text.split(separator: escape.0, omittingEmptySubsequences: false).joined(separator: escape.1)
    }
  }

  private static func withoutFolder(_ name: String) -> String {
    let scalars = name.unicodeScalars
    let afterFolder = scalars.lastIndex { $0 == "/" || $0 == "\\" }.map { scalars.index(after: $0) }
    return String(scalars[(afterFolder ?? scalars.startIndex)...]).filter { !$0.isNewline }
  }
}

/// A header value with parameters: `form-data; name="photos"; filename="a.jpg"`.
struct HeaderParameters {
  /// The value before the first semicolon, in lower case.
  let value: String
  private var parameters: [String: String] = [:]

  /// The parameter of that (lower-case) name.
  subscript(_ name: String) -> String? { parameters[name] }

  /// nil when a parameter stands twice, has no value, or a quote is not closed.
  init?(_ text: some StringProtocol) {
    guard !hasTowerOfMarks(String(text)) else { return nil }
    var rest = Array(text.unicodeScalars)[...]
    value = Self.trimmed(Self.take(&rest) { $0 != ";" }).lowercased()
    while rest.popFirst() != nil {
      let name = Self.trimmed(Self.take(&rest) { $0 != "=" && $0 != ";" }).lowercased()
      if name.isEmpty, rest.first != "=" { continue }
      guard rest.popFirst() == "=", let value = Self.parameterValue(&rest) else { return nil }
      guard parameters.updateValue(value, forKey: name) == nil else { return nil }
    }
  }

  private static func parameterValue(_ rest: inout ArraySlice<Unicode.Scalar>) -> String? {
    while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
    guard rest.first == "\"" else { return trimmed(take(&rest) { $0 != ";" }) }
    rest.removeFirst()
    var value = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == "\"" {
        guard trimmed(take(&rest) { $0 != ";" }).isEmpty else { return nil }
        return String(value)
      }
      // Only a quote and a backslash are escaped: a Windows path keeps its backslashes.
      if scalar == "\\", let next = rest.first, next == "\"" || next == "\\" {
        rest.removeFirst()
        value.append(next)
      } else {
        value.append(scalar)
      }
    }
    return nil
  }

  private static func take(
    _ rest: inout ArraySlice<Unicode.Scalar>, while isWanted: (Unicode.Scalar) -> Bool
  ) -> ArraySlice<Unicode.Scalar> {
    let taken = rest.prefix(while: isWanted)
    rest = rest.dropFirst(taken.count)
    return taken
  }

  private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var scalars = scalars
    while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
    while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
