/// The name of a value in an answer; the key in JSON and in what is stored.
public enum CheckFieldName: String, CaseIterable, Codable, Hashable, Sendable {
  case amount, year, status, kind, certificate, address, plate, value, months, month, electricity,
    water
  case changedOn = "changed_on"
  case floorArea = "floor_area"
  case registeredOn = "registered_on"
  case registeredAt = "registered_at"
  case contractNumber = "contract_number"
  case signedOn = "signed_on"
  case since
  /// Whether an entry of a register still holds.
  case standing
  case endedOn = "ended_on"
  /// Where somebody works, or who pays for them.
  case employer
  case company
}

/// One value that an answer to a check holds: said once, for the columns of work lists and extracts, the
/// fields of the screen, the interface and what is shown.
public struct CheckField: Hashable, Sendable {
  /// What a value may be, and in which form it is kept as text.
  public enum Kind: Hashable, Sendable {
    /// Yuan, not negative, `1234.50`.
    case money
    /// A quantity, not negative, with two decimals at most.
    case quantity
    /// A whole number in a range.
    case whole(ClosedRange<Int>)
    /// 1 to so many characters.
    case text(max: Int)
    /// `2021-07-31`, not in the future.
    case day
    /// `2021-07`, not in the future.
    case month
    /// A code of six or nine digits, see ``AreaCode``.
    case area
    /// One of a few, by its raw value.
    case choice([Choice])
  }

  /// A value to choose, with its word on screens.
  public struct Choice: Hashable, Sendable {
    public let value: String
    public let title: String
    /// Other words for it in sheets.
    public let synonyms: [String]

    init(_ value: String, _ title: String, synonyms: [String] = []) {
      self.value = value
      self.title = title
      self.synonyms = synonyms
    }
  }

  public let name: CheckFieldName
  /// The heading on screens and in sheets.
  public let title: String
  /// Other headings of the same thing.
  public let synonyms: [String]
  /// What the value is counted in, shown behind it.
  public let unit: String?
  public let kind: Kind
  public let isRequired: Bool

  init(
    _ name: CheckFieldName, _ title: String, synonyms: [String] = [], unit: String? = nil,
    _ kind: Kind,
    required: Bool = false
  ) {
    self.name = name
    self.title = title
    self.synonyms = synonyms
    self.unit = unit
    self.kind = kind
    isRequired = required
  }
}

/// Why a result and what was found do not go together.
public enum AnswerMismatch: Hashable, Sendable {
  /// A hit of nothing that holds.
  case nothingFound
  /// The register does not know the person, and yet has something.
  case nobodyFound
  /// Clear, and yet something is there.
  case somethingFound
  /// A hit for want of an entry, and yet there is one.
  case namedAfterAll
}
