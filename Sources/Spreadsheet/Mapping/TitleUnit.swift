import Domain

/// What the numbers of a column count.
public enum Measure: Sendable {
  /// Yuan; of a rent, a month.
  case yuan
  case squareMetres
  /// Either, or something else.
  case any

  /// The units that mean the same as the column's own.
  fileprivate var own: Set<String> {
    let money: Set = [
      "元", "人民币", "人民币元", "元人民币", "rmb", "cny", "元/月", "月/元", "元/每月", "元每月", "元/户", "元/套",
      "元/月/套", "元/月/户", "元/套/月", "元/户/月", "元/人", "元/人/月",
    ]
    let area: Set = ["m2", "平方米", "平米", "平方", "m²", "㎡"]
    return switch self {
    case .yuan: money
    case .squareMetres: area
    case .any: money.union(area)
    }
  }

  /// The signs by which words in brackets are known to be a unit.
  fileprivate var signs: String {
    switch self {
    case .yuan: "元万千亿角分$¥￥㎡"
    case .squareMetres: "亩米顷尺㎡²"
    case .any: "元万亿亩顷"
    }
  }
}

/// The unit that a title says: 押金（万元）.
struct TitleUnit {
  /// How many places the point moves to the right.
  private(set) var places = 0
  private(set) var problem: CellProblem?

  init(_ title: String, _ measure: Measure?) {
    guard let measure else { return }
    for words in bracketed(title) { read(words, measure) }
  }

  /// Words above a table: 单位：万元、平方米.
  init(above words: String, _ measure: Measure) {
    for word in words.split(whereSeparator: { "、,;".contains($0) }) {
      let unit = unitKey(String(word))
      if let places = powers[unit], places > 0, measure != .squareMetres { self.places = places }
    }
  }

  private mutating func read(_ words: String, _ measure: Measure) {
    let unit = unitKey(words)
    if measure.own.contains(unit) { return }
    if measure != .squareMetres, let known = powers[unit] {
      places = known
      problem = CellProblem(
        .unitConverted, severity: .warning, "列名写明单位是“\(words)”，数字已换算成元，请核对几个数")
    } else if unit.contains(where: measure.signs.contains) {
      let own = measure == .squareMetres ? "平方米" : "元（租金为元/月）"
      problem = CellProblem(
        .unitUnknown, "列名里的单位“\(words)”不能换算，请把数字换算成\(own)，并改列名")
    }
  }

  /// How the cells of a column are read under this title.
  func reading<Record>(
    _ column: SheetColumn<Record>
  ) -> @Sendable (Cell, DateSystem, inout Record) throws(CellProblem) -> Void {
    guard places > 0 else { return column.read }
    let places = places
    return { cell, system, record throws(CellProblem) in
      try column.read(try moved(cell, places), system, &record)
    }
  }
}

private let powers = [
  "万": 4, "万元": 4, "万元/月": 4, "人民币万元": 4, "千元": 3, "仟元": 3, "百元": 2, "佰元": 2, "十万元": 5, "百万元": 6,
  "亿元": 8,
]

/// Half-width, without blanks, and with one sign for every way to say "a".
private func unitKey(_ words: String) -> String {
  var key = String(
    String.UnicodeScalarView(halfWidth(words).unicodeScalars.filter { !isBlank($0) })
  )
  .lowercased().replacing("m²", with: "m2").replacing("㎡", with: "m2")
  for sign in ["·", "•", "*", "．", "／"] { key = key.replacing(sign, with: "/") }
  for word in ["单位:", "单位", "计量"] where key.hasPrefix(word) { key.removeFirst(word.count) }
  return key
}

/// What stands in brackets in a title.
private func bracketed(_ title: String) -> [String] {
  var found: [String] = []
  var inside: String.UnicodeScalarView?
  for scalar in halfWidth(title).unicodeScalars {
    switch scalar {
    case "(", "[", "【", "〔", "{": inside = String.UnicodeScalarView()
    case ")", "]", "】", "〕", "}":
      if let words = inside { found.append(String(words)) }
      inside = nil
    default: inside?.append(scalar)
    }
  }
  return found
}

/// The cell with its decimal point moved to the right. What says a unit of its own stays.
private func moved(_ cell: Cell, _ places: Int) throws(CellProblem) -> Cell {
  switch cell {
  case .number(let number): return .text(moved(plainNumber(number), places) ?? plainNumber(number))
  case .text(let text): return .text(moved(trimmed(text).replacing(",", with: ""), places) ?? text)
  case .formatted, .longNumber:
    throw CellProblem(.valueShownOtherwise, "列名写了单位，单元格的格式又改变了显示的数字，不能确定是多少；请把该列设为常规格式后重新填写")
  default: return cell
  }
}

/// Nil for what is no plain decimal number.
private func moved(_ number: String, _ places: Int) -> String? {
  let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  let digits = parts.joined().drop { $0 == "-" }
  guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
  let decimals = parts.count > 1 ? String(parts[1]) : ""
  let padded = decimals + String(repeating: "0", count: max(0, places - decimals.count))
  let rest = padded.dropFirst(places)
  return parts[0] + padded.prefix(places) + (rest.isEmpty ? "" : "." + rest)
}
