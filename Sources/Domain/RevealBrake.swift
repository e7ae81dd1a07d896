public import FoundationEssentials

/// How quickly one person may look at whole ID numbers and phones: a day's work never notices, who goes through a
/// register number by number is slowed down, and seen.
public enum RevealBrake {
  /// So many within an hour cost nothing.
  public static let free = 20
  /// Seconds, over which they are counted.
  public static let window: TimeInterval = 3_600
  /// The pause after the first one beyond, in seconds.
  public static let firstPause: TimeInterval = 15
  public static let longestPause: TimeInterval = 600

  /// Seconds that have to lie between the last number and the next, when so many were seen within the hour.
  public static func pause(after seen: Int) -> TimeInterval {
    guard seen >= free else { return 0 }
    // Twice as long after every ten more.
    return min(longestPause, firstPause * Double(1 << min((seen - free) / 10, 10)))
  }

  /// Seconds still to wait; nil when the next may be seen.
  public static func waitingTime(after seen: Int, last: Date?, now: Date) -> Int? {
    guard let last else { return nil }
    let left = last.addingTimeInterval(pause(after: seen)).timeIntervalSince(now)
    return left > 0 ? Int(left.rounded(.up)) : nil
  }

  /// Whether this one is told to the audit administrator: the first that is slowed down, and every fiftieth.
  public static func isTold(_ inHour: Int) -> Bool { inHour == free || inHour % 50 == 0 }
}
