package import Domain
import Foundation
import Ground
import Pages
package import Postgres

/// What was announced for a year, in an area or everywhere.
struct AnnouncedYear: RowDecodable, Sendable {
  let id: Int64
  /// Nil for what came along with the portal.
  let area: AreaCode?
  let days: HolidayYear
  let setByName: String
  let setAt: Date

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    days = HolidayYear(
      year: try row("year"), document: try row("document"),
      daysOff: Set(try row("days_off", as: [Day].self)),
      workdays: Set(try row("workdays", as: [Day].self)))
    setByName = try row("set_by_name")
    setAt = try row("set_at")
  }

  var year: Int { days.year }
}

/// All that was announced for an area, the latest year first; of a year, first what holds: that of the area itself
/// before that of those above it, the last one before those before it.
func announcedYears(for area: AreaCode) -> Query<AnnouncedYear> {
  Query(
    """
    SELECT id, area, year, document, days_off, workdays, set_by_name, set_at FROM holiday_years
    WHERE area IS NULL OR \(area)::text ^@ area::text
    ORDER BY year DESC, length(area) DESC NULLS LAST, id DESC
    """)
}

/// What holds of each year.
func holding(_ years: [AnnouncedYear]) -> [AnnouncedYear] {
  var seen: Set<Int> = []
  return years.filter { seen.insert($0.year).inserted }
}

extension Transaction {
  /// The working days of an area, as they are announced for it.
  package func workCalendar(for area: AreaCode) throws -> WorkCalendar {
    WorkCalendar(holding(try all(announcedYears(for: area))).map(\.days))
  }
}

/// The holidays of a year as somebody has typed or sent them in.
struct TypedHolidays: Sendable {
  let days: HolidayYear
  /// The id up to which the page knew what was announced.
  let seen: Int64
}

extension HolidayYear {
  /// The years for which holidays may be entered.
  static let years = 2000...2100

  var audited: [String: String] {
    [
      "document": document, "holidays": daysOff.sorted().map(\.iso).joined(separator: " "),
      "made_up": workdays.sorted().map(\.iso).joined(separator: " "),
    ]
  }
}

extension Transaction {
  /// Announces a year for the administrator's area; what was announced before stays in the history.
  ///
  /// - Throws: `EditProblem.overtaken` where somebody has done so meanwhile.
  func announce(_ typed: TypedHolidays, by editor: Editor) throws {
    let (area, days) = (editor.principal.area, typed.days)
    let before = holding(try all(announcedYears(for: area))).first { $0.year == days.year }
    let isDone = try one(
      Query<Bool>(
        """
        SELECT announce_holidays(\(area), \(days.year)::integer, \(typed.seen)::bigint,
          \(days.document), \(list: days.daysOff.sorted())::date[],
          \(list: days.workdays.sorted())::date[], \(editor.now))
        """))
    guard isDone else { throw EditProblem.overtaken }
    try audit(
      AuditEvent(
        action: .announceHolidays, entity: "holiday_years", entityID: "\(area)-\(days.year)",
        before: before?.days.audited, after: days.audited), by: editor.origin)
  }
}
