import CXLSXWriter

/// Writes the workbook that people fill in: the header with what is required marked, drop-downs where
/// there are few values, hints as cells are selected, columns set to text so that long numbers survive,
/// and a sheet that explains the columns. Filled in, it is read by the same map.
public func writeTemplate<Record>(
  _ map: ColumnMap<Record>, to path: String
) throws(SheetWriteError) {
  let properties = DocumentProperties(title: "\(map.sheet)导入模板")
  let book = try XLSXBook(path: path, properties: properties, isStreamed: false)
  let page = try book.addPage(map.sheet, styles: map.styles)
  try page.write(
    .text("\(map.sheet)导入模板：从第3行起填写，一行一条；带*的列必须填写；每一列怎么填见工作表“\(guideSheet)”"),
    row: 0, column: 0, format: book.formats.title)
  for (index, column) in map.columns.enumerated() {
    try page.write(
      .text(column.title + (column.isRequired ? "*" : "")), row: 1, column: index,
      format: column.isRequired ? book.formats.requiredHeader : book.formats.header)
  }
  page.freeze(above: 2)
  let guide = try book.addPage(guideSheet, styles: guideStyles)
  for (index, column) in map.columns.enumerated() {
    try writeGuide(column, row: index + 1, on: guide, book.formats)
    page.addHelp(column, index: index, choicesRow: index + 1)
  }
  for (index, title) in guideTitles.enumerated() {
    try guide.write(.text(title), row: 0, column: index, format: book.formats.header)
  }
  guide.freeze(above: 1)
  try book.close()
}

private let guideTitles = ["列名", "是否必填", "怎么填", "这些列名也认得", "可选的值"]
private let guideStyles = [18, 10, 48, 40, 16].map { ColumnStyle(width: $0) }
/// From this column on the guide lists the choices, one a cell, for drop-downs to point at.
private let firstChoiceColumn = 4

private func writeGuide<Record>(
  _ column: SheetColumn<Record>, row: Int, on guide: XLSXPage, _ formats: XLSXFormats
) throws(SheetWriteError) {
  let words = [
    column.title, column.isRequired ? "必填" : "选填", column.hint,
    column.synonyms.joined(separator: "、"),
  ]
  for (index, text) in (words + column.choices).enumerated() where !text.isEmpty {
    try guide.write(.text(text), row: row, column: index, format: formats.wrapped)
  }
}

extension XLSXPage {
  /// The drop-down and the hint of a column, on all rows below the template's header.
  fileprivate func addHelp<Record>(
    _ column: SheetColumn<Record>, index: Int, choicesRow: Int
  ) {
    let title = clippedForHelp(column.title, 32)
    let hint = clippedForHelp(column.hint, 255)
    let last = columnLetters(firstChoiceColumn + column.choices.count - 1)
    let first = columnLetters(firstChoiceColumn)
    let range = "=\(guideSheet)!$\(first)$\(choicesRow + 1):$\(last)$\(choicesRow + 1)"
    title.withCString { title in
      hint.withCString { hint in
        range.withCString { range in
          var help = lxw_data_validation()
          help.input_title = UnsafeMutablePointer(mutating: title)
          help.input_message = UnsafeMutablePointer(mutating: hint)
          help.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
          help.show_input = UInt8(LXW_VALIDATION_ON.rawValue)
          help.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
          if !column.choices.isEmpty {
            help.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            help.value_formula = UnsafeMutablePointer(mutating: range)
            help.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
            // Synonyms are read too, so another value is only asked about.
            help.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
            help.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
          }
          worksheet_data_validation_range(
            sheet, 2, lxw_col_t(index), 9_999, lxw_col_t(index), &help)
        }
      }
    }
  }
}

private func clippedForHelp(_ text: String, _ count: Int) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.prefix(count)))
}
