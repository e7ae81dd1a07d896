public import Domain

extension CellKind<Day> {
  /// A day: a date cell, a date serial in a number cell, or one of the ways in which people write one:
  /// `2021-06-01`, `2021/6/1`, `2021.6.1`, `2021年6月1日`, `20210601`, with a time of day or without.
  ///
  /// Between 1910 and 2100, so that a year or a count typed into the column is not taken for a serial.
  public static var day: CellKind<Day> {
    CellKind(
      hint: "日期，如2021-06-01、2021/6/1、2021年6月1日", format: .day, doubt: movedDay,
      read: readDay, write: { .day($0) })
  }
}

private let sensibleYears = 1910...2100

@Sendable private func readDay(_ cell: Cell, _ system: DateSystem) throws(CellProblem) -> Day? {
  switch cell {
  case .empty: return nil
  case .day(let day), .moment(let day, _): return try sensible(day)
  case .partialDay(_, .year): throw .hiddenYear
  case .partialDay: throw .incompleteDay
  case .number(let number), .formatted(let number, _): return try day(number, system)
  case .text(var text):
    if let day = text.withUTF8(plainDay) { return try sensible(day) }
    let typed = trimmed(text)
    if typed.isEmpty { return nil }
    let day = try writtenDay(typed)
    return try sensible(writtenMoment(typed)?.day ?? day)
  case .longNumber, .bool: throw .notADay
  case .failure: throw .failure
  }
}

/// A warning where a day may be the one before the one that was meant.
@Sendable private func movedDay(_ cell: Cell) -> CellProblem? {
  let isMoved: Bool
  switch cell {
  case .moment: isMoved = true
  case .text(let text): isMoved = writtenMoment(text)?.isDoubtful ?? false
  default: isMoved = false
  }
  guard isMoved else { return nil }
  return CellProblem(
    .dateMoved, severity: .warning,
    "日期带着 16:00 的时刻，可能是导出的程序按世界时写成了前一天；照写的日子导入，请核对，差一天的请改成只有日期")
}

/// A day that is written with a time of day.
private func writtenMoment(_ text: String) -> DayMoment? {
  guard text.utf8.count > 12, text.utf8.contains(UInt8(ascii: ":")) else { return nil }
  let typed = trimmed(halfWidth(text))
  let date = typed.prefix { $0 != "T" && $0 != " " }
  guard let day = try? writtenDay(String(date)) else { return nil }
  let time = typed.dropFirst(date.count).drop { $0 == "T" || $0 == " " }
  let parts = time.prefix { $0 == ":" || $0.isNumber }.split(separator: ":")
  guard (2...3).contains(parts.count), parts.allSatisfy({ Int($0) != nil }) else { return nil }
  let seconds = zip(parts, [3_600, 60, 1]).reduce(0) { $0 + (Int($1.0) ?? 0) * $1.1 }
  guard seconds <= 86_400 else { return nil }
  return DayMoment(day, seconds: seconds, isUTC: time.hasSuffix("Z"))
}

private func sensible(_ day: Day?) throws(CellProblem) -> Day {
  guard let day else { throw CellProblem(.dateNoSuchDay, "没有这一天，请核对年、月、日") }
  guard sensibleYears.contains(day.year) else {
    throw CellProblem(
      .dateRange, "日期应在\(sensibleYears.lowerBound)年至\(sensibleYears.upperBound)年之间，请核对")
  }
  return day
}

/// A serial (a time of day after the point is dropped), or a day typed as the number 20210601.
private func day(_ number: Double, _ system: DateSystem) throws(CellProblem) -> Day {
  if sensibleYears.contains(Int(clamping: number.rounded(.down))) { throw .incompleteDay }
  if let whole = Int(exactly: number) {
    if (190_001...210_012).contains(whole), (1...12).contains(whole % 100) { throw .incompleteDay }
    if (1_000_00_00...9999_99_99).contains(whole) {
      return try sensible(Day(year: whole / 1_00_00, month: whole / 100 % 100, day: whole % 100))
    }
  }
  // Serials up to the year 2100.
  guard (0..<80_000).contains(number) else { throw .notADay }
  return try sensible(Day(serial: Int(number), system))
}

extension Int {
  fileprivate init(clamping number: Double) {
    self = Int(exactly: Swift.max(-1e15, Swift.min(1e15, number))) ?? 0
  }
}

extension Day {
  /// The day of a whole date serial.
  ///
  /// In the 1900 system serial 60 is 29 February 1900, which never was; it becomes 1 March like 61.
  /// Source: ECMA-376 part 1, 18.17.4.1.
  public init(serial: Int, _ system: DateSystem) {
    switch system {
    case .from1900: self.init(number: serial - (serial < 60 ? 25_568 : 25_569))
    case .from1904: self.init(number: serial - 24_107)
    }
  }
}

/// A day that is written plainly, `2021-06-01`, `2021/6/1` or `2021.6.1`, and exists; nil for all else.
private func plainDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
  guard (8...10).contains(bytes.count), case let sign = bytes[4],
    sign == UInt8(ascii: "-") || sign == UInt8(ascii: "/") || sign == UInt8(ascii: "."),
    let second = bytes[5...].firstIndex(of: sign), second <= 7,
    second > 5, second + 1 < bytes.count, second + 3 >= bytes.count,
    let year = plainNumber(bytes, 0..<4), let month = plainNumber(bytes, 5..<second),
    let day = plainNumber(bytes, (second + 1)..<bytes.count)
  else { return nil }
  return Day(year: year, month: month, day: day)
}

private func plainNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ places: Range<Int>) -> Int? {
  var value = 0
  for place in places {
    let digit = bytes[place] &- UInt8(ascii: "0")
    guard digit < 10 else { return nil }
    value = value * 10 + Int(digit)
  }
  return value
}

/// Reads groups of digits and what stands between them.
private func writtenDay(_ typed: String) throws(CellProblem) -> Day {
  let plain = typed.utf8.allSatisfy { $0 < 0x80 } ? typed : halfWidth(typed)
  var groups: [(value: Int, digits: Int)] = []
  var signs: [String] = [""]
  for scalar in plain.unicodeScalars {
    if let digit = scalar.isASCII ? UInt8(scalar.value) &- 0x30 : nil, digit < 10 {
      if signs.count > groups.count { groups.append((0, 0)) }
      groups[groups.count - 1].value =
        (groups[groups.count - 1].value * 10 + Int(digit)) % 1_000_000_000
      groups[groups.count - 1].digits += 1
    } else if signs.count == groups.count {
      signs.append(String(scalar))
    } else if !isBlank(scalar) || signs[signs.count - 1].isEmpty {
      signs[signs.count - 1].unicodeScalars.append(scalar)
    }
  }
  let between = signs.map(trimmed)
  guard between[0].isEmpty, let first = groups.first else { throw .notADay }
  if groups.count == 1 { return try dayOfOneGroup(first, after: between.dropFirst().first ?? "") }
  guard first.digits == 4 else {
    throw groups.count >= 3 && first.digits <= 2 && groups[2].digits <= 4
      ? CellProblem(.dateIncomplete, "年份要写四位，并按年、月、日的顺序填写，如2021-06-01") : .notADay
  }
  let isYearFirst = ["-", "/", ".", "年", "‐", "‑", "–", "—", "、"].contains(between[1])
  guard isYearFirst, groups[1].digits <= 2 else { throw .notADay }
  if groups.count == 2 { throw .incompleteDay }
  let isMonthNext = between[2] == (between[1] == "年" ? "月" : between[1])
  guard isMonthNext, groups[2].digits <= 2,
    endsDay(between.dropFirst(3), groups.dropFirst(3).map(\.value))
  else { throw .notADay }
  return try sensible(Day(year: first.value, month: groups[1].value, day: groups[2].value))
}

private func dayOfOneGroup(
  _ group: (value: Int, digits: Int), after sign: String
) throws(CellProblem) -> Day {
  switch (group.digits, sign) {
  case (8, ""):
    return try sensible(
      Day(year: group.value / 1_00_00, month: group.value / 100 % 100, day: group.value % 100))
  case (4, ""), (4, "年"), (6, ""): throw .incompleteDay
  case (5, ""):
    throw CellProblem(
      .dateInvalid, "这是表格软件的日期序号，不能确定是哪一天；请把该列设为日期后重新填写")
  default: throw .notADay
  }
}

/// What may follow the day: 日 or 号, and a time of day.
private func endsDay(_ signs: ArraySlice<String>, _ time: [Int]) -> Bool {
  var signs = Array(signs)
  if let first = signs.first, first.hasPrefix("日") || first.hasPrefix("号") {
    signs[0] = trimmed(String(first.dropFirst()))
  }
  if time.isEmpty { return signs.allSatisfy(\.isEmpty) }
  let isTime = time.count <= 4 && time[0] < 25 && time.dropFirst().prefix(2).allSatisfy { $0 < 61 }
  return isTime && ["", "T"].contains(signs[0])
    && signs.dropFirst().prefix(2).allSatisfy { [":", "Z", ".", "时", "分", "秒"].contains($0) }
}

extension CellProblem {
  fileprivate static var notADay: CellProblem {
    CellProblem(.dateInvalid, "不是日期，请写成2021-06-01、2021/6/1或2021年6月1日")
  }

  fileprivate static var hiddenYear: CellProblem {
    CellProblem(
      .dateIncomplete, "单元格只显示月和日，年份是表格软件补的，不能确定；请写全年、月、日，如2021-06-01")
  }

  fileprivate static var incompleteDay: CellProblem {
    CellProblem(.dateIncomplete, "日期缺少月份或日子，请写全年、月、日，如2021-06-01")
  }
}
