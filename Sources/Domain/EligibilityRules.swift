/// The rules that turn evidence into findings (疑点): pure, and the same whatever the order of records.
///
/// Source: 清建〔2021〕35号, part two (一) and (二) 1: 家庭住房、收入、资产等条件发生变化，不再符合配租条件; 《公共租赁住房管理办法》
/// (住建部令第11号) arts. 27, 29 and 31. The lines are those of a county and year, each with its document.
/// A person in two households (R8) follows from the register, and is no matter of these.
public enum EligibilityRules {
  /// What the rules say of a household, in the order of rules and subjects.
  public static func findings(_ facts: HouseholdFacts, _ lines: EligibilityLines) -> [RuleFinding] {
    guard facts.isInScope else { return [] }
    let household = HouseholdEvidence(facts, lines)
    var findings = household.otherHomes()
    findings += [household.income(), household.assets(), household.vehicles()].compactMap(\.self)
    findings += household.marriageChanges() + household.registrationChanges()
    findings += household.departures()
    findings += household.occupantIsNotTenant()
    findings += [household.emptyHome(), household.emptyByVisits(), household.arrears()]
      .compactMap(\.self)
    findings += household.contradictions()
    findings += household.deceit() + household.onPayroll()
    findings += [household.neverAllocated()].compactMap(\.self)
    return findings.sorted { ($0.rule, $0.subject) < ($1.rule, $1.subject) }
  }

  /// Whether what a register says of a household is a hit: whether the rules of this check speak on it.
  ///
  /// - Parameters:
  ///   - records: of this type, about this household.
  ///   - asOf: the day for which the bureau vouches.
  ///   - members: those who have not left.
  ///   - lines: where a line is missing, what is measured against it is no hit.
  public static func isHit(
    _ type: CheckType, _ records: [PersonRecord], asOf: Day, members: [MemberFacts],
    county: AreaCode, _ lines: EligibilityLines
  ) -> Bool {
    let answer = AnswerFacts(result: .hit, asOf: asOf, records: records)
    let household = HouseholdEvidence(
      HouseholdFacts(
        id: HouseholdID(rawValue: 0), members: members, county: county, answers: [type: answer]),
      lines)
    return switch type.presence {
    case .hit: !household.records(type).isEmpty
    case .clear: household.records(type).isEmpty
    case .measured: household.isOverLine(type)
    }
  }

  /// The checks on which no rule can speak while lines are missing.
  public static func mutedChecks(_ lines: EligibilityLines) -> Set<CheckType> {
    Set(lines.missing.map(\.check))
  }
}

extension HouseholdEvidence {
  /// Whether the rule of something measured speaks.
  fileprivate func isOverLine(_ type: CheckType) -> Bool {
    switch type {
    case .income: income() != nil
    case .assets: assets() != nil
    case .vehicles: vehicles() != nil
    case .marriage: !marriageChanges().isEmpty || !coupleAtOdds().isEmpty
    case .householdRegistration: !registrationChanges().isEmpty || !deadAndAlive().isEmpty
    case .rentArrears: arrears() != nil
    case .utilities: emptyHome() != nil
    default: false
    }
  }
}

/// One household laid beside the lines: what each rule is asked on.
struct HouseholdEvidence {
  let facts: HouseholdFacts
  let lines: EligibilityLines
  private let members: [PersonID: MemberFacts]

  init(_ facts: HouseholdFacts, _ lines: EligibilityLines) {
    self.facts = facts
    self.lines = lines
    members = Dictionary(facts.members.map { ($0.id, $0) }) { first, _ in first }
  }

  func member(_ id: PersonID?) -> MemberFacts? { id.flatMap { members[$0] } }

  /// The records of a check that count: those about the household, and about who belongs to it now, of what
  /// still held on the day for which the bureau vouches.
  func records(_ type: CheckType) -> [PersonRecord] {
    guard let answer = facts.answers[type] else { return [] }
    return told(type).filter { !$0.record.isPast(on: answer.asOf) }
  }

  /// The same with what held no longer.
  func told(_ type: CheckType) -> [PersonRecord] {
    facts.answers[type]?.records.filter { $0.person == nil || member($0.person) != nil } ?? []
  }

  /// The latest record of each member, in the order of members' numbers.
  func latestRecords(_ type: CheckType) -> [(member: MemberFacts, record: CheckRecord)] {
    var latest: [PersonID: CheckRecord] = [:]
    for found in records(type) {
      guard let person = found.person else { continue }
      guard let other = latest[person] else {
        latest[person] = found.record
        continue
      }
      if other.precedes(found.record) { latest[person] = found.record }
    }
    return latest.sorted { $0.key < $1.key }.compactMap { id, record in
      member(id).map { ($0, record) }
    }
  }

  /// Whom records are about, such as `申请人、配偶`; the household where they name nobody.
  func owners(_ records: [PersonRecord]) -> String {
    let relations = Set(records.compactMap { member($0.person)?.relation })
    let titles = Relation.allCases.filter(relations.contains).map(\.title)
    return titles.isEmpty ? "家庭" : titles.joined(separator: "、")
  }

  /// The records of a check about one member.
  func own(_ type: CheckType, _ member: MemberFacts) -> [PersonRecord] {
    records(type).filter { $0.person == member.id }
  }

  /// What an explanation adds where a row has a tenant's ID number and another name; else nothing.
  func doubt(_ records: [PersonRecord]) -> String {
    let found = records.filter { $0.otherName != nil }
    guard !found.isEmpty else { return "" }
    let rows = Set(found.compactMap { $0.otherName?.line }).sorted().map(String.init)
    let place = rows.isEmpty ? "报送的数据里" : "报送文件第 \(rows.joined(separator: "、")) 行"
    let whose = found.allSatisfy { $0.person == nil } ? "家庭成员" : owners(found)
    return "注意：\(place)的身份证号是\(whose)的，姓名却与登记的不同，请先核对是不是同一人。"
  }
}

extension CheckRecord {
  /// Whether another record is about a later day; where the days are the same, an order all the same.
  fileprivate func precedes(_ other: CheckRecord) -> Bool {
    (self[.changedOn] ?? "", storedText) < (other[.changedOn] ?? "", other.storedText)
  }

  /// The values with their headings as one text.
  var sentence: String { shown.map { "\($0.title) \($0.text)" }.joined(separator: "，") }
}

extension EligibilityLine {
  /// Where the line comes from, as an explanation ends.
  var source: String { sources([self]) }
}

/// Where lines come from; several of one document name it once.
func sources(_ lines: [EligibilityLine]) -> String {
  "（依据：\(Set(lines.map(\.document)).sorted().joined(separator: "；"))）"
}
