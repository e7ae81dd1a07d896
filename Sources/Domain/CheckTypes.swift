/// What is looked up about a household: the checks that bureaus owe in a review round (资格复核), and extracts of
/// registers that nobody owes. What there is to know of each stands in its row of ``CheckType/table``.
public enum CheckType: String, CaseIterable, Codable, Hashable, Sendable {
  case marriage
  case income
  case assets
  case registeredProperty = "registered_property"
  case vehicles
  case householdRegistration = "household_registration"
  case signedContracts = "signed_contracts"
  case otherHousing = "other_housing"
  case rentArrears = "rent_arrears"
  case utilities
  // Extracts that nobody owes.
  case payroll
  case allocationList = "allocation_list"
  case deaths
  case businessRegistration = "business_registration"
  case socialSecurity = "social_security"
  case housingFund = "housing_fund"
}

/// What it says of a household that a register names it.
public enum CheckPresence: Hashable, Sendable {
  /// The values decide, and come with a clear answer too, such as an income below the line.
  case measured
  /// What exists is a hit, such as a second home.
  case hit
  /// It is as it should be; who is missing is the hit, such as in the list of homes allocated.
  case clear
}

/// A row of the table of checks.
struct CheckDefinition: Sendable {
  let type: CheckType
  /// The name shown on screens.
  let title: String
  /// What a register of this kind is called.
  let registerTitle: String
  /// The bureau that owes it, or that delivers it.
  let bureau: Bureau
  /// Whether each household of a round waits for it.
  let isOwed: Bool
  /// Another unit, whose extract the bureau delivers.
  let givenBy: String?
  /// Whether an answer says something of each person; otherwise it is about the household.
  let isAboutPersons: Bool
  let presence: CheckPresence
  /// What it means for a household that a complete extract does not name it.
  let absence: CheckResult
  /// The value that tells one thing from another, such as the number of a certificate.
  let thing: CheckFieldName?
  /// The values that an answer holds for each thing found.
  let fields: [CheckField]

  /// A check that a bureau owes.
  init(
    _ type: CheckType, _ title: String, register: String, owedBy bureau: Bureau,
    isAboutPersons: Bool = true, presence: CheckPresence, absence: CheckResult,
    thing: CheckFieldName? = nil, fields: [CheckField]
  ) {
    self.type = type
    self.title = title
    registerTitle = register
    self.bureau = bureau
    isOwed = true
    givenBy = nil
    self.isAboutPersons = isAboutPersons
    self.presence = presence
    self.absence = absence
    self.thing = thing
    self.fields = fields
  }

  /// An extract that nobody owes, about persons; the housing bureau delivers it.
  ///
  /// - Parameter unit: which gives it; nil for the housing bureau's own.
  init(
    _ type: CheckType, _ title: String, register: String, givenBy unit: String? = nil,
    presence: CheckPresence = .hit, thing: CheckFieldName? = nil, fields: [CheckField]
  ) {
    self.type = type
    self.title = title
    registerTitle = register
    bureau = .housing
    isOwed = false
    givenBy = unit
    isAboutPersons = true
    self.presence = presence
    absence = presence == .clear ? .hit : .clear
    self.thing = thing
    self.fields = fields
  }
}

extension CheckType {
  private static let rows = Dictionary(
    uniqueKeysWithValues: CheckDefinition.table.map { ($0.type, $0) })

  var definition: CheckDefinition {
    guard let row = Self.rows[self] else { preconditionFailure("\(rawValue) has no row") }
    return row
  }

  /// The checks that bureaus owe for each household of a round: 四部门十项.
  public static let owed = allCases.filter(\.isOwed)

  /// The name shown on screens.
  public var title: String { definition.title }
  /// What a bureau's register of this kind is called.
  public var registerTitle: String { definition.registerTitle }
  /// The bureau that owes the check, or that delivers the extract.
  public var bureau: Bureau { definition.bureau }
  /// Whether each household of a round waits for it.
  public var isOwed: Bool { definition.isOwed }
  /// Another unit, whose extract the bureau delivers.
  public var givenBy: String? { definition.givenBy }
  /// The values that an answer holds for each thing found.
  public var fields: [CheckField] { definition.fields }
  /// Whether an answer says something of each person; otherwise it is about the household.
  public var isAboutPersons: Bool { definition.isAboutPersons }
  /// What it says of a household that the register names it.
  public var presence: CheckPresence { definition.presence }
  /// Whether something measured comes with a clear answer too.
  public var isMeasured: Bool { presence == .measured }
  /// What it means for a household that a complete extract of the bureau's register does not name it:
  /// who has no car is clear, who has no entry in the population register was not found, and who is on no
  /// list of homes allocated is a hit.
  public var absence: CheckResult { definition.absence }
  /// The result that one entry settles, whatever else there may be that cannot be read.
  public var settled: CheckResult { presence == .clear ? .clear : .hit }

  /// What of an answer does not go with its result; nil when all does.
  ///
  /// - Parameters:
  ///   - records: what was found.
  ///   - day: for which the bureau vouches.
  public func mismatch(
    _ result: CheckResult, _ records: [CheckRecord], asOf day: Day
  ) -> AnswerMismatch? {
    let holds = isMeasured ? records : records.filter { !$0.isPast(on: day) }
    return switch result {
    case .hit where presence == .clear: holds.isEmpty ? nil : .namedAfterAll
    case .hit where holds.isEmpty: .nothingFound
    case .notFound where !records.isEmpty: .nobodyFound
    case .clear where !holds.isEmpty && presence == .hit: .somethingFound
    default: nil
    }
  }
}
