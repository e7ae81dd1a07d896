/// What a workbook's cell formats make of a number (ECMA-376 part 1, 18.8.30).
struct CellFormats: XMLHandler {
  private var custom: [Int: NumberLook] = [:]
  private var numberFormats: [Int] = []
  private var isInCellFormats = false
  private var looks: [NumberLook] = []

  /// - Parameter format: the index of a cell's format.
  func look(_ format: Int) -> NumberLook { looks.indices.contains(format) ? looks[format] : .plain }

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
      custom[id] = NumberLook(code: attributes.string("formatCode") ?? "")
    }
  }

  mutating func end(_ name: XMLName) {
    if name == "cellXfs" { isInCellFormats = false }
    if name == "styleSheet" {
      looks = numberFormats.map { custom[$0] ?? Self.builtIn($0) }
    }
  }

  /// 27–36 and 50–58 are those of Chinese programs.
  private static func builtIn(_ id: Int) -> NumberLook {
    switch id {
    case 14, 15, 22, 30, 31: .date(hides: nil)
    case 17, 27, 36, 50, 52, 57: .date(hides: .day)
    case 16, 28, 29, 51, 53, 54, 58: .date(hides: .year)
    case 18...21, 32...35, 45...47, 55, 56: .date(hides: .all)
    // Percent, exponents, fractions.
    case 9...13, 48: .shaped(NumberShape(isComplex: true))
    default: .plain
    }
  }
}

/// How a number looks in a format.
enum NumberLook: Hashable, Sendable {
  /// As itself, with separators, decimals or a currency.
  case plain
  case date(hides: HiddenPart?)
  case shaped(NumberShape)

  init(code: String) {
    if let parts = DateParts(code) {
      self = .date(hides: parts.hidden)
    } else if let shape = NumberShape(code: code) {
      self = .shaped(shape)
    } else {
      self = .plain
    }
  }
}

/// The parts of a date that the section of a format code for positive numbers shows; nil where it shows none, and so
/// is no date.
private struct DateParts {
  private var letters: Set<Unicode.Scalar> = []

  init?(_ code: String) {
    var scalars = code.unicodeScalars.makeIterator()
    read: while let scalar = scalars.next() {
      switch scalar {
      case "\"": while let next = scalars.next(), next != "\"" {}
      case "[": while let next = scalars.next(), next != "]" {}
      case "\\", "_", "*", "!": _ = scalars.next()
      case "y", "Y", "e", "E": letters.insert("y")
      case "m", "M": letters.insert("m")
      case "d", "D": letters.insert("d")
      case "h", "H": letters.insert("h")
      case ";": break read
      default: break
      }
    }
    guard letters.contains("y") || letters.contains("m") || letters.contains("d") else {
      return nil
    }
    // An exponent, which a year of the emperor's reign looks like.
    if letters == ["y"], !code.lowercased().contains("y") { return nil }
  }

  var hidden: HiddenPart? {
    if letters.contains("d") { return letters.contains("y") ? nil : .year }
    return letters.contains("y") ? .day : .all
  }
}
