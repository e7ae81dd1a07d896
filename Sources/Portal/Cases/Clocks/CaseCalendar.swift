package import Domain
package import Postgres

extension Transaction {
  /// What is owed next on the cases that somebody works: those given to them, and those that nobody has been given.
  package func caseDays(for principal: Principal) throws -> [CalendarDay] {
    guard principal.may(.noteCases) else { return [] }
    return try clockDays(for: principal) + instalmentDays(for: principal)
  }

  private func clockDays(for principal: Principal) throws -> [CalendarDay] {
    try all(
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

  /// The instalments to come of the plans that hold.
  private func instalmentDays(for principal: Principal) throws -> [CalendarDay] {
    try all(
      Query(
        """
        SELECT c.number, i.case_id, i.plan, i.part, i.due_on, i.amount::text AS amount
        FROM case_instalments i JOIN cases c ON c.id = i.case_id
        WHERE i.plan = (SELECT max(n.plan) FROM case_instalments n WHERE n.case_id = i.case_id)
          AND c.state <> ALL(\(list: CaseState.ended))
          AND (c.assigned_to = \(principal.accountID)
            OR c.assigned_to IS NULL AND \(principal.may(.workCases)))
        ORDER BY i.due_on, i.case_id LIMIT \(constant: 1000)
        """
      ) { row in
        let id: CaseID = try row("case_id")
        let (plan, part): (Int, Int) = (try row("plan"), try row("part"))
        let (number, amount): (String, Hundredths) = (try row("number"), try row("amount"))
        return CalendarDay(
          uid: "instalment-\(id)-\(plan)-\(part)@portal", day: try row("due_on"),
          title: "问题 \(number)：第 \(part) 期", detail: "\(amount.grouped) 元",
          remindsDaysBefore: 3)
      })
  }
}
