import Foundation
import Testing

@testable import Domain

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0, Weekday.thursday), ("2000-02-29", 11_016, .tuesday),
    ("2021-08-25", 18_864, .wednesday), ("1900-01-01", -25_567, .monday),
    ("2100-12-31", 47_846, .friday),
  ])
  func knownDays(iso: String, number: Int, weekday: Weekday) throws {
    let day = try #require(Day(iso: iso))
    #expect(day.number == number)
    #expect(day.weekday == weekday)
    #expect(day.iso == iso)
  }

  @Test func everyDayFrom1900To2100FollowsTheOneBefore() throws {
    var number = try #require(Day(year: 1900, month: 1, day: 1)).number
    var weekday = 0
    for year in 1900...2100 {
      let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in lengths.enumerated() {
        for dayOfMonth in 1...length {
          let day = Day(number: number)
          let parts = day.components
          guard parts == (year, month + 1, dayOfMonth), day.weekday.rawValue == weekday + 1,
            Day(year: year, month: month + 1, day: dayOfMonth) == day, Day(iso: day.iso) == day,
            day.monthEnd.day == length, day.monthStart.day == 1
          else {
            Issue.record("\(year)-\(month + 1)-\(dayOfMonth)")
            return
          }
          number += 1
          weekday = (weekday + 1) % 7
        }
        #expect(Day(year: year, month: month + 1, day: length + 1) == nil)
      }
    }
  }

  @Test(arguments: [
    "2021-02-29", "2021-13-01", "2021-00-10", "2021-01-00", "21-01-01", "2021-1-1", "2021/01/01",
    "2021-01-01 ", "+021-01-01", "0000-01-01", "２０21-01-01", "", "2021-08-25T00:00",
  ])
  func otherTextsAreNoDays(text: String) {
    #expect(Day(iso: text) == nil)
  }

  @Test func arithmeticCountsDaysAndMonths() throws {
    let day = try #require(Day(iso: "2021-08-25"))
    #expect((day + 7).iso == "2021-09-01")
    #expect((day - 25).iso == "2021-07-31")
    #expect(day.days(until: day + 100) == 100)
    #expect(day.monthEnd.iso == "2021-08-31")
    #expect(day.adding(months: 6).iso == "2022-02-25")
    #expect(try #require(Day(iso: "2021-08-31")).adding(months: 6).iso == "2022-02-28")
    #expect(try #require(Day(iso: "2021-01-31")).adding(months: -2).iso == "2020-11-30")
    #expect(day.chinese == "2021年8月25日")
    #expect((day...(day + 2)).map(\.day) == [25, 26, 27])
  }

  @Test func daysAreISOTextInJSON() throws {
    let day = try #require(Day(iso: "2021-08-05"))
    let json = try JSONEncoder().encode([day])
    #expect(String(decoding: json, as: UTF8.self) == #"["2021-08-05"]"#)
    #expect(try JSONDecoder().decode([Day].self, from: json) == [day])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Day].self, from: Data(#"["2021-02-30"]"#.utf8))
    }
  }

  @Test func shanghaiIsEightHoursAhead() throws {
    let moment = Date(timeIntervalSince1970: 1_629_905_525.75)  // 2021-08-25T15:32:05.75Z
    #expect(ShanghaiTime.dateTimeText(moment) == "2021年8月25日 23:32")
    #expect(ShanghaiTime.isoText(moment) == "2021-08-25T23:32:05+08:00")
    #expect(ShanghaiTime.hourText(moment) == "2021年8月25日 23时")
    #expect(ShanghaiTime.day(of: moment + 1_675).iso == "2021-08-26")
    #expect(ShanghaiTime.hour(of: moment) == 23)
    let hour = ShanghaiTime.truncatedToHour(moment)
    #expect(ShanghaiTime.isoText(hour) == "2021-08-25T23:00:00+08:00")
    let day = try #require(Day(iso: "2021-08-25"))
    #expect(ShanghaiTime.date(on: day, hour: 23) == hour)
    #expect(ShanghaiTime.date(on: day) == hour - 23 * 3_600)
  }

  @Test func momentsBefore1970KeepTheirDay() throws {
    let day = try #require(Day(iso: "1958-03-09"))
    let late = ShanghaiTime.date(on: day, hour: 23, minute: 59)
    #expect(ShanghaiTime.day(of: late) == day)
    #expect(ShanghaiTime.dateTimeText(late) == "1958年3月9日 23:59")
    #expect(ShanghaiTime.truncatedToHour(late) == ShanghaiTime.date(on: day, hour: 23))
  }
}
