import Domain

// What happens to words on their way through programs.

/// Without the mark with which spreadsheet programs are told that a number is text, where somebody has typed it into a
/// program to which it is none: `'WB001`.
func withoutMark(_ words: String) -> String {
  guard words.utf8.first == UInt8(ascii: "'"), words.utf8.count > 1 else { return words }
  let rest = words.dropFirst()
  // Where it keeps a sign from beginning a formula, the reader of CSV files has taken it away already.
  if let next = rest.first, "=+-@".contains(next) { return words }
  return rest.contains("'") ? words : trimmed(String(rest))
}

/// A code that no program has taken for a number or a date; `101.0`, whose point a program has added, without it.
func untouched(_ code: String) throws(CellProblem) -> String {
  var bytes = code
  let isSuspect = bytes.withUTF8 { bytes in
    bytes.contains(UInt8(ascii: ".")) || bytes.contains(UInt8(ascii: "-"))
      || bytes.contains(UInt8(ascii: "+")) || bytes.contains(UInt8(ascii: "/"))
      || bytes.last == 0xA5  // 日
  }
  guard isSuspect else { return code }
  if code.hasSuffix(".0"), isDigits(code.dropLast(2)) { return String(code.dropLast(2)) }
  if isExponent(code) { throw .lostDigits }
  if looksLikeDate(code) {
    throw CellProblem(.textBecameDate, "像是编号被表格软件改成了日期（如5-10成了5月10日），请把该列设为文本后重新填写")
  }
  return code
}

private func isDigits(_ text: some StringProtocol) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
}

/// `1.35E+11`
private func isExponent(_ code: String) -> Bool {
  let parts = code.uppercased().split(separator: "E+", omittingEmptySubsequences: false)
  guard parts.count == 2, isDigits(parts[1]) else { return false }
  let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  return mantissa.count == 2 && mantissa.allSatisfy { isDigits($0) }
}

private let months: Set = [
  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]

/// 5月10日, 11-May, May-11, 2021/5/10: what spreadsheet programs make of 5-10 and its like.
private func looksLikeDate(_ code: String) -> Bool {
  if code.hasSuffix("日") {
    let parts = code.dropLast().split(separator: "月", omittingEmptySubsequences: false)
    let last = parts[0].split(separator: "年", omittingEmptySubsequences: false)
    return parts.count == 2 && isDigits(parts[1]) && last.allSatisfy { isDigits($0) }
  }
  let words = code.lowercased().split(separator: "-", omittingEmptySubsequences: false).map(
    String.init)
  if words.count >= 2, words.count <= 3, words.contains(where: months.contains) {
    return words.allSatisfy { months.contains($0) || isDigits($0) }
  }
  let parts = code.split(separator: "/", omittingEmptySubsequences: false)
  return parts.count == 3 && parts[0].count == 4 && parts.allSatisfy { isDigits($0) }
}

/// Whether a name is those of two people: on two lines, or with a sign between them that no name has.
func namesTwo(_ words: String) -> Bool {
  let lines = words.split(whereSeparator: \.isNewline).map { trimmed(String($0)) }
    .filter { !$0.isEmpty }
  // The lines of one long name meet at its dot.
  let isBroken = zip(lines, lines.dropFirst()).allSatisfy { before, after in
    NormalForm.name(before).hasSuffix("·") || NormalForm.name(after).hasPrefix("·")
      || !hasHan(before) && !hasHan(after)
  }
  if lines.count > 1, !isBroken { return true }
  let parts = words.split { "、，,;；/／|&＆".contains($0) }.filter { hasHan(String($0)) }
  return parts.count > 1
}

private func hasHan(_ text: String) -> Bool {
  text.unicodeScalars.contains(where: NormalForm.isHan)
}

/// Where characters are looked for that were lost.
enum LostIn {
  /// In a name a question mark stands for a character.
  case name
  case words
}

/// A warning where a character was lost on the way: `张?`, U+FFFD, `李□文`, or one that only one program knows.
func lostCharacters(_ cell: Cell, in place: LostIn) -> CellProblem? {
  guard case .text(var text) = cell else { return nil }
  // Nearly all text is of characters that were not lost.
  let isPlain = text.withUTF8 { bytes in
    bytes.allSatisfy {
      $0 < 0x80 && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "*")
        || $0 > 0x7F && $0 != 0xE2 && $0 != 0xEE && $0 != 0xEF && $0 != 0xF3 && $0 != 0xF4
          && $0 != 0xE3
    }
  }
  if isPlain { return nil }
  guard text.unicodeScalars.contains(where: { isLost($0, in: place) }) else { return nil }
  return CellProblem(
    .characterLost, severity: .warning, "有没能显示出来的字（? □ 等），照样导入；请对照证件改正，生僻字请用输入法直接输入")
}

private func isLost(_ scalar: Unicode.Scalar, in place: LostIn) -> Bool {
  switch scalar.value {
  case 0xFFFD, 0x25A0, 0x25A1, 0x25AF, 0x2610, 0x3013, 0xE000...0xF8FF, 0xF0000...0x10FFFD: true
  // 〓 and 口 are typed too; the second is a name.
  case UInt32(UInt8(ascii: "?")), 0xFF1F, UInt32(UInt8(ascii: "*")), 0xFF0A, 0x25CB, 0x25CF, 0x25C7:
    place == .name
  default: false
  }
}
