import Crypto
import Domain
import Foundation
import Ground
import Pages
import Postgres

/// What stands in the secret address of a calendar: 32 random bytes in hexadecimal digits, and `.ics`, by which calendar
/// programs know what they get. Only its hash is kept.
struct CalendarToken: LosslessStringConvertible, Sendable {
  private let digits: String

  /// A new random one.
  init() {
    var generator = SystemRandomNumberGenerator()
    digits = hexadecimal((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }

  /// Nil for what cannot be one.
  init?(_ description: String) {
    let digits = description.hasSuffix(".ics") ? String(description.dropLast(4)) : description
    guard digits.utf8.count == 64, digits.utf8.allSatisfy({ isHexadecimal($0) }) else {
      return nil
    }
    self.digits = digits
  }

  var description: String { digits + ".ics" }

  /// SHA-256: what stands in `calendar_feeds`.
  var hash: [UInt8] { Array(SHA256.hash(data: Array(digits.utf8))) }
}

/// The address that somebody has open.
struct CalendarFeed: RowDecodable, Sendable {
  let madeAt: Date
  /// The hour in which it was last read; nil when it never was.
  let readAt: Date?

  init(_ row: Row) throws {
    madeAt = try row("made_at")
    readAt = try row("read_at")
  }
}

/// Of whoever is signed in.
func calendarFeed() -> Query<CalendarFeed> {
  Query("SELECT made_at, read_at FROM calendar_feed()")
}

/// The account that an address belongs to.
func calendarReader(_ token: CalendarToken, at now: Date) -> Query<Principal> {
  Query(
    "SELECT id, account, display_name, role, area FROM calendar_reader(\(token.hash), \(now))"
  ) { try Principal($0) }
}

extension Transaction {
  /// Opens an address in the place of the one before; its text is known to the caller alone.
  func openCalendarFeed(by origin: AuditOrigin, _ principal: Principal, at now: Date) throws
    -> CalendarToken
  {
    let token = CalendarToken()
    let isOpen = try one(
      Query<Bool>("SELECT open_calendar_feed(\(token.hash), \(now))"))
    guard isOpen else { throw CalendarFeedRefused() }
    try audit(event(.openCalendar, principal), by: origin)
    return token
  }

  /// - Returns: whether there was one.
  func closeCalendarFeed(by origin: AuditOrigin, _ principal: Principal, at now: Date) throws
    -> Bool
  {
    let wasOpen = try one(Query<Bool>("SELECT close_calendar_feed(\(now))"))
    if wasOpen { try audit(event(.closeCalendar, principal), by: origin) }
    return wasOpen
  }

  private func event(_ action: AuditAction, _ principal: Principal) -> AuditEvent {
    AuditEvent(
      action: action, entity: "calendar_feeds", entityID: principal.accountID.description)
  }
}

/// The session that the page was shown with is not there any more.
struct CalendarFeedRefused: Error {}
