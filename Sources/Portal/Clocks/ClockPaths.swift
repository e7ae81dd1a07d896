package import HTML
package import Pages

// What clocks count with: holidays by year, and the terms of a county.
extension Paths {
  /// `?year=` says of which year the days are shown.
  static let adminHolidayNew = PagePath("/admin/holidays/new")
  static let adminHolidayImport = PagePath("/admin/holidays/import")
  static let adminHolidayTemplate = PagePath("/admin/holidays/template")
  package static let deskCalendar = PagePath("/desk/calendar")
  static let deskCalendarEnd = PagePath("/desk/calendar/end")
  /// The secret address that a calendar program reads.
  static let calendarFeed = PagePathOf<CalendarToken>("/calendar/:token")
  package static let deskClocks = PagePath("/desk/clocks")
  /// `?code=` says which clock.
  static let deskClockTerm = PagePath("/desk/clocks/term")
}
