import Domain
import Foundation
import Ground
import Pages
import Postgres

/// An entry of a case's ledger, with what it is for.
struct CaseEntry: RowDecodable, Sendable {
  let kind: LedgerEntry.Kind
  let item: LedgerItem
  let amount: Hundredths
  let day: Day
  let note: String
  let enteredByName: String
  let enteredAt: Date

  init(_ row: Row) throws {
    kind = try row("kind")
    item = try row("item")
    amount = try row("amount")
    day = try row("on_day")
    note = try row("note")
    enteredByName = try row("entered_by_name")
    enteredAt = try row("entered_at")
  }

  var entry: LedgerEntry? { LedgerEntry(kind, amount, on: day) }
}

/// One instalment of the plan that holds.
struct CaseInstalment: RowDecodable, Sendable {
  let plan: Int
  let due: Day
  let amount: Hundredths
  let agreedOn: Day

  init(_ row: Row) throws {
    plan = try row("plan")
    due = try row("due_on")
    amount = try row("amount")
    agreedOn = try row("agreed_on")
  }
}

/// What is owed and paid on a case.
struct CaseLedger: Sendable {
  let entries: [CaseEntry]
  let instalments: [CaseInstalment]

  var ledger: RentLedger { RentLedger(entries.compactMap(\.entry)) }

  /// How each instalment stands: what was paid since the plan was agreed goes to them in their order.
  func instalmentStates(on today: Day) -> [(CaseInstalment, InstalmentState)] {
    guard let first = instalments.first,
      let plan = try? InstalmentPlan(
        instalments.map { Instalment(due: $0.due, amount: $0.amount) },
        total: instalments.reduce(.zero) { $0 + $1.amount })
    else { return [] }
    let paid = ledger.entries.filter { $0.kind == .payment && $0.day >= first.agreedOn }
    return Array(zip(instalments, plan.states(paid: paid, on: today)))
  }
}

extension Transaction {
  func caseLedger(_ id: CaseID) throws -> CaseLedger {
    CaseLedger(
      entries: try all(
        Query(
          """
          SELECT kind, item, amount::text AS amount, on_day, note, entered_by_name, entered_at
          FROM case_entries WHERE case_id = \(id) ORDER BY on_day, id
          """)),
      instalments: try all(
        Query(
          """
          SELECT plan, due_on, amount::text AS amount, agreed_on FROM case_instalments
          WHERE case_id = \(id) AND plan = (
            SELECT max(plan) FROM case_instalments WHERE case_id = \(id))
          ORDER BY part
          """)))
  }
}

/// What somebody enters.
struct TypedEntry: Sendable {
  let kind: LedgerEntry.Kind
  let item: LedgerItem
  let amount: Hundredths
  let day: Day
  let note: String
}

extension CaseStepWriting {
  func enter(_ typed: TypedEntry, _ tx: Transaction) throws {
    try note(
      .entry, "\(typed.kind.title) \(typed.amount.grouped) 元（\(typed.item.title)），\(typed.day.iso)",
      needs: .workCases, tx,
      telling: [
        "kind": typed.kind.rawValue, "item": typed.item.rawValue, "amount": typed.amount.text,
        "on_day": typed.day.iso,
      ])
    try tx.execute(
      """
      INSERT INTO case_entries (area, case_id, kind, item, amount, on_day, note, entered_by,
        entered_by_name, entered_at)
      VALUES (\(record.area), \(record.id), \(typed.kind), \(typed.item), \(typed.amount),
        \(typed.day), \(typed.note), \(editor.principal.accountID),
        \(editor.principal.displayName), \(editor.now))
      """)
  }

  func agree(_ plan: InstalmentPlan, on day: Day, _ tx: Transaction) throws {
    let sum = plan.instalments.reduce(Hundredths.zero) { $0 + $1.amount }
    try note(
      .instalments, "分 \(plan.instalments.count) 期付清 \(sum.grouped) 元", needs: .workCases, tx,
      telling: ["amount": sum.text, "parts": String(plan.instalments.count)])
    let before = try tx.one(
      Query<Int>("SELECT coalesce(max(plan), 0) FROM case_instalments WHERE case_id = \(record.id)")
    )
    for (index, part) in plan.instalments.enumerated() {
      try tx.execute(
        """
        INSERT INTO case_instalments (area, case_id, plan, part, due_on, amount, agreed_on, set_by,
          set_by_name, set_at)
        VALUES (\(record.area), \(record.id), \(before + 1), \(index + 1), \(part.due),
          \(part.amount), \(day), \(editor.principal.accountID), \(editor.principal.displayName),
          \(editor.now))
        """)
    }
  }
}
