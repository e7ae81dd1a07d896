import Testing

@testable import Domain

@Suite struct LegalTermTests {
  let calendar = CalendarSamples.calendar

  @Test(arguments: [
    // The first day does not count.
    ("2021-08-02", 10, TermUnit.days, "2021-08-12"),
    // Saturday moves to Monday.
    ("2021-08-04", 10, .days, "2021-08-16"),
    // The last day of the Spring Festival's week moves behind it; the day after is worked.
    ("2021-01-12", 30, .days, "2021-02-18"),
    // Sunday 7 February is worked, so the term ends on it.
    ("2021-01-08", 30, .days, "2021-02-07"),
    // National Day's week moves to Friday the 8th.
    ("2021-07-05", 90, .days, "2021-10-08"),
    ("2021-09-27", 10, .workdays, "2021-10-15"),
    ("2021-09-17", 5, .workdays, "2021-09-26"),
    // 28 February is a Sunday.
    ("2021-01-31", 1, .months, "2021-03-01"),
    ("2021-03-31", 6, .months, "2021-09-30"),
    ("2021-02-28", 1, .months, "2021-03-29"),
    ("2021-08-31", 6, .months, "2022-02-28"),
    ("2021-12-31", 2, .months, "2022-02-28"),
    ("2021-08-25", 6, .months, "2022-02-25"),
    // Year's end: 1 to 3 January 2022 are off.
    ("2021-12-02", 30, .days, "2022-01-04"),
    ("2021-12-31", 1, .years, "2023-01-02"),
    ("2020-02-29", 1, .years, "2021-03-01"),
    ("2020-02-29", 4, .years, "2024-02-29"),
    ("2019-02-28", 1, .years, "2020-02-28"),
  ])
  func `a term ends where the Civil Code says`(
    start: String, count: Int, unit: TermUnit, end: String
  ) throws {
    let term = try #require(LegalTerm(count, unit))
    #expect(term.lastDay(from: day(start), in: calendar).iso == end)
  }

  @Test(arguments: [
    ("2021-11-25", 3, TermUnit.months, "2021-08-25"),
    // 31 May has no counterpart in February, whose last day is a Sunday and no working day.
    ("2021-05-31", 3, .months, "2021-02-26"),
    // 4 October lies in National Day's week.
    ("2022-01-04", 3, .months, "2021-09-30"),
    ("2021-10-15", 5, .workdays, "2021-10-09"),
    ("2021-08-25", 10, .days, "2021-08-13"),
    ("2022-08-25", 1, .years, "2021-08-25"),
  ])
  func `a term that counts back ends no later than asked`(
    end: String, count: Int, unit: TermUnit, last: String
  ) throws {
    let term = try #require(LegalTerm(count, unit))
    #expect(term.lastDay(before: day(end), in: calendar).iso == last)
  }

  @Test
  func `every term ends later than it begins, on a working day, and longer terms not earlier`() {
    var random = SeededGenerator(seed: 203)
    for _ in 0..<3_000 {
      let start = day("2021-01-01") + Int.random(in: 0..<600, using: &random)
      let unit = TermUnit.allCases.randomElement(using: &random) ?? .days
      let count = Int.random(in: 1...(unit == .years ? 6 : 60), using: &random)
      guard let term = LegalTerm(count, unit), let longer = LegalTerm(count + 1, unit) else {
        Issue.record("\(count) \(unit)")
        return
      }
      let end = term.lastDay(from: start, in: calendar)
      #expect(end > start)
      #expect(calendar.isWorkday(end))
      #expect(end <= longer.lastDay(from: start, in: calendar))
      #expect(end <= term.lastDay(from: start + 1, in: calendar))
      let back = term.lastDay(before: start, in: calendar)
      #expect(back < start && calendar.isWorkday(back))
    }
  }

  @Test(arguments: [
    (0, TermUnit.days), (-1, .months), (3_661, .days), (501, .workdays), (241, .months),
    (31, .years),
  ])
  func `a term of nothing or beyond reason is none`(count: Int, unit: TermUnit) {
    #expect(LegalTerm(count, unit) == nil)
  }

  @Test func `terms are said in words`() {
    #expect(LegalTerm.workdays(10).title == "10个工作日")
    #expect(LegalTerm.months(6).title == "6个月")
  }
}
