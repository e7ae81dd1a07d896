import Foundation

/// The name that somebody types to sign in.
enum AccountName {
  /// As names are stored: small letters, no space around, full-width characters made ASCII.
  static func normalised(_ typed: String) -> String {
    let narrow = typed.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? typed
    return narrow.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
  }

  /// Whether an account can be called so: 2 to 32 small letters, digits and hyphens, a letter first.
  static func isValid(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard (2...32).contains(bytes.count), let first = bytes.first, isLetter(first) else {
      return false
    }
    return bytes.allSatisfy {
      isLetter($0) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
        || $0 == UInt8(ascii: "-")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }
}
