import Domain
import Foundation

/// An address as somebody writes it, `龙津安居苑3栋1单元502` or `安居苑 3-1-502`, brought to the homes of
/// estates.
enum AddressWords {
  /// The homes that the words mean; none when they name nothing that is there.
  static func places(_ words: String, among estates: [EstateChoice]) -> [PlaceRange] {
    let text = compact(words)
    guard !text.isEmpty else { return [] }
    let (named, rest) = estatesNamed(text, among: estates)
    guard let rest else { return named.map { PlaceRange(estate: $0.id, prefix: "") } }
    return named.flatMap { estate in
      prefixes(rest).map { PlaceRange(estate: estate.id, prefix: $0) }
    }
  }

  /// Whether the words look like the place of a home, or name an estate.
  static func areAddress(_ words: String, among estates: [EstateChoice]) -> Bool {
    let text = compact(words)
    if isPlace(text) { return true }
    return text.count >= 3
      && estates.contains { text.contains(compact($0.name)) || compact($0.name).contains(text) }
  }

  /// Spaces go, full-width digits become ASCII.
  private static func compact(_ words: String) -> String {
    let plain = words.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? words
    return plain.filter { !$0.isWhitespace }
  }

  /// The estates whose names stand in the text, with what follows them; else those whose names hold
  /// the whole text; else all, when the text is a place.
  private static func estatesNamed(
    _ text: String, among estates: [EstateChoice]
  ) -> (estates: [EstateChoice], rest: String?) {
    for length in stride(from: text.count, through: 2, by: -1) {
      let head = String(text.prefix(length))
      let tail = String(text.dropFirst(length))
      let named = estates.filter { estate in
        let name = compact(estate.name)
        return name == head || (length >= 3 && name.hasSuffix(head))
          || (tail.isEmpty && name.contains(head))
      }
      if !named.isEmpty, tail.isEmpty || isPlace(tail) || tail.first?.isNumber == true {
        return (named, tail.isEmpty ? nil : tail)
      }
    }
    return isPlace(text) ? (estates, text) : ([], nil)
  }

  /// `3栋1单元502`, `3-1-502`, `3#502室`: begins with a number and has a building, a unit or a room.
  private static func isPlace(_ text: String) -> Bool {
    text.firstMatch(of: #/^[0-9A-Za-z]{1,4}(栋|幢|座|号楼|#|单元|-[0-9]{1,4}(-[0-9]{1,5})?$)/#) != nil
  }

  /// The ways in which a place may be written in the register: as it stands, and with the words for
  /// building and unit or without them.
  private static func prefixes(_ place: String) -> [String] {
    let parts = place.split { !$0.isNumber && !($0.isASCII && $0.isLetter) }.map(String.init)
    var ways = [place, parts.joined()]
    if let building = parts.first {
      let room = parts.dropFirst(2).joined()
      switch parts.count {
      case 1: ways += ["\(building)栋", "\(building)幢"]
      case 2: ways += ["\(building)栋\(parts[1])", "\(building)幢\(parts[1])"]
      default:
        ways += ["\(building)栋\(parts[1])单元\(room)", "\(building)幢\(parts[1])单元\(room)"]
      }
    }
    var seen: Set<String> = []
    return ways.filter { seen.insert($0).inserted }
  }
}
