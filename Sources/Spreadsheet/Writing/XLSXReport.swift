import CXLSXWriter

/// The formats of a form that is printed.
struct XLSXReportFormats {
  let title: SheetFormat
  let line: SheetFormat
  let heading: SheetFormat
  private let cells: [[SheetFormat]]

  init(_ book: XLSXBook) throws(SheetWriteError) {
    title = try book.makeFormat { format in
      format_set_bold(format)
      format_set_font_size(format, 18)
      Self.centre(format)
    }
    line = try book.makeFormat { format in
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    }
    heading = try book.makeFormat { format in
      format_set_bold(format)
      Self.frame(format)
      Self.centre(format)
    }
    func cell(_ isCentred: Bool, _ isTotal: Bool) throws(SheetWriteError) -> SheetFormat {
      try book.makeFormat { format in
        if isTotal { format_set_bold(format) }
        Self.frame(format)
        if isCentred {
          Self.centre(format)
        } else {
          format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        }
      }
    }
    cells = [
      [try cell(false, false), try cell(false, true)],
      [try cell(true, false), try cell(true, true)],
    ]
  }

  func cell(isCentred: Bool, isTotal: Bool) -> SheetFormat {
    cells[isCentred ? 1 : 0][isTotal ? 1 : 0]
  }

  private static func centre(_ format: SheetFormat) {
    format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
  }

  private static func frame(_ format: SheetFormat) {
    format_set_text_wrap(format)
    format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
  }
}

extension XLSXPage {
  /// Writes a text over all its cells.
  func write(
    _ span: ReportSheet.Span, from row: Int, _ format: SheetFormat
  ) throws(SheetWriteError) {
    let (rows, columns) = (span.rows, span.columns)
    guard rows.count > 1 || columns.count > 1 else {
      return try write(
        .text(span.text), row: row + rows.lowerBound, column: columns.lowerBound, format: format)
    }
    let result = worksheet_merge_range(
      sheet, lxw_row_t(row + rows.lowerBound), lxw_col_t(columns.lowerBound),
      lxw_row_t(row + rows.upperBound), lxw_col_t(columns.upperBound),
      SheetText.escaped(span.text), format)
    if result != LXW_NO_ERROR { throw SheetWriteError(result) }
  }

  func setHeight(_ height: Double, of row: Int) {
    worksheet_set_row(sheet, lxw_row_t(row), height, nil)
  }

  /// A4 across, as wide as the sheet, with the heading and the number on every page.
  func setUpForPaper(repeating heading: ClosedRange<Int>) {
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)
    worksheet_fit_to_pages(sheet, 1, 0)
    worksheet_set_margins(sheet, 0.6, 0.6, 0.7, 0.7)
    worksheet_center_horizontally(sheet)
    worksheet_repeat_rows(sheet, lxw_row_t(heading.lowerBound), lxw_row_t(heading.upperBound))
    worksheet_set_footer(sheet, "&C&P / &N")
  }
}
