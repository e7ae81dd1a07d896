@testable import Domain

/// What the State Council announced for some years, as the notices say it.
enum CalendarSamples {
  /// 2021: 国办发明电〔2020〕27号.
  static let of2021 = HolidayYear(
    year: 2021, document: "国办发明电〔2020〕27号",
    daysOff: days(
      "2021-01-01/3", "2021-02-11/7", "2021-04-03/3", "2021-05-01/5", "2021-06-12/3",
      "2021-09-19/3",
      "2021-10-01/7"),
    workdays: days(
      "2021-02-07/1", "2021-02-20/1", "2021-04-25/1", "2021-05-08/1", "2021-09-18/1",
      "2021-09-26/1",
      "2021-10-09/1"))

  /// 2022: 国办发明电〔2021〕11号.
  static let of2022 = HolidayYear(
    year: 2022, document: "国办发明电〔2021〕11号",
    daysOff: days(
      "2022-01-01/3", "2022-01-31/7", "2022-04-03/3", "2022-04-30/5", "2022-06-03/3",
      "2022-09-10/3",
      "2022-10-01/7"),
    workdays: days(
      "2022-01-29/2", "2022-04-02/1", "2022-04-24/1", "2022-05-07/1", "2022-10-08/2"))

  /// 2019, whose notice begins in December: 国办发明电〔2018〕15号, the first days of it.
  static let of2019 = HolidayYear(
    year: 2019, document: "国办发明电〔2018〕15号", daysOff: days("2018-12-30/3"),
    workdays: days("2018-12-29/1"))

  static let calendar = WorkCalendar([of2021, of2022])

  /// `2021-02-11/7`: seven days from that one.
  static func days(_ spans: String...) -> Set<Day> {
    Set(
      spans.flatMap { span -> [Day] in
        let parts = span.split(separator: "/")
        return (0..<(Int(parts[1]) ?? 0)).map { day(String(parts[0])) + $0 }
      })
  }
}

/// A day that exists.
func day(_ iso: String) -> Day {
  guard let day = Day(iso: iso) else { preconditionFailure("\(iso) is no day") }
  return day
}
