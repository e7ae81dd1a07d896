package import Domain
package import Postgres

extension Transaction {
  /// What is owed next on the cases that somebody works: those given to them, and those that nobody has been given.
  package func caseDays(for principal: Principal) throws -> [CalendarDay] {
    guard principal.may(.noteCases) else { return [] }
    return try all(
      Query(
        """
        SELECT id, number, nature, next_due_on, next_clock FROM cases
        WHERE next_due_on IS NOT NULL AND (assigned_to = \(principal.accountID)
          OR assigned_to IS NULL AND \(principal.may(.workCases)))
        ORDER BY next_due_on, id LIMIT \(constant: 1000)
        """
      ) { row in
        let id: CaseID = try row("id")
        let number: String = try row("number")
        let nature: ExitNature = try row("nature")
        let clock: ClockCode? = try row("next_clock", as: String?.self).flatMap {
          ClockCode(rawValue: $0)
        }
        return CalendarDay(
          uid: "case-\(id)@portal", day: try row("next_due_on"),
          title: "问题 \(number)：\(clock?.rule.title ?? "期限")", detail: nature.markedTitle,
          remindsDaysBefore: 3)
      })
  }
}
