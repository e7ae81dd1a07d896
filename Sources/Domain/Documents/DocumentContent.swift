/// Something that the law wants a document to say, and how the text is looked over for it before it is issued.
///
/// Only what is plainly missing is found: whether what is said is right, a person judges.
public struct DocumentContent: Hashable, Sendable {
  /// One thing that has to stand in the text.
  public enum Ask: Hashable, Sendable {
    /// One of these.
    case words([String])
    /// A day, or a number of days from something.
    case day
    /// A sum of money.
    case money
  }

  public let title: String
  /// The law and its article.
  public let source: String
  public let asks: [Ask]
  /// It is asked for where this one is said; nil where always.
  public let given: DocumentPlaceholder?

  init(_ title: String, _ source: String, _ asks: Ask..., given: DocumentPlaceholder? = nil) {
    self.title = title
    self.source = source
    self.asks = asks
    self.given = given
  }

  public func isMet(by body: String) -> Bool {
    asks.allSatisfy { ask in
      switch ask {
      case .words(let words): words.contains { body.contains($0) }
      case .day: Self.saysDay(body)
      case .money: body.contains(/[0-9][0-9,，]*(?:\.[0-9]{1,2})? ?元/)
      }
    }
  }

  private static func saysDay(_ body: String) -> Bool {
    body.contains(/[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日/)
      || body.contains(/[0-9一二三四五六七八九十]+ ?(?:个工作日|日|天|个月)(?:以?内|之内)/)
  }
}

extension DocumentForm {
  /// What stands in the way of issuing a text, in words that say what to do; empty when nothing does.
  ///
  /// - Parameter values: what was typed for the text.
  public func missing(
    in body: String, values: [DocumentPlaceholder: String]
  ) -> [String] {
    let blanks = DocumentPlaceholder.allCases.filter { body.contains(DocumentTemplate.blank($0)) }
      .map { "“\($0.name)”还没有填，正文里还留着 \(DocumentTemplate.blank($0))" }
    let braces = body.contains("{{") || body.contains("}}") ? ["正文里还有没有替换的占位 {{ }}，请改成要写的内容"] : []
    let unsaid = contents.filter { content in
      content.given.map { !(values[$0] ?? "").isEmpty } ?? true
    }.filter { !$0.isMet(by: body) }
    return blanks + braces + unsaid.map { "缺“\($0.title)”（\($0.source)），请在正文里写明" }
  }
}
