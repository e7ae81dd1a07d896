/// A line of a document's text, as it is set on paper.
///
/// Source: GB/T 9704-2012, 7.3: the addressee at the left edge, paragraphs two characters in, the four levels of
/// numbering 一、（一）1.（1） of which the first is set in 黑体 and the second in 楷体.
public enum DocumentLine: Hashable, Sendable {
  /// 主送, or what is written like it.
  case addressee(String)
  /// 一、
  case heading(String)
  /// （一）
  case subheading(String)
  case paragraph(String)
  /// Cells between bars: `| 案由 | 转租 |`.
  case row([String])
  /// 此致 and what stands alone at the left edge: `<法院`.
  case flush(String)

  public init(_ text: String) {
    let line = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    if line.hasPrefix("|"), line.count > 1 {
      let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false).map {
        String($0.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
      }
      self = .row(cells.last == "" ? cells.dropLast() : cells)
    } else if line.hasPrefix("<") {
      self = .flush(String(line.dropFirst()))
    } else if line.count <= 40, line.prefixMatch(of: /[一二三四五六七八九十]+、/) != nil {
      self = .heading(line)
    } else if line.count <= 40, line.prefixMatch(of: /（[一二三四五六七八九十]+）/) != nil {
      self = .subheading(line)
    } else {
      self = .paragraph(line)
    }
  }

  /// The lines of a text; empty ones only part it in the editor. The first one is the addressee where it ends so.
  public static func lines(of body: String) -> [DocumentLine] {
    var lines = body.split(separator: "\n").map { DocumentLine(String($0)) }
      .filter { $0 != .paragraph("") }
    if case .paragraph(let first)? = lines.first, first.hasSuffix("："), first.count <= 60 {
      lines[0] = .addressee(first)
    }
    return lines
  }
}
