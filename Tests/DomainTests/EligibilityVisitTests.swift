import Domain
import Testing

/// R5, R6 and R8 by what was seen on visits.
@Suite struct EligibilityVisitTests {
  private func visit(
    _ id: Int64, _ day: String, _ use: VisitUse, emptySince: String? = nil
  ) throws -> VisitFacts {
    VisitFacts(
      id: VisitID(rawValue: id), visitedOn: try #require(Day(iso: day)), use: use,
      emptySince: emptySince.flatMap { Day(iso: $0) })
  }

  @Test(arguments: [(VisitUse.sublet, ExitNature.sublet), (.lent, .lent)])
  func somebodyElseLivingThereIsR5(use: VisitUse, nature: ExitNature) throws {
    var household = EligibilityCase()
    household.visits = [try visit(7, "2021-07-05", use)]
    #expect(household.claims == ["R5 use:\(use.rawValue)"])
    #expect(household.findings[0].nature == nature)
    #expect(household.findings[0].visits == [VisitID(rawValue: 7)])
    #expect(household.findings[0].explanation.contains("2021年7月5日走访登记为“\(use.title)”"))
  }

  @Test func theTenantLivingThereIsNothing() throws {
    var household = EligibilityCase()
    household.visits = [try visit(1, "2021-07-05", .tenant)]
    #expect(household.claims.isEmpty)
  }

  @Test func twoVisitsThatDisagreeAreAContradictionInEitherOrder() throws {
    for days in [("2021-07-05", "2021-07-09"), ("2021-07-09", "2021-07-05")] {
      var household = EligibilityCase()
      household.visits = [try visit(1, days.0, .sublet), try visit(2, days.1, .tenant)]
      #expect(household.claims == ["R5 use:sublet", "R8 visits_at_odds"])
      #expect(household.findings[1].visits.count == 2)
    }
  }

  /// What was seen, as day, use and since when it was said to be empty; whether six months have passed.
  @Test(
    arguments: [
      ([("2021-08-19", VisitUse.empty, "2021-02-19")], true),
      ([("2021-08-19", .empty, "2021-02-20")], false),
      ([("2021-08-19", .empty, nil)], false),
      // Empty on every visit over six months.
      ([("2021-01-10", .empty, nil), ("2021-07-10", .empty, nil)], true),
      // Somebody lived there between: what was said before does not count.
      (
        [("2021-01-10", .empty, nil), ("2021-04-01", .tenant, nil), ("2021-07-10", .empty, nil)],
        false
      ),
      ([("2021-04-01", .tenant, nil), ("2021-08-19", .empty, "2021-01-01")], false),
      // The last visit found somebody.
      ([("2021-07-10", .empty, "2020-01-01"), ("2021-08-01", .tenant, nil)], false),
    ] as [([(String, VisitUse, String?)], Bool)])
  func emptyForSixMonthsIsR6(seen: [(String, VisitUse, String?)], isFound: Bool) throws {
    var household = EligibilityCase()
    household.visits = try seen.enumerated().map { index, one in
      try visit(Int64(index + 1), one.0, one.1, emptySince: one.2)
    }
    #expect(household.claims.contains("R6 empty_seen") == isFound)
  }

  @Test func aReasonThatIsRecordedExcusesAnEmptyHome() throws {
    var household = EligibilityCase()
    household.visits = [try visit(1, "2021-08-19", .empty, emptySince: "2021-01-01")]
    household.vacancies = [
      VacancyFacts(reason: .hospital, from: try #require(Day(iso: "2021-01-05")), until: nil)
    ]
    #expect(household.claims.isEmpty)
  }

  @Test func whoLivesThereWithoutWaterAndPowerIsAContradiction() throws {
    var household = EligibilityCase()
    household.visits = [try visit(3, "2021-07-20", .tenant)]
    try household.answer(
      .utilities, .hit,
      (1...7).map { (0, [.month: "2021-0\($0)", .electricity: "2", .water: "0"]) })
    #expect(household.claims == ["R6 empty", "R8 lived_in_but_unused"])
    // One month with use among them: it was lived in.
    try household.answer(
      .utilities, .clear,
      (1...7).map {
        (0, [.month: "2021-0\($0)", .electricity: $0 == 4 ? "80" : "2", .water: "0"])
      })
    #expect(household.claims.isEmpty)
  }

  @Test func theOrderOfVisitsSaysNothing() throws {
    var household = EligibilityCase()
    let seen = [
      try visit(1, "2021-01-10", .empty), try visit(2, "2021-03-10", .sublet),
      try visit(3, "2021-05-10", .tenant), try visit(4, "2021-06-10", .lent),
    ]
    household.visits = seen
    let claims = household.claims
    household.visits = seen.reversed()
    #expect(household.claims == claims)
  }
}
