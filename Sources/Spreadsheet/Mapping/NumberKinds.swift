public import Domain

extension CellKind<Hundredths> {
  /// Money or an area with at most two decimals. Thousands separators and a unit (`350元`, `60㎡`) are
  /// let pass where the column counts in it; more decimals are a problem, not rounded.
  public static func hundredths(
    _ range: ClosedRange<Hundredths>, _ measure: Measure = .any
  ) -> CellKind<Hundredths> {
    CellKind(
      hint: "\(range.lowerBound)至\(range.upperBound)之间的数字，最多两位小数", format: .decimal,
      measure: measure,
      read: { cell, _ throws(CellProblem) in
        guard let value = try readHundredths(cell, measure) else { return nil }
        guard range.contains(value) else {
          throw CellProblem(
            .numberRange, "应在\(range.lowerBound)至\(range.upperBound)之间，请核对")
        }
        return value
      },
      write: { .number($0.approximate) })
  }
}

extension CellKind<Int> {
  /// A whole number.
  public static func integer(_ range: ClosedRange<Int>) -> CellKind<Int> {
    CellKind(
      hint: "\(range.lowerBound)至\(range.upperBound)之间的整数", format: .whole,
      read: { cell, _ throws(CellProblem) in
        guard let value = try readHundredths(cell, .any) else { return nil }
        guard value.count % 100 == 0 else {
          throw CellProblem(.numberDecimals, "应该是整数，请核对")
        }
        guard range.contains(value.count / 100) else {
          throw CellProblem(
            .numberRange, "应在\(range.lowerBound)至\(range.upperBound)之间，请核对")
        }
        return value.count / 100
      },
      write: { .number(Double($0)) })
  }
}

private let notANumber = CellProblem(.numberInvalid, "不是数字，请只填数字，如350或350.50")
private let tooManyDecimals = CellProblem(
  .numberDecimals, "最多两位小数，请按实际数额重新填写（公式算出的数先取两位小数）")

private func readHundredths(
  _ cell: Cell, _ measure: Measure
) throws(CellProblem) -> Hundredths? {
  switch cell {
  case .empty: return nil
  case .number(let number): return try hundredths(number)
  case .text(let text):
    let typed = trimmed(text)
    return typed.isEmpty ? nil : try writtenHundredths(typed, measure)
  case .formatted(let number, let shown):
    // 350 shown as 350元 is 350; 0.05 shown as 5%, or 2000 as 2千, is what nobody can know.
    let value = try hundredths(number)
    guard let shown, case let seen = try? writtenHundredths(withoutZeros(shown), measure),
      seen == value
    else { throw .shownOtherwise }
    return value
  case .longNumber(let text):
    // 12.340000000000001 of a formula; a really long number is out of any range.
    guard let number = Double(text) else { throw notANumber }
    return try hundredths(number)
  case .day, .partialDay, .moment, .bool: throw notANumber
  case .failure: throw .failure
  }
}

private func hundredths(_ number: Double) throws(CellProblem) -> Hundredths {
  guard number.magnitude < 1e12 else { throw CellProblem(.numberRange, "数字太大，请核对") }
  let exact = number * 100
  let whole = exact.rounded()
  // 12.34 is not exact in binary; a third decimal is far larger than that error.
  guard (exact - whole).magnitude <= 1e-12 * max(1, exact.magnitude) else { throw tooManyDecimals }
  return Hundredths(count: Int(whole))
}

/// The units that a cell may say itself.
private func units(_ measure: Measure) -> [String] {
  let (money, area) = (["元/月", "元"], ["平方米", "平米", "㎡", "m²", "m2"])
  return switch measure {
  case .yuan: money
  case .squareMetres: area
  case .any: money + area
  }
}

private func withoutZeros(_ shown: String) -> String {
  let rest = shown.drop { $0 == "0" }
  return rest.first?.isNumber == true ? String(rest) : shown
}

private func writtenHundredths(
  _ typed: String, _ measure: Measure
) throws(CellProblem) -> Hundredths {
  if let value = Hundredths(typed) { return value }
  var plain = compactedNumber(typed)
  if let unit = units(measure).first(where: plain.hasSuffix) { plain.removeLast(unit.count) }
  if measure != .squareMetres, let sign = plain.first, "¥￥".contains(sign) { plain.removeFirst() }
  let groups = plain.split(separator: ",", omittingEmptySubsequences: false)
  if groups.count > 1 {
    let areThousands =
      (1...3).contains(groups[0].drop { $0 == "-" }.count)
      && groups.dropFirst().allSatisfy { $0.prefix { $0 != "." }.count == 3 }
      && groups.dropLast().allSatisfy { !$0.contains(".") }
    guard areThousands else { throw notANumber }
    plain = groups.joined()
  }
  if let value = Hundredths(plain) { return value }
  let decimals = plain.drop { $0 != "." }.dropFirst()
  let isNumber =
    plain.filter { $0 == "." }.count == 1
    && plain.drop { $0 == "-" }.allSatisfy { $0 == "." || ("0"..."9").contains($0) }
  throw isNumber && decimals.count > 2 ? tooManyDecimals : notANumber
}

/// Half-width and without blanks, but with its minus sign.
private func compactedNumber(_ typed: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in halfWidth(typed).unicodeScalars where !isBlank(scalar) {
    result.append(scalar == "\u{2212}" ? "-" : scalar)
  }
  return String(result)
}
