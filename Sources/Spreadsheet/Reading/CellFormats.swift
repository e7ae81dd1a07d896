/// Which of a workbook's cell formats show a number as a date (ECMA-376 part 1, 18.8.30).
struct CellFormats: XMLHandler {
  private var custom: [Int: Bool] = [:]
  private var numberFormats: [Int] = []
  private var isInCellFormats = false
  private var dates: [Bool] = []

  func isDate(_ format: Int) -> Bool { dates.indices.contains(format) && dates[format] }

  /// More than any spreadsheet program writes.
  private static let mostFormats = 100_000

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    guard numberFormats.count + custom.count < Self.mostFormats else {
      throw WorkbookError.forbiddenXML
    }
    if name == "cellXfs" {
      isInCellFormats = true
    } else if name == "xf", isInCellFormats {
      numberFormats.append(attributes.integer("numFmtId") ?? 0)
    } else if name == "numFmt", let id = attributes.integer("numFmtId") {
      custom[id] = showsDate(attributes.string("formatCode") ?? "")
    }
  }

  mutating func end(_ name: XMLName) {
    if name == "cellXfs" { isInCellFormats = false }
    if name == "styleSheet" {
      dates = numberFormats.map { custom[$0] ?? Self.builtIn.contains($0) }
    }
  }

  /// 27–36 and 50–58 are those of Chinese, Japanese and Korean programs.
  private static let builtIn = Set([14...22, 27...36, 45...47, 50...58].joined())
}

/// Whether a format code has a year, month or day in its part for positive numbers, outside of
/// quotes, brackets and escapes.
func showsDate(_ code: String) -> Bool {
  var scalars = code.unicodeScalars.makeIterator()
  while let scalar = scalars.next() {
    switch scalar {
    case "\"": while let next = scalars.next(), next != "\"" {}
    case "[": while let next = scalars.next(), next != "]" {}
    case "\\", "_", "*": _ = scalars.next()
    case "y", "Y", "m", "M", "d", "D": return true
    case ";": return false
    default: break
    }
  }
  return false
}
