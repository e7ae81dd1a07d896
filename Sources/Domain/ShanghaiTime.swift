public import FoundationEssentials

/// Moments as days and hours in China: UTC+8 all year.
///
/// China has kept no summer time since 1992; moments in the summers of 1986 to 1991 would show one
/// hour early. Days of birth are ``Day`` values and are not touched by this.
public enum ShanghaiTime {
  private static let offset = 8 * 3_600

  /// The day in China at a moment.
  public static func day(of date: Date) -> Day { split(date).day }

  /// The hour of the day in China, 0...23.
  public static func hour(of date: Date) -> Int { split(date).second / 3_600 }

  /// `2021年8月25日`.
  public static func dateText(_ date: Date) -> String { day(of: date).chinese }

  /// `2021年8月25日 14:05`.
  public static func dateTimeText(_ date: Date) -> String {
    let (day, second) = split(date)
    return "\(day.chinese) \(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2))"
  }

  /// `2021年8月25日 14时`: for anonymous citizens, of whom no exact time is kept.
  public static func hourText(_ date: Date) -> String {
    let (day, second) = split(date)
    return "\(day.chinese) \(second / 3_600)时"
  }

  /// `2021-08-25T14:05:09+08:00`.
  public static func isoText(_ date: Date) -> String {
    let (day, second) = split(date)
    let time = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, 2) }
    return "\(day.iso)T\(time.joined(separator: ":"))+08:00"
  }

  /// The start of the hour that a moment lies in.
  public static func truncatedToHour(_ date: Date) -> Date {
    Date(timeIntervalSince1970: (date.timeIntervalSince1970 / 3_600).rounded(.down) * 3_600)
  }

  /// The moment of a clock time in China; 00:00 unless said. Hours past 23 run into the next day.
  public static func date(on day: Day, hour: Int = 0, minute: Int = 0) -> Date {
    Date(timeIntervalSince1970: Double(day.number * 86_400 + hour * 3_600 + minute * 60 - offset))
  }

  /// The day, and the second of the day (0..<86,400).
  private static func split(_ date: Date) -> (day: Day, second: Int) {
    let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + offset
    let number = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    return (Day(number: number), seconds - number * 86_400)
  }
}
