import Testing

@testable import Domain

@Suite struct WorkCalendarTests {
  let calendar = CalendarSamples.calendar

  @Test(arguments: [
    ("2021-02-10", true), ("2021-02-11", false), ("2021-02-07", true), ("2021-02-20", true),
    ("2021-02-21", false), ("2021-10-07", false), ("2021-10-08", true), ("2021-10-09", true),
    ("2021-10-10", false), ("2022-01-03", false), ("2021-08-25", true),
  ])
  func `days off and weekends are not worked, days that make up for them are`(
    iso: String, isWorked: Bool
  ) {
    #expect(calendar.isWorkday(day(iso)) == isWorked)
  }

  @Test func `a year that nobody announced counts weekends only and says so`() {
    #expect(calendar.isWorkday(day("2027-10-01")))
    #expect(!calendar.isAnnounced(2027))
    #expect(calendar.note(on: day("2021-12-01")...day("2022-03-01")) == nil)
    #expect(
      calendar.note(on: day("2022-12-01")...day("2023-03-01")) == "2023 年放假安排尚未公布，暂按周末推算")
    #expect(
      calendar.note(on: day("2022-12-01")...day("2024-03-01"))
        == "2023—2024 年放假安排尚未公布，暂按周末推算")
  }

  @Test func `a notice may begin in December of the year before`() {
    let calendar = WorkCalendar([CalendarSamples.of2019])
    #expect(calendar.isWorkday(day("2018-12-29")))
    #expect(!calendar.isWorkday(day("2018-12-31")))
    #expect(!calendar.isAnnounced(2018))
    #expect(HolidayYear.days(of: 2019).contains(day("2018-12-29")))
    #expect(!HolidayYear.days(of: 2019).contains(day("2018-11-30")))
  }

  @Test func `a later notice overrides an earlier one about the same day`() {
    let calendar = WorkCalendar([
      HolidayYear(
        year: 2024, document: "新", daysOff: [day("2023-12-29")], workdays: [day("2023-12-30")]),
      HolidayYear(
        year: 2023, document: "旧", daysOff: [day("2023-12-30")], workdays: [day("2023-12-31")]),
    ])
    #expect(calendar.isWorkday(day("2023-12-30")))
    #expect(!calendar.isWorkday(day("2023-12-29")))
    #expect(calendar.isWorkday(day("2023-12-31")))
  }

  @Test func `working days are counted as one would with a finger on the calendar`() {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<2_000 {
      let start = day("2021-01-01") + Int.random(in: 0..<700, using: &random)
      let count = Int.random(in: 0...40, using: &random)
      let end = calendar.workday(count, after: start)
      #expect(calendar.workdays(after: start, through: end) == count)
      #expect(count == 0 ? end == start : calendar.isWorkday(end))
      #expect(calendar.workday(onOrBefore: calendar.workday(onOrAfter: start)) >= start)
    }
  }

  @Test(arguments: [
    ("2021-08-25", 10, true), ("2021-08-25", 5, false), ("2021-08-25", 22, false),
    ("2021-08-25", 21, true), ("2021-10-01", 10, false), ("2021-10-09", 10, true),
    ("2021-08-28", 10, false),
  ])
  func `nothing is enforced at night or on a day off`(iso: String, hour: Int, mayBe: Bool) {
    #expect(calendar.mayEnforce(on: day(iso), hour: hour) == mayBe)
  }
}
