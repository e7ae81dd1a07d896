import Testing

@testable import Domain

/// R6 counts no month for which a reason is recorded.
@Suite struct VacancyTests {
  private func household(_ vacancies: [(String, String?)]) throws -> EligibilityCase {
    var household = EligibilityCase()
    try household.answer(
      .utilities, .hit,
      (1...7).map { (0, [.month: "2021-0\($0)", .electricity: "0", .water: "0"]) })
    household.vacancies = try vacancies.map { from, until in
      VacancyFacts(
        reason: .hospital, from: try #require(Day(iso: from)),
        until: try until.map { try #require(Day(iso: $0)) })
    }
    return household
  }

  @Test func withoutAReasonSevenMonthsAreAFinding() throws {
    #expect(try household([]).claims == ["R6 empty"])
  }

  @Test(
    arguments: [
      // Whole or in part, before and after, and one that goes on.
      ("2021-03-15", "2021-03-20"), ("2020-01-01", "2021-02-01"), ("2021-06-30", nil),
      ("2020-01-01", nil),
    ] as [(String, String?)])
  func aReasonForAMonthBreaksTheRow(_ from: String, _ until: String?) throws {
    #expect(try household([(from, until)]).claims == [])
  }

  @Test func whatIsLeftMayStillBeSixMonths() throws {
    #expect(try household([("2020-01-01", "2021-01-31")]).claims == ["R6 empty"])
    #expect(try household([("2021-08-01", nil)]).claims == ["R6 empty"])
  }
}
