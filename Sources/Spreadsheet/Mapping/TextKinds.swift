import Domain

extension CellKind<String> {
  /// Words: places, notes, addresses. Trimmed; line breaks become LF; nothing else is changed.
  public static func text(max: Int) -> CellKind<String> {
    CellKind(
      hint: "不超过\(max)个字",
      read: { cell, _ throws(CellProblem) in
        try checked(wordsOf(cell), max: max, lines: true)
      },
      write: { .text($0) })
  }

  /// A person's name: like ``text(max:)``, and spaces between Han characters (`王　芳`) are dropped.
  public static func name(max: Int = 50) -> CellKind<String> {
    CellKind(
      hint: "姓名，与身份证一致", mask: Masking.maskedName,
      read: { cell, _ throws(CellProblem) in
        guard let words = try checked(wordsOf(cell), max: max) else { return nil }
        return withoutSpacesBetweenHan(words)
      },
      write: { .text($0) })
  }

  /// A number or code that somebody gave: contract number, household number, building, room.
  /// Full-width digits, letters and signs are made half-width.
  public static func code(max: Int) -> CellKind<String> {
    CellKind(
      hint: "不超过\(max)个字；请把该列设为文本",
      read: { cell, _ throws(CellProblem) in
        guard let words = try wordsOf(cell) else { return nil }
        guard TextFeatures(words).contains(.fullWidth) else { return try checked(words, max: max) }
        return try checked(trimmed(halfWidth(words)), max: max)
      },
      write: { .text($0) })
  }
}

/// The words of a cell, trimmed; nil when there are none.
private func wordsOf(_ cell: Cell) throws(CellProblem) -> String? {
  switch cell {
  case .empty: return nil
  case .text(let text):
    let words = trimmed(text)
    return words.isEmpty ? nil : words
  case .number(let number):
    guard number.magnitude < 1e15 else { throw .lostDigits }
    return plainNumber(number)
  case .longNumber(let text):
    guard let digits = wholeDigits(text) else { throw .lostDigits }
    return digits
  case .day:
    throw CellProblem(.textBecameDate, "表格软件把这个值改成了日期，请把该列设为文本后重新填写")
  case .bool:
    throw CellProblem(.valueKind, "这里应该填文字，请把该列设为文本后重新填写")
  case .failure:
    throw .failure
  }
}

/// Text without characters that cannot be kept, on one line or several; a problem when it is too long.
private func checked(
  _ words: String?, max: Int, lines: Bool = false
) throws(CellProblem) -> String? {
  guard var words else { return nil }
  if TextFeatures(words).contains(.controls) {
    guard words.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || (9...13).contains($0) }) else {
      throw CellProblem(.textCharacter, "含有看不见的控制字符，请删除后重新填写")
    }
    words = words.split(omittingEmptySubsequences: !lines, whereSeparator: \.isNewline)
      .joined(separator: lines ? "\n" : " ").replacing("\t", with: " ")
  }
  // A character has at least one byte, so most values need no counting.
  if words.utf8.count > max, words.unicodeScalars.count > max {
    throw CellProblem(.textTooLong, "不能超过\(max)个字，请缩短")
  }
  return words
}

private func withoutSpacesBetweenHan(_ name: String) -> String {
  guard TextFeatures(name).contains(.blanks) else { return name }
  let scalars = Array(name.unicodeScalars)
  var result = String.UnicodeScalarView()
  for (place, scalar) in scalars.enumerated() {
    if isBlank(scalar) {
      let before = scalars[..<place].last { !isBlank($0) }
      let after = scalars[place...].first { !isBlank($0) }
      if isHan(before), isHan(after) { continue }
    }
    result.append(scalar)
  }
  return String(result)
}

private func isHan(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isIdeographic ?? false }

/// The digits of a long number that is written out whole and did not pass through a binary number;
/// nil when the last digits are lost.
func wholeDigits(_ text: String) -> String? {
  guard let value = Int(text), value.magnitude >= 1_000_000_000_000_000 else {
    // More digits than an Int has are kept as they are; an exponent or a point means loss.
    let isLong = text.utf8.count > 18 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isLong && !text.hasSuffix("000") ? text : nil
  }
  // Programs that write binary numbers out in full give multiples of their spacing, and Excel
  // gives zeros; who typed such digits may as well have lost the last ones.
  let isBinary = value.magnitude > 1 << 53 && Int(exactly: Double(value)) == value
  return isBinary || text.hasSuffix("000") ? nil : text
}

extension CellProblem {
  static var lostDigits: CellProblem {
    CellProblem(
      .numberLostDigits, "表格软件只保留15位数字，最后几位已丢失；请把该列设为文本后重新填写")
  }
}
