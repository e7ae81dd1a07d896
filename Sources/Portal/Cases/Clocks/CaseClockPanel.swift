import Clocks
import Domain
import Ground
import HTML
import Pages
import Postgres

extension Transaction {
  /// The clocks of a case, what presses first.
  func clocks(of worked: WorkedCase, on today: Day) throws -> [CaseClock] {
    try caseClocks(for: worked.record.area, on: today).due(worked.clocked.facts)
  }

  /// Keeps beside the case what is owed next, for lists; the case itself is not changed by it.
  func setClock(of id: CaseID, on today: Day) throws {
    let next = try clocks(of: try workedCase(id), on: today).owed
    try execute(
      """
      UPDATE cases SET next_due_on = \(optional: next?.due), next_clock = \(optional: next?.code)
      WHERE id = \(id)
      """)
  }
}

/// 期限: what runs, from when, by which rule, until when.
func clockPanel(_ clocks: [CaseClock]) -> HTML {
  panel(
    "期限",
    dataTable(
      caption: "期限",
      columns: [
        Column<CaseClock>("期限") { "\($0.title)" },
        Column("到期") { clock in
          "\(clock.due.iso)\(ifLet: clock.note, { "<br><small>\($0)</small>" })"
        },
        Column("状态") { tag($0.stateTitle, $0.tagKind) },
        Column("起算") { clock in
          "\(clock.start.iso)\(ifLet: clock.term, { "，\($0.title)" })"
        },
        Column("依据") { clock -> HTML in "<small>\(clock.source)</small>" },
      ], rows: clocks, empty: emptyState("还没有开始计算的期限")))
}

extension CaseClock {
  fileprivate var tagKind: TagKind {
    switch state {
    case .overdue: .alert
    case .soon: .warn
    case .running: .info
    case .met: isBroken ? .alert : .neutral
    }
  }
}
