import Domain
import Ground
import Pages
import Postgres
import Web

/// What somebody typed into the one search field of the register, by its form.
enum HouseholdSearch: Sendable {
  case idNumber(ResidentID)
  case phone(PhoneNumber)
  case words(String)

  /// - Returns: nil when nothing was typed.
  init?(_ fields: FormFields) {
    let typed = fields["q"] ?? ""
    if let idNumber = try? ResidentID(typed) {
      self = .idNumber(idNumber)
    } else if let phone = try? PhoneNumber(typed) {
      self = .phone(phone)
    } else {
      guard let words = fields.searchWords("q", max: 100) else { return nil }
      self = .words(words)
    }
  }

  /// What is wrong with words that look like an ID number and are none.
  static func idNumberProblem(_ words: String) -> String? {
    let digits = words.filter { !$0.isWhitespace && $0 != "-" }
    guard [15, 17, 18, 19].contains(digits.count), digits.dropLast().allSatisfy(\.isNumber),
      let last = digits.last, last.isNumber || "xX".contains(last)
    else { return nil }
    do throws(ResidentIDError) {
      _ = try ResidentID(words)
      return nil
    } catch {
      return error.description
    }
  }

  /// What the words are searched as, when no number is equal to them.
  static func words(_ words: String, among estates: [EstateChoice]) -> HouseholdWords {
    if AddressWords.areAddress(words, among: estates) { return .address(words) }
    let hasDigits = words.unicodeScalars.contains { $0.isASCII && $0.properties.numericType != nil }
    return hasDigits ? .contract(words) : .name(NormalForm.name(words))
  }
}

/// The households of whoever has this number, whose blind index it is; of those who left, too.
func householdsOfPerson(_ field: HashedField, hash: [UInt8]) -> SQL {
  let column: SQL = field == .phone ? "p.phone_index" : "p.id_number_index"
  return """
    SELECT DISTINCT p.area, p.household_id AS id FROM persons p WHERE \(column) = \(hash)
    ORDER BY 1, 2 LIMIT \(constant: registerPageSize)
    """
}

func household(numbered number: String) -> Query<HouseholdID> {
  Query("SELECT id FROM households WHERE number = \(number)")
}

func leaseExists(contract number: String) -> Query<Bool> {
  Query("SELECT EXISTS (SELECT FROM leases WHERE contract_number = \(number))")
}
