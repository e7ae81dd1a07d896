import Domain
import Foundation
import Ground
import Postgres

/// For whom an import is made, and what its rows are converted with.
struct ImportScope: Sendable {
  let actor: Principal
  let townships: Townships
  /// Whether rows and sheets that are hidden are taken like others.
  let takesHidden: Bool
  let idNumbers: FieldKeys
  let phones: FieldKeys

  /// How one kind of number is sealed, and indexed so that it can be found.
  struct FieldKeys: Sendable {
    let sealer: FieldSealer
    let hasher: BlindHasher
  }

  init(actor: Principal, keys: KeyRing, townships: Townships, takesHidden: Bool) {
    self.takesHidden = takesHidden
    self.actor = actor
    self.townships = townships
    idNumbers = FieldKeys(
      sealer: keys.sealer(for: .personIDNumber), hasher: keys.hasher(of: .idNumber))
    phones = FieldKeys(sealer: keys.sealer(for: .personPhone), hasher: keys.hasher(of: .phone))
  }
}

/// The townships that an import may write to, by name and by code.
struct Townships: Sendable {
  enum Found: Sendable, Equatable {
    case one(AreaCode)
    case unknown, ambiguous
  }

  private var byText: [String: [AreaCode]] = [:]

  init(_ all: [(code: AreaCode, name: String)]) {
    for township in all {
      byText[NormalForm.name(township.name), default: []].append(township.code)
      byText[township.code.rawValue, default: []].append(township.code)
    }
  }

  /// - Parameter text: a township's name or its nine digits; twelve with three zeros at the end too.
  subscript(_ text: String) -> Found {
    let text = NormalForm.name(text)
    let isLong = text.utf8.count == 12 && text.hasSuffix("000")
    guard let found = byText[isLong ? String(text.dropLast(3)) : text] else { return .unknown }
    return found.count == 1 ? .one(found[0]) : .ambiguous
  }
}

func importTownships(in area: AreaCode) -> Query<(code: AreaCode, name: String)> {
  Query(
    "SELECT code, name FROM areas WHERE code ^@ \(area) AND length(code) = 9 ORDER BY code"
  ) { row in (try row("code"), try row("name")) }
}
