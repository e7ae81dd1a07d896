public import FoundationEssentials

/// One day in a calendar feed.
public struct CalendarDay: Hashable, Sendable {
  /// The same for the same thing for ever, so that a calendar replaces what it had; unique in the world with the host
  /// behind its `@`.
  public let uid: String
  public let day: Day
  public let title: String
  /// Nil for none. Feeds lie on other people's servers: no names, no numbers of people.
  public let detail: String?
  public let url: String?
  /// Days before at which the calendar reminds of it; nil for never.
  public let remindsDaysBefore: Int?

  public init(
    uid: String, day: Day, title: String, detail: String? = nil, url: String? = nil,
    remindsDaysBefore: Int? = nil
  ) {
    self.uid = uid
    self.day = day
    self.title = title
    self.detail = detail
    self.url = url
    self.remindsDaysBefore = remindsDaysBefore
  }
}

/// A calendar of whole days as calendar programs subscribe to it (`text/calendar; charset=utf-8`).
///
/// Source: RFC 5545: lines end in CR LF and are folded after 75 octets, never within a character; text is escaped.
/// RFC 7986 for its name and how often it is worth reading again.
public struct ICalendar: Sendable {
  public let name: String
  public let days: [CalendarDay]
  /// When it was made.
  public let madeAt: Date

  public init(name: String, days: [CalendarDay], madeAt: Date) {
    self.name = name
    self.days = days
    self.madeAt = madeAt
  }

  public var text: String {
    let lines =
      [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//public-rental-housing//portal//ZH",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:\(Self.escaped(name))",
        "X-WR-CALNAME:\(Self.escaped(name))", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
      ] + days.flatMap(lines) + ["END:VCALENDAR"]
    return lines.map { Self.folded($0) + "\r\n" }.joined()
  }

  private func lines(_ event: CalendarDay) -> [String] {
    var lines = [
      "BEGIN:VEVENT", "UID:\(Self.escaped(event.uid))", "DTSTAMP:\(Self.stamp(madeAt))",
      "DTSTART;VALUE=DATE:\(Self.date(event.day))", "DTEND;VALUE=DATE:\(Self.date(event.day + 1))",
      "SUMMARY:\(Self.escaped(event.title))", "TRANSP:TRANSPARENT",
    ]
    if let detail = event.detail { lines.append("DESCRIPTION:\(Self.escaped(detail))") }
    if let url = event.url { lines.append("URL:\(Self.plain(url))") }
    if let days = event.remindsDaysBefore {
      lines += [
        "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(Self.escaped(event.title))",
        days == 0 ? "TRIGGER:PT9H" : "TRIGGER:-P\(days)D", "END:VALARM",
      ]
    }
    return lines + ["END:VEVENT"]
  }

  /// `20210825`.
  static func date(_ day: Day) -> String { day.iso.filter { $0 != "-" } }

  /// `20210825T063000Z`.
  static func stamp(_ moment: Date) -> String {
    let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
    let (number, second) = (
      seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400,
      (seconds % 86_400 + 86_400) % 86_400
    )
    let time = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined()
    return "\(date(Day(number: number)))T\(time)Z"
  }

  /// Text as a value (RFC 5545, 3.3.11).
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": break
      default: if !isControl(scalar) { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  /// Without what would end the line.
  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) }))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F
  }

  /// A line in pieces of at most 75 octets, the blank that begins a later one among them (RFC 5545, 3.1).
  static func folded(_ line: String) -> String {
    guard line.utf8.count > 75 else { return line }
    var (result, length) = (String.UnicodeScalarView(), 0)
    for scalar in line.unicodeScalars {
      let octets = UTF8.width(scalar)
      if length + octets > 75 {
        result.append(contentsOf: "\r\n ".unicodeScalars)
        length = 1
      }
      result.append(scalar)
      length += octets
    }
    return String(result)
  }
}
