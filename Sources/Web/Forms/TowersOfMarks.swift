/// Whether more combining marks stand on one character than any writing needs.
///
/// Comparing or normalising such a text takes a time that grows with the square of the tower: 60 kB
/// of marks in a field's name cost seconds at every look-up. 30 is the limit of the Stream-Safe Text
/// Format (Unicode Standard Annex #15, section 13).
func hasTowerOfMarks(_ text: String) -> Bool {
  var height = 0
  for scalar in text.unicodeScalars {
    height = isMark(scalar) ? height + 1 : 0
    if height > 30 { return true }
  }
  return false
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  // Latin below, Chinese above: nothing there combines, and nearly all text lies there.
  case ..<0x300, 0x3100...0xA66E: false
  // Starters themselves, which decompose into two marks.
  case 0xF73, 0xF75, 0xF81: true
  default: scalar.properties.canonicalCombiningClass != .notReordered
  }
}
