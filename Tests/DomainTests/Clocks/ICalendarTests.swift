import Foundation
import Testing

@testable import Domain

@Suite struct ICalendarTests {
  private func calendar(_ days: [CalendarDay]) -> String {
    ICalendar(
      name: "问题清单期限", days: days, madeAt: Date(timeIntervalSince1970: 1_629_873_005)
    ).text
  }

  @Test func `a feed is what the standard says, line by line`() {
    let text = calendar([
      CalendarDay(
        uid: "case-15-demand@portal.example", day: day("2021-12-31"), title: "催告期届满",
        detail: "依据：《行政强制法》第五十四条", url: "https://portal.example/desk/cases/15",
        remindsDaysBefore: 3)
    ])
    #expect(
      text.components(separatedBy: "\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//public-rental-housing//portal//ZH",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:问题清单期限", "X-WR-CALNAME:问题清单期限",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H", "BEGIN:VEVENT",
        "UID:case-15-demand@portal.example", "DTSTAMP:20210825T063005Z",
        "DTSTART;VALUE=DATE:20211231", "DTEND;VALUE=DATE:20220101", "SUMMARY:催告期届满",
        "TRANSP:TRANSPARENT", "DESCRIPTION:依据：《行政强制法》第五十四条",
        "URL:https://portal.example/desk/cases/15", "BEGIN:VALARM", "ACTION:DISPLAY",
        "DESCRIPTION:催告期届满", "TRIGGER:-P3D", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "",
      ])
  }

  @Test(arguments: [
    ("a,b;c\\d", #"a\,b\;c\\d"#), ("一行\r\n两行", #"一行\n两行"#), ("响\u{07}铃\0", "响铃"),
    ("a:b\"c", "a:b\"c"),
  ])
  func `text is escaped`(text: String, escaped: String) {
    #expect(ICalendar.escaped(text) == escaped)
  }

  @Test func `no line can be slipped in by a title or an address`() {
    let text = calendar([
      CalendarDay(
        uid: "x\r\nSUMMARY:y", day: day("2021-08-25"), title: "a\nEND:VCALENDAR",
        url: "https://x\r\nATTACH:evil")
    ])
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.count(where: { $0.hasPrefix("END:VCALENDAR") }) == 1)
    #expect(!lines.contains { $0.hasPrefix("ATTACH") })
    #expect(lines.count(where: { $0.hasPrefix("SUMMARY") }) == 1)
  }

  @Test func `an empty feed is a calendar all the same`() {
    #expect(calendar([]).hasSuffix("X-PUBLISHED-TTL:PT6H\r\nEND:VCALENDAR\r\n"))
  }

  @Test func `lines are folded after 75 octets, between characters, and read back whole`() {
    var random = SeededGenerator(seed: 5545)
    let alphabet = Array("aä租房😀, ;\\:\n家")
    for _ in 0..<500 {
      let title = String(
        (0..<Int.random(in: 0...160, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? "a"
        })
      let text = calendar([CalendarDay(uid: "u", day: day("2021-08-25"), title: title)])
      for line in text.components(separatedBy: "\r\n") { #expect(line.utf8.count <= 75) }
      #expect(!text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
      let unfolded = text.replacingOccurrences(of: "\r\n ", with: "")
      let summary = unfolded.components(separatedBy: "\r\n").first { $0.hasPrefix("SUMMARY:") }
      #expect(summary.map { unescaped(String($0.dropFirst(8))) } == title)
    }
  }

  /// Read from the front, as a calendar program does.
  private func unescaped(_ text: String) -> String {
    var (result, isEscaped) = ("", false)
    for character in text {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
