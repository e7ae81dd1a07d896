/// How the characters of a text file are written as bytes.
public enum TextEncoding: Hashable, Sendable, CaseIterable {
  case utf8
  /// And with it GBK and GB2312, of which it is the extension.
  case gb18030
  case utf16LittleEndian
  case utf16BigEndian

  /// What iconv calls it.
  var iconvName: String {
    switch self {
    case .utf8: "UTF-8"
    case .gb18030: "GB18030"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    }
  }
}

/// The encoding of a text file and where its text begins.
struct TextFormat {
  let encoding: TextEncoding
  /// Bytes of the byte order mark.
  let start: Int

  /// Looks at the whole file: UTF-8 when it is valid, else GB18030 when that could be.
  init(file: FileBytes, limits: ReadLimits) throws(WorkbookError) {
    let head = try file.prefix(4)
    if head.starts(with: [0xFF, 0xFE]) {
      (encoding, start) = (.utf16LittleEndian, 2)
      return
    }
    if head.starts(with: [0xFE, 0xFF]) {
      (encoding, start) = (.utf16BigEndian, 2)
      return
    }
    let hasMark = head.starts(with: [0xEF, 0xBB, 0xBF])
    start = hasMark ? 3 : 0
    let survey = try TextSurvey(file: file, from: start)
    if survey.hasZero { throw .unknownFormat }
    // So that nobody works through two million rows to hear that there are more.
    if survey.records > limits.rows { throw .tooManyRows(limit: limits.rows) }
    if survey.isUTF8 {
      encoding = .utf8
    } else if hasMark || survey.looksLikeUTF8 {
      throw .brokenText(line: survey.firstBadLine)
    } else if try GB18030Check(file: file, from: start).isValid {
      encoding = .gb18030
    } else {
      throw .unknownEncoding
    }
  }
}
