public import Domain

/// Turns what was typed into values, and collects what is wrong with it.
///
/// Each function returns nil when the field is empty or wrong; `errors` says which. Messages name
/// the field by its label and say what to do.
public struct FormChecker: Sendable {
  public let fields: FormFields
  public private(set) var errors = FormErrors()

  public init(_ fields: FormFields) {
    self.fields = fields
  }

  public var isValid: Bool { errors.isEmpty }

  /// Adds an error that a rule of the page found.
  public mutating func fail(_ field: String, _ message: String) {
    errors.add(field, message)
  }

  // MARK: Text

  /// One line of text: trimmed, in Unicode normal form C, line ends turned into spaces.
  ///
  /// - Parameter max: the most characters as people count them.
  public mutating func text(
    _ name: String, _ label: String, max: Int = 100, min: Int = 0, required: Bool = true
  ) -> String? {
    let typed = TypedText.line(fields[name] ?? "")
    return measured(typed, name, label, max: max, min: min, required: required)
  }

  /// Text of several lines, line ends as LF.
  public mutating func paragraph(
    _ name: String, _ label: String, max: Int = 2000, min: Int = 0, required: Bool = true
  ) -> String? {
    let typed = TypedText.paragraph(fields[name] ?? "")
    return measured(typed, name, label, max: max, min: min, required: required)
  }

  /// A password: taken as it is, not trimmed.
  public mutating func password(_ name: String, _ label: String, max: Int = 200) -> String? {
    let typed = fields[name] ?? ""
    guard !typed.isEmpty else { return missing(name, "请填写\(label)") }
    guard typed.count <= max else { return missing(name, "\(label)最多 \(max) 个字符") }
    return typed
  }

  private mutating func measured(
    _ typed: String, _ name: String, _ label: String, max: Int, min: Int, required: Bool
  ) -> String? {
    guard !typed.isEmpty else { return required ? missing(name, "请填写\(label)") : nil }
    let count = typed.count
    guard count <= max else {
      return missing(name, "\(label)最多 \(max) 个字，现在有 \(count) 个，请缩短")
    }
    guard count >= min else {
      return missing(name, "\(label)至少要 \(min) 个字，请写得再详细些")
    }
    return typed
  }

  // MARK: Numbers and days

  /// Digits only: full-width ones are turned into ASCII, spaces and hyphens are dropped.
  public mutating func digits(
    _ name: String, _ label: String, count: ClosedRange<Int>, required: Bool = true
  ) -> String? {
    let typed = TypedText.compact(fields[name] ?? "")
    guard !typed.isEmpty else { return required ? missing(name, "请填写\(label)") : nil }
    let isRight = typed.utf8.allSatisfy { (48...57).contains($0) }
    guard isRight, count.contains(typed.utf8.count) else {
      let wanted =
        count.lowerBound == count.upperBound
        ? "\(count.lowerBound)" : "\(count.lowerBound) 到 \(count.upperBound)"
      return missing(name, "\(label)应为 \(wanted) 位数字，请核对")
    }
    return typed
  }

  /// A whole number.
  public mutating func integer(
    _ name: String, _ label: String, in range: ClosedRange<Int>, required: Bool = true
  ) -> Int? {
    let typed = TypedText.compact(fields[name] ?? "", dropping: " ,，")
    guard !typed.isEmpty else { return required ? missing(name, "请填写\(label)") : nil }
    guard let number = Int(typed), range.contains(number) else {
      return missing(name, "\(label)应为 \(range.lowerBound) 到 \(range.upperBound) 之间的整数")
    }
    return number
  }

  /// A day, `2021-08-25`; also with dots, slashes or 年月日 between.
  public mutating func day(
    _ name: String, _ label: String, in range: ClosedRange<Day>? = nil, required: Bool = true
  ) -> Day? {
    let typed = TypedText.compact(fields[name] ?? "", dropping: " ")
    guard !typed.isEmpty else { return required ? missing(name, "请填写\(label)") : nil }
    let parts = typed.split { "-./年月日".contains($0) }.compactMap { Int($0) }
    guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
      return missing(name, "\(label)应写成 2021-08-25 这样的日期，请核对")
    }
    if let range, !range.contains(day) {
      return missing(
        name, "\(label)应在 \(range.lowerBound.iso) 到 \(range.upperBound.iso) 之间，请核对")
    }
    return day
  }

  // MARK: Choices

  /// One of the values of an enumeration.
  public mutating func choice<Value: RawRepresentable<String>>(
    _ name: String, _ label: String, of type: Value.Type = Value.self, required: Bool = true
  ) -> Value? {
    value(name, label, required: required, message: "请选择\(label)") { Value(rawValue: $0) }
  }

  /// One of a list of values.
  public mutating func choice(
    _ name: String, _ label: String, among values: [String], required: Bool = true
  ) -> String? {
    value(name, label, required: required, message: "请选择\(label)") {
      values.contains($0) ? $0 : nil
    }
  }

  /// Some of the values of an enumeration, each once.
  public mutating func choices<Value: RawRepresentable<String>>(
    _ name: String, _ label: String, of type: Value.Type = Value.self, required: Bool = true
  ) -> [Value] {
    var seen: Set<String> = []
    let typed = fields.all(name).filter { !$0.isEmpty && seen.insert($0).inserted }
    let values = typed.compactMap { Value(rawValue: $0) }
    if values.count < typed.count || (required && values.isEmpty) {
      errors.add(name, "请选择\(label)")
    }
    return values
  }

  /// Whether a checkbox was ticked.
  public func isChecked(_ name: String) -> Bool { fields.isChecked(name) }

  /// A value of any kind.
  ///
  /// - Parameters:
  ///   - message: what to say when it is wrong; also when it is missing, unless `label` does.
  ///   - parse: nil when the trimmed text is wrong.
  public mutating func value<Value>(
    _ name: String, _ label: String, required: Bool = true, message: String,
    _ parse: (String) -> Value?
  ) -> Value? {
    let typed = TypedText.line(fields[name] ?? "")
    guard !typed.isEmpty else {
      let isChoice = message.hasPrefix("请选择")
      return required ? missing(name, isChoice ? message : "请填写\(label)") : nil
    }
    guard let value = parse(typed) else { return missing(name, message) }
    return value
  }

  private mutating func missing<Value>(_ name: String, _ message: String) -> Value? {
    errors.add(name, message)
    return nil
  }
}
