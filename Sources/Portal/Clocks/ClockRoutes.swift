import Domain
package import Pages
package import Web

/// Holidays by year, and the terms of a county's clocks.
package struct ClockRoutes: Sendable {
  let services: Services
  let sources: [CalendarSource]
  /// What people type into their browsers; nil where it is not known.
  let address: String?
  let recount: ClockRecount

  /// - Parameters:
  ///   - sources: what stands in calendars, room by room.
  ///   - recount: what reckons anew once terms have changed.
  package init(
    services: Services, sources: [CalendarSource], address: String?, recount: ClockRecount
  ) {
    self.services = services
    self.sources = sources
    self.address = address
    self.recount = recount
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let access = Access.needs(.manageHolidays)
    let holidays = HolidayHandlers(services: services)
    routes.get(Paths.adminHolidays, access, holidays.listHolidays)
    routes.form(
      Paths.adminHolidayNew, access, confirmed: true,
      HolidayForm(services: services).form)
    let imports = HolidayImportHandlers(services: services)
    routes.get(Paths.adminHolidayImport, access, imports.showImport)
    routes.upload(
      Paths.adminHolidayImport, access, limits: HolidayImportHandlers.limits,
      imports.importHolidays)
    routes.get(Paths.adminHolidayTemplate, access, imports.downloadTemplate)

    let terms = ClockTermHandlers(services: services, recount: recount)
    routes.get(Paths.deskClocks, .needs(.viewCases), terms.listTerms)
    routes.form(
      Paths.deskClockTerm, .needs(.setClocks),
      ClockTermForm(services: services, recount: recount).form)

    let calendars = CalendarHandlers(services: services, sources: sources, address: address)
    routes.get(Paths.deskCalendar, .needs(.viewDesk), calendars.showCalendar)
    routes.post(Paths.deskCalendar, .needs(.viewDesk), calendars.openFeed)
    routes.post(Paths.deskCalendarEnd, .needs(.viewDesk), calendars.closeFeed)
    routes.get(Paths.calendarFeed, .public, calendars.readFeed)
  }
}
