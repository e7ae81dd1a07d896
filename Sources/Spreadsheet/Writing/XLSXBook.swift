import CXLSXWriter
import Glibc

/// An open workbook of libxlsxwriter: owns it, and frees it when it is not closed.
final class XLSXBook {
  let formats: XLSXFormats
  private let book: UnsafeMutablePointer<lxw_workbook>
  private let path: String
  private var pages: [XLSXPage] = []
  private var isOpen = true

  /// - Parameter isStreamed: whether each row is put on disk when the next begins
  init(
    path: String, properties: DocumentProperties, isStreamed: Bool, temporaryFolder: String? = nil
  ) throws(SheetWriteError) {
    let made = withOptionalCString(temporaryFolder) { folder in
      var options = lxw_workbook_options(
        constant_memory: isStreamed ? 1 : 0, tmpdir: folder, use_zip64: 1)
      return workbook_new_opt(path, &options)
    }
    guard let made else { throw .storage }
    book = made
    self.path = path
    do {
      formats = try XLSXFormats(made)
    } catch {
      lxw_workbook_free(made)
      throw error
    }
    setProperties(properties)
  }

  deinit {
    guard isOpen else { return }
    for page in pages { page.dropRows() }
    lxw_workbook_free(book)
  }

  func addPage(_ name: String, styles: [ColumnStyle]) throws(SheetWriteError) -> XLSXPage {
    guard let sheet = workbook_add_worksheet(book, unused(name)) else { throw .storage }
    let page = XLSXPage(sheet: sheet, formats: formats, styles: styles)
    pages.append(page)
    return page
  }

  /// A format of its own, for what is laid out for paper.
  func makeFormat(_ set: (SheetFormat) -> Void) throws(SheetWriteError) -> SheetFormat {
    guard let format = workbook_add_format(book) else { throw .storage }
    set(format)
    return format
  }

  /// Puts the file together at its path.
  func close() throws(SheetWriteError) {
    guard isOpen else { return }
    isOpen = false
    let isCut = pages.contains(where: \.isCutShort)
    // Frees the workbook whatever it returns.
    let result = workbook_close(book)
    if isCut || result != LXW_NO_ERROR {
      unlink(path)
      throw isCut ? .storage : SheetWriteError(result)
    }
  }

  /// A sheet's name as the format allows it: 31 characters, none of `[]:*?/\`, not twice.
  private func unused(_ wanted: String) -> String {
    var kept = wanted.filter { !"[]:*?/\\'".contains($0) }
    if kept.isEmpty { kept = "Sheet" }
    kept = clipped(kept, 31)
    var name = kept
    var number = 2
    while workbook_get_worksheet_by_name(book, name) != nil {
      name = clipped(kept, 25) + " (\(number))"
      number += 1
    }
    return name
  }

  /// Sheet names are counted in UTF-16 units.
  private func clipped(_ text: String, _ units: Int) -> String {
    var text = text
    while text.utf16.count > units { text.removeLast() }
    return text
  }

  private func setProperties(_ properties: DocumentProperties) {
    properties.title.withCString { title in
      properties.author.withCString { author in
        properties.comments.withCString { comments in
          var made = lxw_doc_properties()
          made.title = UnsafeMutablePointer(mutating: title)
          made.author = UnsafeMutablePointer(mutating: author)
          made.comments = UnsafeMutablePointer(mutating: comments)
          workbook_set_properties(book, &made)
        }
      }
    }
  }
}

/// The text as a C string for the time of the call; NULL for nil.
private func withOptionalCString<Result>(
  _ text: String?, _ body: (UnsafeMutablePointer<CChar>?) -> Result
) -> Result {
  guard let text else { return body(nil) }
  return text.withCString { body(UnsafeMutablePointer(mutating: $0)) }
}

extension SheetWriteError {
  init(_ code: lxw_error) {
    switch code {
    case LXW_ERROR_CREATING_XLSX_FILE, LXW_ERROR_CREATING_TMPFILE, LXW_ERROR_READING_TMPFILE,
      LXW_ERROR_ZIP_FILE_OPERATION, LXW_ERROR_ZIP_FILE_ADD, LXW_ERROR_ZIP_CLOSE,
      LXW_ERROR_MEMORY_MALLOC_FAILED:
      self = .storage
    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE: self = .tooLarge
    default: self = .library(Int(code.rawValue))
    }
  }
}
