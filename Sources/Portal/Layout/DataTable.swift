import Domain
import HTML
import Spreadsheet

/// One column of a data table: how its cell is drawn, and what it holds in an exported sheet.
struct Column<Row> {
  let title: String
  let isNumeric: Bool
  let cell: (Row) -> HTML
  /// Nil for what has no place in a sheet, such as buttons.
  let export: ((Row) -> Cell)?

  /// - Parameters:
  ///   - numeric: whether the column holds numbers, which stand at the right.
  ///   - export: the same in an exported sheet.
  init(
    _ title: String, numeric: Bool = false, _ cell: @escaping (Row) -> HTML,
    export: ((Row) -> Cell)? = nil
  ) {
    self.title = title
    self.isNumeric = numeric
    self.cell = cell
    self.export = export
  }

  /// A column of whatever a page shows; in a sheet, the words of it.
  init(_ title: String, shown cell: @escaping (Row) -> HTML) {
    self.init(title, cell) { row in
      let words = cell(row).words
      return words.isEmpty || words == "—" ? .empty : .text(words)
    }
  }

  /// A column of texts; what is missing is a dash on the page and empty in a sheet.
  init(_ title: String, text: @escaping (Row) -> String?) {
    self.init(title) { row in
      "\(text(row) ?? "—")"
    } export: { row in
      text(row).map { Cell.text($0) } ?? .empty
    }
  }

  /// A column of whole numbers; a dash where there is none, which is not zero.
  init(_ title: String, number: @escaping (Row) -> Int?) {
    self.init(title, numeric: true) { row in
      "\(number(row).map { grouped($0) } ?? "—")"
    } export: { row in
      number(row).map { Cell.number(Double($0)) } ?? .empty
    }
  }

  /// A column of money or areas, with two decimals.
  init(_ title: String, hundredths: @escaping (Row) -> Hundredths) {
    self.init(title, numeric: true) { row in
      "\(hundredths(row).description)"
    } export: { row in
      .number(hundredths(row).approximate)
    }
  }

  /// A column of days.
  init(_ title: String, day: @escaping (Row) -> Day?) {
    self.init(title) { row in
      "\(day(row)?.iso ?? "—")"
    } export: { row in
      day(row).map { Cell.day($0) } ?? .empty
    }
  }

  /// A column of states, each a word on a ground of its kind.
  init(_ title: String, tag word: @escaping (Row) -> (String, TagKind)?) {
    self.init(title) { row in
      word(row).map { tag($0.0, $0.1) } ?? "—"
    } export: { row in
      word(row).map { Cell.text($0.0) } ?? .empty
    }
  }
}

extension HTML {
  /// What a person reads, without tags.
  var words: String {
    var kept: [UInt8] = []
    var isTag = false
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "<"): isTag = true
      case UInt8(ascii: ">"): isTag = false
      default: if !isTag { kept.append(byte) }
      }
    }
    var text = String(decoding: kept, as: UTF8.self)
    guard kept.contains(UInt8(ascii: "&")) else { return text }
    for (escape, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] { text = text.replacing(escape, with: character) }
    return text
  }
}

/// A table of records. The first column names the record and heads its row.
/// - Parameters:
///   - caption: what the table holds; read out, not shown.
///   - link: where a row leads; the first column's content becomes that link.
///   - empty: what stands in the table's place when there are no rows.
///   - total: a last row with the sums, cell by cell.
func dataTable<Row>(
  caption: String, columns: [Column<Row>], rows: [Row], link: ((Row) -> Link)? = nil,
  empty: HTML, total: [HTML] = []
) -> HTML {
  guard !rows.isEmpty else { return empty }
  let head = columns.map { column -> HTML in
    "<th scope=\"col\"\(attribute: "class", headClass(column))>\(column.title)</th>"
  }
  var lines = HTML()
  for row in rows {
    lines += "<tr>"
    for (index, column) in columns.enumerated() {
      lines += tableCell(
        column.cell(row), at: index, isNumeric: column.isNumeric,
        link: index == 0 ? link?(row) : nil)
    }
    lines += "</tr>\n"
  }
  return """
    <div class="table-box" tabindex="0" role="region" aria-label="\(caption)">
    <table class="data-table"><caption class="visually-hidden">\(caption)</caption>
    <thead><tr>\(head)</tr></thead>
    <tbody>
    \(lines)</tbody>\
    \(if: !total.isEmpty, totalRow(total, columns: columns))
    </table></div>

    """
}

/// A long head above narrow numbers may take two lines.
private func headClass<Row>(_ column: Column<Row>) -> String? {
  guard column.isNumeric else { return nil }
  return column.title.count > 5 ? "num long" : "num"
}

private func tableCell(_ content: HTML, at index: Int, isNumeric: Bool, link: Link?) -> HTML {
  let kind = isNumeric ? "num" : staysOnOneLine(content) ? "keep" : nil
  guard index == 0 else { return "<td\(attribute: "class", kind)>\(content)</td>" }
  guard let link else { return "<th scope=\"row\"\(attribute: "class", kind)>\(content)</th>" }
  return """
    <th scope="row"\(attribute: "class", kind)>\
    <a class="row-link" href="\(path: link)">\(content)</a></th>
    """
}

/// Whether a cell is a day, a number or a short name, which read badly when broken.
private func staysOnOneLine(_ content: HTML) -> Bool {
  let bytes = content.utf8
  return bytes.count <= 24 && !bytes.contains(UInt8(ascii: "<"))
}

private func totalRow<Row>(_ total: [HTML], columns: [Column<Row>]) -> HTML {
  let cells = zip(total, columns).enumerated().map { index, pair in
    tableCell(pair.0, at: index, isNumeric: pair.1.isNumeric, link: nil)
  }
  return "<tfoot><tr>\(cells)</tr></tfoot>"
}
