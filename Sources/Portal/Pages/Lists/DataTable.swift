public import Domain
public import HTML
public import Spreadsheet

/// One column of a data table: how its cell is drawn, and what it holds in an exported sheet.
public struct Column<Row> {
  let title: String
  let isNumeric: Bool
  /// Adds the cell's content to what is there.
  let draw: (Row, inout HTML) -> Void
  /// Nil for what has no place in a sheet, such as buttons.
  let export: ((Row) -> Cell)?

  /// - Parameters:
  ///   - numeric: whether the column holds numbers, which stand at the right.
  ///   - export: the same in an exported sheet.
  public init(
    _ title: String, numeric: Bool = false, _ cell: @escaping (Row) -> HTML,
    export: ((Row) -> Cell)? = nil
  ) {
    self.init(title, isNumeric: numeric, export: export) { row, html in html += cell(row) }
  }

  private init(
    _ title: String, isNumeric: Bool = false, export: ((Row) -> Cell)?,
    draw: @escaping (Row, inout HTML) -> Void
  ) {
    self.title = title
    self.isNumeric = isNumeric
    self.export = export
    self.draw = draw
  }

  /// A column of words; what is missing is a dash.
  private init(
    _ title: String, isNumeric: Bool = false, words: @escaping (Row) -> String?,
    export: @escaping (Row) -> Cell
  ) {
    self.init(title, isNumeric: isNumeric, export: export) { row, html in
      html.append(text: words(row) ?? "—")
    }
  }

  /// A column of whatever a page shows; in a sheet, the words of it.
  public init(_ title: String, shown cell: @escaping (Row) -> HTML) {
    self.init(title, cell) { row in
      let words = cell(row).words
      return words.isEmpty || words == "—" ? .empty : .text(words)
    }
  }

  /// A column of texts; what is missing is a dash on the page and empty in a sheet.
  public init(_ title: String, text: @escaping (Row) -> String?) {
    self.init(title, words: text) { row in
      text(row).map { Cell.text($0) } ?? .empty
    }
  }

  /// A column of whole numbers; a dash where there is none, which is not zero.
  public init(_ title: String, number: @escaping (Row) -> Int?) {
    self.init(
      title, isNumeric: true, words: { number($0).map { grouped($0) } },
      export: { number($0).map { Cell.number(Double($0)) } ?? .empty })
  }

  /// A column of money or areas, with two decimals.
  public init(_ title: String, hundredths: @escaping (Row) -> Hundredths) {
    self.init(
      title, isNumeric: true, words: { hundredths($0).description },
      export: { .number(hundredths($0).approximate) })
  }

  /// A column of days.
  public init(_ title: String, day: @escaping (Row) -> Day?) {
    self.init(
      title, words: { day($0)?.iso }, export: { day($0).map { Cell.day($0) } ?? .empty })
  }

  /// A column of states, each a word on a ground of its kind.
  public init(_ title: String, tag word: @escaping (Row) -> (String, TagKind)?) {
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
///   - link: where a row leads, if anywhere; the first column's content becomes that link.
///   - empty: what stands in the table's place when there are no rows.
///   - total: a last row with the sums, cell by cell.
public func dataTable<Row>(
  caption: String, columns: [Column<Row>], rows: [Row], link: ((Row) -> Link?)? = nil,
  empty: HTML, total: [HTML] = []
) -> HTML {
  guard !rows.isEmpty else { return empty }
  let head = columns.map { column -> HTML in
    "<th scope=\"col\"\(attribute: "class", headClass(column))>\(column.title)</th>"
  }
  var lines = HTML()
  var content = HTML()
  for row in rows {
    lines.append(verbatim: "<tr>")
    for (index, column) in columns.enumerated() {
      content.removeAll()
      column.draw(row, &content)
      lines.appendCell(
        content, at: index, isNumeric: column.isNumeric, link: index == 0 ? link?(row) : nil)
    }
    lines.append(verbatim: "</tr>\n")
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

extension HTML {
  fileprivate mutating func appendCell(
    _ content: HTML, at index: Int, isNumeric: Bool, link: Link?
  ) {
    append(verbatim: index == 0 ? "<th scope=\"row\"" : "<td")
    if isNumeric {
      append(verbatim: " class=\"num\"")
    } else if staysOnOneLine(content) {
      append(verbatim: " class=\"keep\"")
    }
    append(verbatim: ">")
    if let link {
      self += "<a class=\"row-link\" href=\"\(path: link)\">\(content)</a>"
    } else {
      self += content
    }
    append(verbatim: index == 0 ? "</th>" : "</td>")
  }
}

/// Whether a cell is a day, a number or a short name, which read badly when broken.
private func staysOnOneLine(_ content: HTML) -> Bool {
  let bytes = content.utf8
  return bytes.count <= 24 && !bytes.contains(UInt8(ascii: "<"))
}

private func totalRow<Row>(_ total: [HTML], columns: [Column<Row>]) -> HTML {
  var cells = HTML()
  for (index, (content, column)) in zip(total, columns).enumerated() {
    cells.appendCell(content, at: index, isNumeric: column.isNumeric, link: nil)
  }
  return "<tfoot><tr>\(cells)</tr></tfoot>"
}
