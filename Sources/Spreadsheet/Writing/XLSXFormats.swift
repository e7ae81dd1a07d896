import CXLSXWriter

typealias SheetFormat = UnsafeMutablePointer<lxw_format>

/// The formats of a workbook's cells; each is made once.
struct XLSXFormats {
  let title: SheetFormat
  let header: SheetFormat
  let requiredHeader: SheetFormat
  let wrapped: SheetFormat
  private let plain: [CellFormat: SheetFormat]
  private let marked: [CellFormat: SheetFormat]

  private static let headerFill = lxw_color_t(0xE8EEF4)
  private static let requiredFill = lxw_color_t(0xFBE9D0)
  private static let markFill = lxw_color_t(0xFFD2CC)
  private static let markText = lxw_color_t(0x9C0006)
  private static let lines = lxw_color_t(0xB7C3CF)

  init(_ book: UnsafeMutablePointer<lxw_workbook>) throws(SheetWriteError) {
    title = try Self.make(book) { format_set_bold($0) }
    header = try Self.make(book) { Self.setHeader($0, Self.headerFill) }
    requiredHeader = try Self.make(book) { Self.setHeader($0, Self.requiredFill) }
    wrapped = try Self.make(book) {
      format_set_text_wrap($0)
      format_set_align($0, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }
    var plain: [CellFormat: SheetFormat] = [:]
    var marked: [CellFormat: SheetFormat] = [:]
    for format in CellFormat.allCases {
      plain[format] = try Self.make(book) { format_set_num_format($0, format.pattern) }
      marked[format] = try Self.make(book) {
        format_set_num_format($0, format.pattern)
        format_set_bg_color($0, Self.markFill)
        format_set_font_color($0, Self.markText)
      }
    }
    self.plain = plain
    self.marked = marked
  }

  func format(_ format: CellFormat, isMarked: Bool = false) -> SheetFormat? {
    isMarked ? marked[format] : plain[format]
  }

  private static func make(
    _ book: UnsafeMutablePointer<lxw_workbook>, _ set: (SheetFormat) -> Void
  ) throws(SheetWriteError) -> SheetFormat {
    guard let format = workbook_add_format(book) else { throw .storage }
    set(format)
    return format
  }

  private static func setHeader(_ format: SheetFormat, _ fill: lxw_color_t) {
    format_set_bold(format)
    format_set_bg_color(format, fill)
    format_set_text_wrap(format)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_border_color(format, lines)
  }
}

extension CellFormat {
  /// As spreadsheet programs write it; `@` is text.
  var pattern: String {
    switch self {
    case .text: "@"
    case .day: "yyyy-mm-dd"
    case .decimal: "0.00"
    case .whole: "0"
    }
  }
}
