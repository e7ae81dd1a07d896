import Foundation

/// What people type, tidied: the same text however it was typed or pasted.
enum TypedText {
  /// One line: line ends and tabs are spaces, other control characters go.
  static func line(_ text: String) -> String {
    tidied(text) { $0.value < 32 || $0.value == 0x2028 || $0.value == 0x2029 ? " " : $0 }
  }

  /// Several lines, ends as LF; other control characters go.
  static func paragraph(_ text: String) -> String {
    let lines = text.replacingOccurrences(of: "\r\n", with: "\n")
    return tidied(lines) { scalar in
      switch scalar.value {
      case 9, 10: scalar
      case 11, 12, 13, 0x2028, 0x2029: "\n"
      case ..<32: nil
      default: scalar
      }
    }
  }

  /// Full-width digits and letters as ASCII, and none of the characters to drop.
  static func compact(_ text: String, dropping dropped: String = " -－—–") -> String {
    let scalars = line(text).unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
      guard !dropped.unicodeScalars.contains(scalar), scalar != "\u{3000}" else { return nil }
      return (0xFF01...0xFF5E).contains(scalar.value)
        ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func tidied(
    _ text: String, _ change: (Unicode.Scalar) -> Unicode.Scalar?
  ) -> String {
    let kept = text.unicodeScalars.compactMap { scalar in
      isInvisible(scalar) ? nil : change(scalar)
    }
    return String(String.UnicodeScalarView(kept))
      .trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
  }

  /// DEL, C1 controls, the byte order mark, the zero-width space, and the marks that turn the
  /// direction of writing: nobody means them, and the last can make a text look like another.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x7F...0x9F, 0xFEFF, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
