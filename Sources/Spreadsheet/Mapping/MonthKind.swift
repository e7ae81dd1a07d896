public import Domain

extension CellKind<Day> {
  /// A month, as its first day: `2021-07`, `2021/7`, `2021年7月`, `202107`, or any day of it.
  public static var month: CellKind<Day> {
    CellKind(
      hint: "月份，如2021-07、2021年7月",
      read: readMonth, write: { .text(String($0.iso.prefix(7))) })
  }
}

private let sensibleYears = 1910...2100

@Sendable private func readMonth(_ cell: Cell, _ system: DateSystem) throws(CellProblem) -> Day? {
  switch cell {
  case .empty: return nil
  case .day(let day), .moment(let day, _), .partialDay(let day, .day):
    return try sensible(day.monthStart)
  case .partialDay: throw notAMonth
  case .number(let number), .formatted(let number, _): return try month(plainNumber(number))
  case .text(let text):
    let typed = trimmed(text)
    return typed.isEmpty ? nil : try month(compacted(halfWidthMonth(typed)))
  case .longNumber, .bool: throw notAMonth
  case .failure: throw .failure
  }
}

/// Signs between year and month as one that compacting leaves.
private func halfWidthMonth(_ typed: String) -> String {
  String(
    String.UnicodeScalarView(
      halfWidth(typed).unicodeScalars.map { "-/.‐–—".unicodeScalars.contains($0) ? "年" : $0 }))
}

private func month(_ text: String) throws(CellProblem) -> Day {
  let digits = text.utf8
  if digits.count == 6, let value = decimal(digits) { return try month(value / 100, value % 100) }
  if digits.count == 8, let value = decimal(digits),
    let day = Day(year: value / 1_00_00, month: value / 100 % 100, day: value % 100)
  {
    return try sensible(day.monthStart)
  }
  let parts = text.split { "年月日".contains($0) }
  guard (2...3).contains(parts.count), parts[0].utf8.count == 4, let year = decimal(parts[0].utf8),
    parts[1].utf8.count <= 2, let number = decimal(parts[1].utf8),
    parts.count == 2 || parts[2].utf8.count <= 2 && decimal(parts[2].utf8) != nil
  else { throw notAMonth }
  return try month(year, number)
}

private func month(_ year: Int, _ month: Int) throws(CellProblem) -> Day {
  guard let day = Day(year: year, month: month, day: 1) else { throw notAMonth }
  return try sensible(day)
}

private func sensible(_ day: Day) throws(CellProblem) -> Day {
  guard sensibleYears.contains(day.year) else {
    throw CellProblem(
      .dateRange, "月份应在\(sensibleYears.lowerBound)年至\(sensibleYears.upperBound)年之间，请核对")
  }
  return day
}

private let notAMonth = CellProblem(.dateInvalid, "不是月份，请写成2021-07或2021年7月")
