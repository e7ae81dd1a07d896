import Domain
import HTML
import Pages

/// A document as it stands on paper: head, number, title, text, and the place of the seal.
///
/// Source: GB/T 9704-2012. What goes under the organ's name in red is a letter; what a court gets or stays in the file
/// has its number in a corner.
struct DocumentSheet {
  let kind: DocumentKind
  let number: String
  let organ: String
  /// In words.
  let day: String
  let body: String
  /// Across the page, such as 作废.
  var mark: String?

  /// For paper.
  func page(site: SiteSettings, back: Link) -> HTML {
    PrintPage(
      title: kind.title, site: site, back: back, body: text,
      official: PrintPage.OfficialHead(name: "\(kind.title) \(number)", html: head)
    ).html
  }

  /// The same within a page of the desk, small.
  var preview: HTML {
    "<div class=\"sheet official official-preview\">\(head)<p class=\"official-title\">\(kind.title)</p>\(text)</div>\n"
  }

  private var head: HTML {
    let stamp: HTML = "\(ifLet: mark, { "<p class=\"official-mark\">\($0)</p>" })"
    return kind.form.isLetter
      ? stamp
        + """
        <p class="official-organ\(if: organ.count > 13, " official-organ-long")">\(organ)</p>
        <p class="official-number">\(number)</p>

        """
      : stamp + "<p class=\"official-file\">\(number)</p>\n"
  }

  private var text: HTML {
    lines + (kind == .closing ? HTML() : seal)
  }

  private var seal: HTML {
    """
    <div class="official-seal"><p>\(organ)</p><p class="official-stamp">（加盖公章）</p><p>\(day)</p></div>

    """
  }

  private var lines: HTML {
    var (whole, rows) = (HTML(), [[String]]())
    func flush() {
      guard !rows.isEmpty else { return }
      whole += table(rows)
      rows = []
    }
    for line in DocumentLine.lines(of: body) {
      if case .row(let cells) = line {
        rows.append(cells)
      } else {
        flush()
        whole += Self.shown(line)
      }
    }
    flush()
    return whole
  }

  private static func shown(_ line: DocumentLine) -> HTML {
    switch line {
    case .addressee(let text), .flush(let text): "<p class=\"official-flush\">\(text)</p>\n"
    case .heading(let text): "<h2>\(text)</h2>\n"
    case .subheading(let text): "<h3>\(text)</h3>\n"
    case .paragraph(let text):
      text.hasPrefix("附件：")
        ? "<p class=\"official-attached\">\(text)</p>\n" : "<p>\(text)</p>\n"
    case .row: HTML()
    }
  }

  private func table(_ rows: [[String]]) -> HTML {
    let width = rows.map(\.count).max() ?? 1
    let lines = rows.map { cells -> HTML in
      let shown = cells.enumerated().map { place, cell -> HTML in
        let span = place == cells.count - 1 ? width - place : 1
        return place == 0 && cells.count > 1
          ? "<th scope=\"row\">\(cell)</th>"
          : "<td\(attribute: "colspan", span > 1 ? String(span) : nil)>\(cell)</td>"
      }
      return "<tr>\(shown)</tr>\n"
    }
    return "<table class=\"official-table\"><tbody>\(lines)</tbody></table>\n"
  }
}
