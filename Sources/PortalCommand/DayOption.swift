import ArgumentParser
import Domain

/// A day as an option: `2021-07-31`.
enum DayOption {
  static func day(_ text: String) throws -> Day {
    guard let day = Day(iso: text) else { throw ValidationError("应写成 2021-07-31 这样的日期") }
    return day
  }
}
