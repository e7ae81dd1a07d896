import Domain

extension CellKind<String> {
  /// Words: notes, addresses. Trimmed; line breaks become LF; characters of a compatibility form become those that
  /// they stand for; nothing else is changed.
  public static func text(max: Int) -> CellKind<String> {
    CellKind(
      hint: "不超过\(max)个字", doubt: { lostCharacters($0, in: .words) },
      read: { cell, _ throws(CellProblem) in
        try checked(wordsOf(cell), max: max, lines: true).map(NormalForm.words)
      },
      write: { .text($0) })
  }

  /// A place's name, in its normal form: 金龙苑(一期).
  public static func place(max: Int) -> CellKind<String> {
    CellKind(
      hint: "不超过\(max)个字", doubt: { lostCharacters($0, in: .name) },
      read: { cell, _ throws(CellProblem) in
        try checked(wordsOf(cell), max: max).map(NormalForm.name)
      },
      write: { .text($0) })
  }

  /// A person's name, in its normal form: without spaces between Han characters (`王　芳`), with one kind of dot.
  ///
  /// - Parameter ofOne: whether a cell that names two people is a problem.
  public static func name(max: Int = 50, ofOne: Bool = false) -> CellKind<String> {
    CellKind(
      hint: "姓名，与身份证一致", doubt: { lostCharacters($0, in: .name) }, mask: Masking.maskedName,
      read: { cell, _ throws(CellProblem) in
        let words = try wordsOf(cell)
        if ofOne, let words, namesTwo(words) {
          throw CellProblem(.nameOfTwo, "一格里像是写了两个人；请一人一行，各有自己的身份证号")
        }
        return try checked(words, max: max).map(NormalForm.name)
      },
      write: { .text($0) })
  }

  /// A number or code that somebody gave: contract number, household number, building, room. In its normal form, and
  /// as it was before a program took it for a number (`101.0`) or a date (`11-May`), which is refused.
  public static func code(max: Int) -> CellKind<String> {
    CellKind(
      hint: "不超过\(max)个字；请把该列设为文本", doubt: { lostCharacters($0, in: .words) },
      read: { cell, _ throws(CellProblem) in
        guard let words = try checked(wordsOf(cell), max: max) else { return nil }
        return try untouched(NormalForm.name(words))
      },
      write: { .text($0) })
  }
}

/// The words of a cell, trimmed; nil when there are none.
private func wordsOf(_ cell: Cell) throws(CellProblem) -> String? {
  switch cell {
  case .empty: return nil
  case .text(let text):
    let words = withoutMark(trimmed(text))
    return words.isEmpty ? nil : words
  case .formatted(_, let shown):
    guard let shown else { throw .shownOtherwise }
    return shown
  case .number(let number):
    guard number.magnitude < 1e15 else { throw .lostDigits }
    return plainNumber(number)
  case .longNumber(let text):
    guard let digits = wholeDigits(text) else { throw .lostDigits }
    return digits
  case .day, .partialDay, .moment:
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
  static var shownOtherwise: CellProblem {
    CellProblem(
      .valueShownOtherwise, "单元格的格式使显示的与实际的值不同，不能确定要哪一个；请把该列设为文本后按显示的重新填写")
  }

  static var lostDigits: CellProblem {
    CellProblem(
      .numberLostDigits, "表格软件只保留15位数字，最后几位已丢失；请把该列设为文本后重新填写")
  }
}
