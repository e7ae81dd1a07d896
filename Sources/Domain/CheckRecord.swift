/// One thing that an answer says: a home, a car, an income, a month's use of water and power.
///
/// Every value is kept as the canonical text of its field's kind, so that two records are the same when
/// their texts are.
public struct CheckRecord: Hashable, Sendable {
  public let type: CheckType
  /// The values that are there; required ones always are.
  public let values: [CheckFieldName: String]

  /// - Parameters:
  ///   - texts: what was typed or read, by field; blank counts as missing.
  ///   - today: no day or month may lie after it.
  /// - Throws: the first field that is missing, unknown or wrong.
  public init(
    _ type: CheckType, _ texts: [CheckFieldName: String], today: Day
  ) throws(CheckFieldError) {
    var values: [CheckFieldName: String] = [:]
    for field in type.fields {
      let text = texts[field.name]?.trimmingSpaces ?? ""
      guard !text.isEmpty else {
        if field.isRequired { throw CheckFieldError(field: field, "“\(field.title)”必须填写") }
        continue
      }
      values[field.name] = try field.canonical(text, today: today)
    }
    if let stray = texts.keys.first(where: { name in !type.fields.contains { $0.name == name } }) {
      throw CheckFieldError(
        field: nil, "“\(type.title)”核查没有“\(stray.rawValue)”这一项")
    }
    self.type = type
    self.values = values
  }

  /// What was stored; nil when it is not of this type.
  ///
  /// - Parameter text: see ``storedText``.
  public init?(_ type: CheckType, storedText text: String) {
    var values: [CheckFieldName: String] = [:]
    for line in text.split(separator: "\n") {
      guard let sign = line.firstIndex(of: "="),
        let name = CheckFieldName(rawValue: String(line[..<sign]))
      else { return nil }
      values[name] = String(line[line.index(after: sign)...])
    }
    self.type = type
    self.values = values
  }

  /// For storing: `name=value` lines in the order of the fields. No value has a line break.
  public var storedText: String {
    type.fields.compactMap { field in
      values[field.name].map { "\(field.name.rawValue)=\($0)\n" }
    }.joined()
  }

  public subscript(name: CheckFieldName) -> String? { values[name] }

  /// Money or a quantity.
  public func hundredths(_ name: CheckFieldName) -> Hundredths? {
    values[name].flatMap { Hundredths($0) }
  }

  /// The thing that it is about, where it is about one that can be told from others: a certificate, a contract,
  /// a number plate, a place.
  public var thing: String? { type.definition.thing.flatMap { values[$0] } }

  /// A whole number.
  public func whole(_ name: CheckFieldName) -> Int? { values[name].flatMap { Int($0) } }

  /// A day.
  public func day(_ name: CheckFieldName) -> Day? { values[name].flatMap { Day(iso: $0) } }

  /// Whether what it says held no longer on a day: a home that was sold, or whose entry was closed.
  ///
  /// Source: 《不动产登记暂行条例实施细则》, 权属状态 of an entry of the register: 现势 holds, 历史 and 注销 do not.
  public func isPast(on day: Day) -> Bool {
    if let ended = self.day(.endedOn) { return ended <= day }
    return values[.standing].map { $0 != Self.current } ?? false
  }

  static let current = "current"

  /// The values with their headings, as a person reads them: `年收入 36000.00 元`.
  public var shown: [(title: String, text: String)] {
    type.fields.compactMap { field in
      values[field.name].map { (field.title, field.shown($0)) }
    }
  }
}

/// Why a value cannot be taken; says in Chinese what to do, and never holds the value.
public struct CheckFieldError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nil where it is about no field of the check.
  public let field: CheckField?
  public let description: String

  init(field: CheckField?, _ description: String) {
    self.field = field
    self.description = description
  }
}

extension CheckField {
  /// The canonical text of a value.
  ///
  /// - Parameter text: without blanks at its ends; digits and signs in ASCII.
  /// - Throws: what is wrong with it.
  public func canonical(_ text: String, today: Day) throws(CheckFieldError) -> String {
    switch kind {
    case .money, .quantity: try amount(text)
    case .whole(let range): try whole(text, in: range)
    case .text(let max): try words(text, max: max)
    case .day: try day(text, today: today)
    case .month: try month(text, today: today)
    case .area: try area(text)
    case .choice(let choices): try choice(text, of: choices)
    }
  }

  /// A stored value as people read it, with its unit.
  public func shown(_ text: String) -> String {
    if case .choice(let choices) = kind {
      return choices.first { $0.value == text }?.title ?? text
    }
    return unit.map { "\(text) \($0)" } ?? text
  }

  private func amount(_ text: String) throws(CheckFieldError) -> String {
    let plain = text.filter { $0 != "," }
    guard let value = Hundredths(plain) else {
      throw CheckFieldError(field: self, "“\(title)”应是数字，最多两位小数")
    }
    guard value >= .zero else { throw CheckFieldError(field: self, "“\(title)”不能小于 0，请核对") }
    guard value <= Hundredths(count: 100_000_000_000) else {
      throw CheckFieldError(field: self, "“\(title)”超过 10 亿，请核对单位")
    }
    return value.text
  }

  private func whole(_ text: String, in range: ClosedRange<Int>) throws(CheckFieldError) -> String {
    guard let value = Int(text), range.contains(value) else {
      throw CheckFieldError(
        field: self, "“\(title)”应是 \(range.lowerBound) 到 \(range.upperBound) 的整数")
    }
    return String(value)
  }

  private func words(_ text: String, max: Int) throws(CheckFieldError) -> String {
    guard text.unicodeScalars.count <= max else {
      throw CheckFieldError(field: self, "“\(title)”最多 \(max) 个字")
    }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw CheckFieldError(field: self, "“\(title)”里有看不见的控制字符，请重新填写")
    }
    return text
  }

  private func day(_ text: String, today: Day) throws(CheckFieldError) -> String {
    guard let day = Day(iso: text) else {
      throw CheckFieldError(field: self, "“\(title)”应是 2021-07-31 这样的日期")
    }
    guard day <= today else { throw CheckFieldError(field: self, "“\(title)”在今天之后，请核对") }
    return day.iso
  }

  private func month(_ text: String, today: Day) throws(CheckFieldError) -> String {
    guard text.utf8.count == 7, let first = Day(iso: text + "-01") else {
      throw CheckFieldError(field: self, "“\(title)”应是 2021-07 这样的月份")
    }
    guard first <= today else { throw CheckFieldError(field: self, "“\(title)”在本月之后，请核对") }
    return text
  }

  private func area(_ text: String) throws(CheckFieldError) -> String {
    guard let area = AreaCode(text), [.county, .township].contains(area.level) else {
      throw CheckFieldError(field: self, "“\(title)”应是 6 位或 9 位行政区划代码")
    }
    return area.rawValue
  }

  private func choice(_ text: String, of choices: [Choice]) throws(CheckFieldError) -> String {
    guard
      let found = choices.first(where: {
        $0.value == text || $0.title == text || $0.synonyms.contains(text)
      })
    else {
      let words = choices.map(\.title).joined(separator: "、")
      throw CheckFieldError(field: self, "“\(title)”应是 \(words) 之一")
    }
    return found.value
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
