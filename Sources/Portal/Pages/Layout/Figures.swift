public import HTML

/// What a colour says; the tag's word always says it too.
public enum TagKind: String, Sendable {
  case neutral, ok, warn, alert, info
}

/// A state in one word.
public func tag(_ text: String, _ kind: TagKind = .neutral) -> HTML {
  "<span class=\"tag tag-\(kind.rawValue)\">\(text)</span>"
}

/// One figure with its denominator: no figure stands without what it is a part of.
/// - Parameters:
///   - value: the figure as written, also `<5`.
///   - denominator: such as `共 87 户`.
///   - note: such as a trend or the due date.
///   - link: the rows behind the figure.
public func figureCard(
  _ title: String, value: String, denominator: String? = nil, note: String? = nil,
  kind: TagKind = .neutral, link: Link? = nil
) -> HTML {
  let text: HTML = """
    <span class="figure-title">\(title)</span>\
    <span class="figure-row"><strong class="figure-value">\(value)</strong>\
    \(ifLet: denominator, { " <span class=\"figure-of\">\($0)</span>" })</span>\
    \(ifLet: note, { "<span class=\"figure-note\">\($0)</span>" })
    """
  if let link {
    return "<a class=\"figure figure-\(kind.rawValue)\" href=\"\(path: link)\">\(text)</a>"
  }
  return "<div class=\"figure figure-\(kind.rawValue)\">\(text)</div>"
}

/// Figure cards side by side.
public func figureCards(_ cards: [HTML]) -> HTML {
  "<div class=\"figures\">\(cards)</div>\n"
}

/// How far something is: a bar and the numbers in words.
/// - Parameters:
///   - label: what is measured; read out, and shown above the bar.
///   - unit: what is counted, such as `户`.
public func progressBar(_ label: String, value: Int, of total: Int, unit: String = "") -> HTML {
  let share = total > 0 ? "（\(value * 100 / total)%）" : ""
  return """
    <div class="progress"><span class="progress-label">\(label)</span>\
    <span class="progress-text">\(grouped(value)) / \(grouped(total)) \(unit)\(share)</span>\
    <progress max="\(max(total, 1))" value="\(min(max(value, 0), max(total, 1)))" \
    aria-label="\(label)">\(value) / \(total)</progress></div>

    """
}

/// A count with its thousands apart, such as `1,104`.
public func grouped(_ count: Int) -> String {
  let digits = Array(String(count.magnitude))
  var text = count < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return text
}
