/// The text of a kind of document, with places for what differs from case to case: `{{当事人}}`.
///
/// A line is a paragraph. A line all of whose places are empty and may be so is left out, so that one text serves a
/// case with a sum and one without.
public struct DocumentTemplate: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case text(String)
    case place(DocumentPlaceholder)
  }

  let lines: [[Piece]]

  /// - Parameter known: the placeholders that the kind knows.
  /// - Throws: ``DocumentTemplateProblems`` with everything that is wrong.
  public init(_ text: String, knowing known: [DocumentPlaceholder]) throws {
    var (lines, problems): ([[Piece]], [DocumentTemplateProblem]) = ([], [])
    let texts = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in texts.enumerated() {
      var reader = LineReader(rest: line, number: index + 1, known: Set(known))
      reader.read()
      lines.append(reader.pieces)
      problems += reader.problems
    }
    guard problems.isEmpty else {
      throw DocumentTemplateProblems(problems: problems, known: known)
    }
    self.lines = lines
  }

  /// The placeholders that stand in it, each once, in their order.
  public var placeholders: [DocumentPlaceholder] {
    var seen: Set<DocumentPlaceholder> = []
    return lines.joined().compactMap { piece in
      guard case .place(let found) = piece, seen.insert(found).inserted else { return nil }
      return found
    }
  }

  /// The text with what is known in its places; what has to be there and is not stands as ``blank(_:)``.
  public func text(
    _ values: [DocumentPlaceholder: String], required: Set<DocumentPlaceholder>
  ) -> String {
    lines.compactMap { line -> String? in
      let places = line.compactMap { piece -> DocumentPlaceholder? in
        if case .place(let found) = piece { found } else { nil }
      }
      let isLeftOut =
        !places.isEmpty
        && places.allSatisfy { (values[$0] ?? "").isEmpty && !required.contains($0) }
      guard !isLeftOut else { return nil }
      guard case .text(let start)? = line.first, start.hasPrefix("|") else {
        return line.map { shown($0, values, required) }.joined()
      }
      // A row of a table is one line, and its bars are its own.
      return line.map { piece in
        guard case .place = piece else { return shown(piece, values, required) }
        return String(
          shown(piece, values, required).map { $0.isNewline ? "；" : $0 == "|" ? "｜" : $0 })
      }.joined()
    }.joined(separator: "\n")
  }

  private func shown(
    _ piece: Piece, _ values: [DocumentPlaceholder: String], _ required: Set<DocumentPlaceholder>
  ) -> String {
    switch piece {
    case .text(let text): return text
    case .place(let place):
      let value = values[place] ?? ""
      return value.isEmpty && required.contains(place) ? Self.blank(place) : value
    }
  }

  /// What stands where something is still to be filled in.
  public static func blank(_ place: DocumentPlaceholder) -> String { "【\(place.name)】" }
}

/// Reads one line.
private struct LineReader {
  var rest: Substring
  let number: Int
  let known: Set<DocumentPlaceholder>
  var pieces: [DocumentTemplate.Piece] = []
  var problems: [DocumentTemplateProblem] = []

  mutating func read() {
    if rest.contains("｛｛") || rest.contains("｝｝") { problems.append(.fullWidth(line: number)) }
    while let open = rest.firstRange(of: "{{") {
      add(rest[..<open.lowerBound])
      let after = rest[open.upperBound...]
      guard let close = after.firstRange(of: "}}"), !after[..<close.lowerBound].contains("{{")
      else {
        problems.append(.unclosed(line: number))
        rest = after
        return
      }
      add(place: String(after[..<close.lowerBound]))
      rest = after[close.upperBound...]
    }
    add(rest)
  }

  private mutating func add(_ text: Substring) {
    if text.contains("}}") { problems.append(.unopened(line: number)) }
    if !text.isEmpty { pieces.append(.text(String(text))) }
  }

  private mutating func add(place typed: String) {
    let name = typed.filter { !$0.isWhitespace }
    guard let place = DocumentPlaceholder(named: name), known.contains(place) else {
      problems.append(.unknown(name, line: number))
      return
    }
    pieces.append(.place(place))
  }
}

/// One thing that is wrong in the text of a template.
public enum DocumentTemplateProblem: Hashable, Sendable {
  case unknown(String, line: Int)
  case unclosed(line: Int)
  case unopened(line: Int)
  case fullWidth(line: Int)

  var message: String {
    switch self {
    case .unknown(let name, let line):
      name.isEmpty ? "第 \(line) 行有空的占位 {{}}" : "第 \(line) 行的占位“{{\(name)}}”不认识"
    case .unclosed(let line): "第 \(line) 行的占位没有写完，{{ 后面要有 }}"
    case .unopened(let line): "第 \(line) 行多了 }}，前面没有 {{"
    case .fullWidth(let line): "第 \(line) 行用了全角的大括号，请改成半角的 {{ 和 }}"
    }
  }
}

/// Everything that is wrong in the text of a template, in words that say what to do.
public struct DocumentTemplateProblems: Error, Hashable {
  public let problems: [DocumentTemplateProblem]
  let known: [DocumentPlaceholder]

  public var message: String {
    let isUnknown = problems.contains { if case .unknown = $0 { true } else { false } }
    let names = known.map { "{{\($0.name)}}" }.joined(separator: "、")
    return problems.map(\.message).joined(separator: "；")
      + (isUnknown ? "。这种文书可以用的占位：\(names)" : "，请改正")
  }
}
