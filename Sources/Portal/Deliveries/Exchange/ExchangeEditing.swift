import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// A schedule as it was typed; nil in the place of the interval ends it.
struct TypedSchedule: Sendable {
  let type: CheckType
  let every: ExchangeInterval?
  let dueDay: Int
  /// Of the schedule as the form showed it; 0 where there was none.
  let version: Int
}

extension Transaction {
  /// Sets, changes or ends how often a source is expected.
  ///
  /// - Throws: `EditProblem.overtaken` when somebody else was faster.
  func setSchedule(_ typed: TypedSchedule, by editor: Editor) throws {
    let (area, type) = (editor.principal.area, typed.type)
    let before = try first(exchangeSchedules(in: area, type: type))
    guard (before?.version ?? 0) == typed.version else { throw EditProblem.overtaken }
    if let before {
      try change(before, typed, by: editor)
    } else if let every = typed.every {
      do {
        try execute(
          """
          INSERT INTO exchange_schedules (area, check_type, every, due_day, starts_on)
          VALUES (\(area), \(type), \(every), \(typed.dueDay), \(editor.today))
          """)
      } catch let error as PostgresError where error.isUniqueViolation() {
        throw EditProblem.overtaken
      }
    }
    try audit(
      AuditEvent(
        action: .scheduleExchange, entity: "exchange_schedules", entityID: type.rawValue,
        before: before.map { ["schedule": $0.text] },
        after: ["schedule": typed.every?.text(typed.dueDay) ?? "不再定期报送"]), by: editor.origin)
  }

  private func change(
    _ before: ExchangeSchedule, _ typed: TypedSchedule, by editor: Editor
  ) throws {
    let changed: Int
    if let every = typed.every {
      changed = try execute(
        """
        UPDATE exchange_schedules SET every = \(every), due_day = \(typed.dueDay),
          version = version + 1
        WHERE id = \(before.id) AND version = \(before.version)
        """)
    } else {
      changed = try execute(
        """
        UPDATE exchange_schedules SET ended_on = \(editor.today), version = version + 1
        WHERE id = \(before.id) AND version = \(before.version)
        """)
    }
    guard changed == 1 else { throw EditProblem.overtaken }
  }
}
