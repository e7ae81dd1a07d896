import Domain
import Testing

/// A household to be judged, put together line by line.
struct EligibilityCase {
  static let county = AreaCode("350423")!
  static let today = Day(iso: "2021-08-20")!

  var members: [MemberFacts] = [member(1, .applicant), member(2, .spouse), member(3, .child)]
  var answers: [CheckType: AnswerFacts] = [:]
  var visits: [VisitFacts] = []
  var departures: [DepartureFacts] = []
  var vacancies: [VacancyFacts] = []
  var firstLease: Day?
  var isInScope = true
  var lines = EligibilityCase.allLines

  static func member(
    _ id: Int64, _ relation: Relation, _ status: MaritalStatus = .married,
    at area: String? = "350423100"
  ) -> MemberFacts {
    MemberFacts(
      id: PersonID(rawValue: id), relation: relation, maritalStatus: status,
      registeredAt: area.flatMap { AreaCode($0) })
  }

  static let allLines = lines([
    .incomePerHead: "1980.00", .householdAssets: "150000.00", .vehicleValue: "80000.00",
    .electricity: "10.00", .water: "1.00", .emptyMonths: "6.00", .arrearsMonths: "6.00",
  ])

  static func lines(_ amounts: [ThresholdKind: String]) -> EligibilityLines {
    EligibilityLines(
      Dictionary(
        uniqueKeysWithValues: amounts.map { kind, amount in
          (kind, EligibilityLine(amount: Hundredths(amount)!, document: "清政〔2021〕12号"))
        }), year: 2021)
  }

  /// An answer whose records are about persons (0 for the household).
  mutating func answer(
    _ type: CheckType, _ result: CheckResult = .hit, asOf day: String = "2021-07-31",
    earlier: CheckResult? = nil, _ records: [(Int64, [CheckFieldName: String])] = []
  ) throws {
    let records = try records.map { person, values in
      PersonRecord(
        person: person == 0 ? nil : PersonID(rawValue: person),
        record: try CheckRecord(type, values, today: Self.today))
    }
    answers[type] = AnswerFacts(
      result: result, asOf: try #require(Day(iso: day)), records: records, earlierResult: earlier)
  }

  var facts: HouseholdFacts {
    HouseholdFacts(
      id: HouseholdID(rawValue: 1), members: members, county: Self.county, answers: answers,
      visits: visits, departures: departures, vacancies: vacancies, firstLease: firstLease,
      isInScope: isInScope)
  }

  var findings: [RuleFinding] { EligibilityRules.findings(facts, lines) }

  /// Rule and subject of each finding.
  var claims: [String] { findings.map { "\($0.rule.rawValue) \($0.subject)" } }

  func isHit(_ type: CheckType) -> Bool {
    EligibilityRules.isHit(
      type, answers[type]?.records ?? [], asOf: answers[type]?.asOf ?? Self.today,
      members: members, county: Self.county, lines)
  }

  func explanation(_ rule: FindingRule) -> String? {
    findings.first { $0.rule == rule }?.explanation
  }
}
