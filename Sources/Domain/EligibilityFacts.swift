/// A member of a household as the register has them; only those who have not left.
public struct MemberFacts: Hashable, Sendable {
  public let id: PersonID
  public let relation: Relation
  public let maritalStatus: MaritalStatus
  /// Where the register says that the household registration (户籍) lies; nil where it does not say.
  public let registeredAt: AreaCode?
  public let birth: Day?

  public init(
    id: PersonID, relation: Relation, maritalStatus: MaritalStatus, registeredAt: AreaCode?,
    birth: Day? = nil
  ) {
    self.id = id
    self.relation = relation
    self.maritalStatus = maritalStatus
    self.registeredAt = registeredAt
    self.birth = birth
  }
}

/// Who belonged to a household while its lease ran, and has left it, as the register says.
public struct DepartureFacts: Hashable, Sendable {
  public let id: PersonID
  public let relation: Relation
  public let leftOn: Day
  public let reason: LeftReason

  public init(id: PersonID, relation: Relation, leftOn: Day, reason: LeftReason) {
    self.id = id
    self.relation = relation
    self.leftOn = leftOn
    self.reason = reason
  }
}

/// A record of an answer with the person whom it is about; nil where it is about the household.
public struct PersonRecord: Hashable, Sendable {
  public let person: PersonID?
  public let record: CheckRecord
  /// The row of the file that says it, where its name is not that of the person with its ID number.
  public let otherName: OtherName?

  public init(person: PersonID?, record: CheckRecord, otherName: OtherName? = nil) {
    self.person = person
    self.record = record
    self.otherName = otherName
  }
}

/// That a row is a tenant's by its ID number and not by its name. The name is not kept: it may be that of
/// somebody who is in no register of ours.
public struct OtherName: Hashable, Sendable {
  /// Nil where the answer came in no file.
  public let line: Int?

  public init(line: Int?) { self.line = line }
}

/// A bureau's answer in force to one check of a household.
public struct AnswerFacts: Hashable, Sendable {
  public let result: CheckResult
  /// The day for which the bureau vouches.
  public let asOf: Day
  public let records: [PersonRecord]
  /// The latest earlier answer of the same round that was another one; nil where there is none.
  public let earlierResult: CheckResult?

  public init(
    result: CheckResult, asOf: Day, records: [PersonRecord], earlierResult: CheckResult? = nil
  ) {
    self.result = result
    self.asOf = asOf
    self.records = records
    self.earlierResult = earlierResult
  }
}

/// How a home was found to be used on a visit.
public struct VisitFacts: Hashable, Sendable {
  public let id: VisitID?
  public let visitedOn: Day
  public let use: VisitUse
  /// Since when it is empty, as the visitors were told.
  public let emptySince: Day?

  public init(id: VisitID? = nil, visitedOn: Day, use: VisitUse, emptySince: Day? = nil) {
    self.id = id
    self.visitedOn = visitedOn
    self.use = use
    self.emptySince = emptySince
  }
}

/// Everything that the rules look at for one household.
public struct HouseholdFacts: Hashable, Sendable {
  public let id: HouseholdID
  public let members: [MemberFacts]
  /// The county whose register it is in.
  public let county: AreaCode
  public let answers: [CheckType: AnswerFacts]
  /// Visits on which somebody saw how the home is used, in any order.
  public let visits: [VisitFacts]
  /// Who has left since the lease began, in any order.
  public let departures: [DepartureFacts]
  /// Why its home may stand empty.
  public let vacancies: [VacancyFacts]
  /// When the first lease of the household began that the register knows.
  public let firstLease: Day?
  /// Whether it has a running lease of a home that the campaign looks at. Of others nothing is said.
  public let isInScope: Bool

  public init(
    id: HouseholdID, members: [MemberFacts], county: AreaCode, answers: [CheckType: AnswerFacts],
    visits: [VisitFacts] = [], departures: [DepartureFacts] = [], vacancies: [VacancyFacts] = [],
    firstLease: Day? = nil, isInScope: Bool = true
  ) {
    self.id = id
    self.members = members
    self.county = county
    self.answers = answers
    self.visits = visits
    self.departures = departures
    self.vacancies = vacancies
    self.firstLease = firstLease
    self.isInScope = isInScope
  }
}

/// A line of a county with the document that sets it.
public struct EligibilityLine: Hashable, Sendable {
  public let amount: Hundredths
  public let document: String

  public init(amount: Hundredths, document: String) {
    self.amount = amount
    self.document = document
  }
}

/// The lines in force. One that is not set is nil, and the rules that need it do not speak.
public struct EligibilityLines: Hashable, Sendable {
  /// The year for which they were set; nil where there are none.
  public let year: Int?
  private let lines: [ThresholdKind: EligibilityLine]

  public init(_ lines: [ThresholdKind: EligibilityLine], year: Int? = nil) {
    self.lines = lines
    self.year = year
  }

  public subscript(kind: ThresholdKind) -> EligibilityLine? { lines[kind] }

  /// The kinds that are not set.
  public var missing: [ThresholdKind] { ThresholdKind.allCases.filter { lines[$0] == nil } }
}

/// What a rule says of a household.
public struct RuleFinding: Hashable, Sendable {
  public let rule: FindingRule
  /// Tells the same claim made again from another claim of the same rule. Stays the same while its
  /// figures change. May hold what a bureau answered, such as the number of a certificate: it is
  /// stored as a keyed hash only.
  public let subject: String
  /// Chinese, with the figures, the line and its document.
  public let explanation: String
  /// Nil where a person decides.
  public let nature: ExitNature?
  /// The checks that it rests on.
  public let types: [CheckType]
  /// The visits that it rests on.
  public let visits: [VisitID]

  public init(
    rule: FindingRule, subject: String, explanation: String, nature: ExitNature?,
    types: [CheckType], visits: [VisitID] = []
  ) {
    self.rule = rule
    self.subject = subject
    self.explanation = explanation
    self.nature = nature
    self.types = types
    self.visits = visits
  }
}

extension ThresholdKind {
  /// The check whose values are compared with the line.
  public var check: CheckType {
    switch self {
    case .incomePerHead: .income
    case .householdAssets: .assets
    case .vehicleValue: .vehicles
    case .electricity, .water, .emptyMonths: .utilities
    case .arrearsMonths: .rentArrears
    }
  }

  /// The rule that needs the line.
  public var rule: FindingRule {
    switch self {
    case .incomePerHead: .income
    case .householdAssets, .vehicleValue: .assets
    case .electricity, .water, .emptyMonths: .empty
    case .arrearsMonths: .arrears
    }
  }
}
