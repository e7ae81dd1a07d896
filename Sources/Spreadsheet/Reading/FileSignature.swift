/// What a file is by its first bytes.
enum FileSignature {
  /// Any ZIP file: XLSX, and what only looks like it.
  case zip
  /// OLE: Excel 97–2003, and everything that Office encrypts.
  case compoundFile
  case text
  /// Something else that is known, by the name to tell people.
  case other(String)
  /// A table in another format, by its name.
  case otherTable(String)

  init(path: String) throws(WorkbookError) {
    let head = try FileBytes(path: path).prefix(1024)
    if head.isEmpty { throw .empty }
    if Self.zipStarts.contains(where: { head.starts(with: $0) }) {
      self = .zip
    } else if head.starts(with: Self.compoundStart) {
      self = .compoundFile
    } else if let known = Self.known.first(where: { head.starts(with: $0.start) }) {
      self = .other(known.name)
    } else {
      self = Self.markup(head) ?? .text
    }
  }

  private static let zipStarts: [[UInt8]] = [
    [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 7, 8],
  ]
  private static let compoundStart: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  private static let known: [(start: [UInt8], name: String)] = [
    (Array("%PDF".utf8), "PDF 文件"),
    (Array(#"{\rtf"#.utf8), "RTF 文档"),
    (Array("Rar!".utf8), "RAR 压缩包"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z 压缩包"),
    ([0x1F, 0x8B], "GZIP 压缩包"),
    ([0x89, 0x50, 0x4E, 0x47], "图片"),
    ([0xFF, 0xD8, 0xFF], "图片"),
    (Array("GIF8".utf8), "图片"),
  ]

  /// Web pages and XML, which old systems send under the name of a spreadsheet.
  private static func markup(_ head: [UInt8]) -> FileSignature? {
    let text = String(decoding: head, as: UTF8.self).lowercased()
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    guard start.hasPrefix("<") else { return nil }
    if ["<html", "<!doctype html", "<table", "<meta", "<head"].contains(where: start.hasPrefix) {
      return .otherTable("网页（HTML）")
    }
    if text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
      return .otherTable("XML 表格 2003")
    }
    return start.hasPrefix("<?xml") ? .other("XML 文件") : nil
  }
}

/// Which of the files that come as OLE this is.
func compoundFileError(path: String) throws(WorkbookError) -> WorkbookError {
  let names: [(name: String, error: WorkbookError)] = [
    ("EncryptedPackage", .passwordProtected),
    ("Workbook", .oldExcel),
    ("Book", .oldExcel),
    ("WordDocument", .otherFormat("旧版 Word 文档")),
    ("PowerPoint Document", .otherFormat("旧版 PowerPoint 文档")),
  ]
  let found = try directoryNames(ofCompoundFile: path)
  return names.first { found.contains($0.name) }?.error ?? .otherFormat("不能识别的旧版 Office 文件")
}

/// The names that entries of the directory may have (MS-CFB 2.6.1): whatever stands in the file,
/// 128 bytes apart, like one. The chain of the directory's sectors is not followed.
private func directoryNames(ofCompoundFile path: String) throws(WorkbookError) -> Set<String> {
  let file = try FileBytes(path: path)
  var names: Set<String> = []
  while names.count < 1_000 {
    let block = try file.prefix(1 << 16)
    for start in stride(from: 0, to: block.count - 127, by: 128) {
      // The length in bytes, its closing zero included, stands behind 64 bytes for the name.
      let length = Int(block[start + 64]) | Int(block[start + 65]) << 8
      guard (4...64).contains(length), length % 2 == 0, (1...5).contains(block[start + 66])
      else { continue }
      let units = stride(from: start, to: start + length - 2, by: 2)
        .map { UInt16(block[$0]) | UInt16(block[$0 + 1]) << 8 }
      names.insert(String(decoding: units, as: UTF16.self))
    }
    if block.count < 1 << 16 { break }
  }
  return names
}
