package import Domain
package import Postgres

/// What somebody has to do by when, of one room. The rooms stand after this one; the roof brings what they say here.
package struct CalendarSource: Sendable {
  /// No names and no numbers of people: feeds lie on other people's servers.
  let days: @Sendable (Transaction, Principal, Day) throws -> [CalendarDay]

  /// - Parameter days: for somebody, on a day, as they may see it.
  package init(
    days: @escaping @Sendable (Transaction, Principal, Day) throws -> [CalendarDay]
  ) {
    self.days = days
  }
}

extension [CalendarSource] {
  /// Of all rooms, the earliest first.
  func days(_ tx: Transaction, for principal: Principal, on today: Day) throws -> [CalendarDay] {
    try flatMap { try $0.days(tx, principal, today) }.sorted {
      ($0.day, $0.uid) < ($1.day, $1.uid)
    }
  }
}
