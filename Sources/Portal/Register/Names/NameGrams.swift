/// The pieces by which a name is found: every one, two or three characters that stand together in it.
/// The same as `name_grams` of the database.
package enum NameGrams {
  /// The longest piece; longer parts of names are found by their first three characters and then
  /// compared whole.
  static let longest = 3

  /// Each piece once. A character is a code point, as the database counts.
  package static func grams(of name: String) -> Set<String> {
    let scalars = Array(name.unicodeScalars)
    var grams: Set<String> = []
    for start in scalars.indices {
      var gram = String.UnicodeScalarView()
      for scalar in scalars[start..<min(start + longest, scalars.count)] {
        gram.append(scalar)
        grams.insert(String(gram))
      }
    }
    return grams
  }

  /// The piece by which a part of a name is looked up, and whether the name must still be compared.
  static func key(for part: String) -> (gram: String, isWhole: Bool) {
    let scalars = part.unicodeScalars
    return (String(String.UnicodeScalarView(scalars.prefix(longest))), scalars.count <= longest)
  }
}
