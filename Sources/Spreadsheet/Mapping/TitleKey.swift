import Domain

/// A column's title reduced to what identifies it: half-width, lower case, without blanks, stars,
/// colons and what stands in brackets: `身份证号码\n（必填）*` and `身份证号码：` are one.
func titleKey(_ title: String) -> String {
  var result = String.UnicodeScalarView()
  var depth = 0
  for scalar in halfWidth(title).unicodeScalars where !isBlank(scalar) {
    switch scalar {
    case "(", "[", "【", "〔", "〈", "{": depth += 1
    case ")", "]", "】", "〕", "〉", "}": depth = max(0, depth - 1)
    case "*", "※", "★", ":", "#", "、", "\u{200B}": break
    default: if depth == 0 { result.append(scalar) }
    }
  }
  return String(result).lowercased()
}

/// Columns that are never imported and need no warning: running numbers, and what was wrong last time.
let silentTitles: Set<String> = ["序号", "编号", "行号", "no", "no.", problemsTitle]

/// The title of the column in which a marked workbook says what is wrong.
let problemsTitle = "问题"

/// The sheet of a template that explains the columns; never read.
let guideSheet = "填写说明"

/// `A`, `Z`, `AA`: how spreadsheet programs name the column at an index from 0.
func columnLetters(_ index: Int) -> String {
  let last = String(Unicode.Scalar(UInt8(ascii: "A") + UInt8(index % 26)))
  return index < 26 ? last : columnLetters(index / 26 - 1) + last
}
