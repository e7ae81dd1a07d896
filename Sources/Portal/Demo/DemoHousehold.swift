import Domain

/// One household of the demo county, all of it computed from the county's seed and its ordinal.
struct DemoHousehold {
  struct Member {
    let relation: Relation
    let name: String
    let birth: Day
    let isMale: Bool
    let maritalStatus: MaritalStatus
  }

  let ordinal: Int
  let category: HouseholdCategory
  let members: [Member]
  let phone: String
  let leaseStart: Day
  let leaseYears: Int
  let rentPerSquareMetre: Int
  let demoCase: DemoCase?
  let answers: [CheckResult]
  let visit: (day: Day, met: VisitMet, use: VisitUse?)?

  init(ordinal: Int, seed: UInt64) {
    var random = DemoRandom(seed: seed, ordinal: ordinal)
    self.ordinal = ordinal
    category = random.pick(Self.categories)
    members = Self.family(&random)
    phone = "13" + padded(random.int(0..<1_000_000_000), 9)
    leaseStart = Day(number: 16_800) + random.int(0..<1_800)  // 2015-12-31 … 2020-12
    leaseYears = random.pick([3, 5, 5])
    rentPerSquareMetre = random.pick([2, 3, 4])
    demoCase = ordinal % 12 == 5 ? DemoCase(ordinal: ordinal / 12, random: &random) : nil
    answers = Self.answers(ordinal, demoCase, &random)
    visit = Self.visit(ordinal, demoCase, &random)
  }

  private static let categories: [HouseholdCategory] =
    Array(repeating: .subsistence, count: 5) + Array(repeating: .lowIncome, count: 6)
    + Array(repeating: .lowerMiddleIncome, count: 5) + [.newEmployee, .newEmployee]
    + [.migrantWorker, .migrantWorker, .other]

  private static func family(_ random: inout DemoRandom) -> [Member] {
    let surname = DemoNames.surname(&random)
    let isMale = random.chance(58)
    let birth = Day(number: -4_000) + random.int(0..<15_000)  // 1959 … 2000
    let status = random.pick([
      MaritalStatus.married, .married, .married, .single, .divorced, .widowed,
    ])
    var members = [
      Member(
        relation: .applicant, name: surname + DemoNames.given(male: isMale, &random),
        birth: birth, isMale: isMale, maritalStatus: status)
    ]
    if status == .married {
      let family = isMale ? DemoNames.surname(&random) : surname
      members.append(
        Member(
          relation: .spouse, name: family + DemoNames.given(male: !isMale, &random),
          birth: birth + random.int(-1_500..<1_500), isMale: !isMale, maritalStatus: .married))
    }
    let children = status == .single ? 0 : random.pick([0, 1, 1, 1, 2, 2])
    for _ in 0..<children {
      let isBoy = random.chance(52)
      members.append(
        Member(
          relation: .child, name: surname + DemoNames.given(male: isBoy, &random),
          birth: min(birth + random.int(7_700..<12_000), Day(number: 18_600)), isMale: isBoy,
          maritalStatus: .single))
    }
    return members
  }

  /// What bureaus have answered: all that they owe, and two extracts that nobody owes.
  static let checks = CheckType.owed + [.payroll, .allocationList]

  /// In the order of `checks`.
  private static func answers(
    _ ordinal: Int, _ demoCase: DemoCase?, _ random: inout DemoRandom
  ) -> [CheckResult] {
    var answers = checks.map { type -> CheckResult in
      type == .householdRegistration && random.chance(1) ? .notFound : .clear
    }
    func answer(_ type: CheckType, _ result: CheckResult) {
      if let index = checks.firstIndex(of: type) { answers[index] = result }
    }
    switch demoCase?.nature {
    case .purchasedHome: answer(.registeredProperty, .hit)
    case .overLimit: answer(.income, .hit)
    case .arrears: answer(.rentArrears, .hit)
    case .vacant: answer(.utilities, .hit)
    case .sublet, .lent, .deceit, .other: break
    case nil:
      if ordinal % 17 == 3 { answer(random.pick(CheckType.owed), .pending) }
      if ordinal % 31 == 8 { answer(.assets, .pending) }
      if ordinal % 47 == 9 { answer(.payroll, .hit) }
      if ordinal % 59 == 31 { answer(.allocationList, .hit) }
    }
    return answers
  }

  private static func visit(
    _ ordinal: Int, _ demoCase: DemoCase?, _ random: inout DemoRandom
  ) -> (day: Day, met: VisitMet, use: VisitUse?)? {
    let day = Day(number: 18_794) + random.int(0..<70) * 54 / 70  // 2021-06-16 … 08-08
    switch demoCase?.nature {
    case .sublet: return (day, .other, .sublet)
    case .lent: return (day, .other, .lent)
    case .vacant: return (day, .family, .empty)
    default: break
    }
    if ordinal % 23 == 7 { return nil }
    if ordinal % 29 == 4 { return (day, .nobody, nil) }
    return (day, random.chance(75) ? .tenant : .family, .tenant)
  }
}
