import Domain
import Foundation
import Ground
import Pages
import Postgres
import Reviews
import Spreadsheet

/// Does what an order asks, all in the one transaction that it is given.
struct DeliveryEngine: Sendable {
  let order: DeliveryOrder
  let keys: KeyRing
  let progress: JobProgress
  let now: Date

  private var today: Day { ShanghaiTime.day(of: now) }

  func run(_ tx: Transaction) throws {
    try prepare(tx)
    let delivery = try tx.one(deliveryHead(order.id))
    switch order.work {
    case .match(let path, let name, let size):
      let workbook = try Workbook(path: path, fileName: name, limits: ExtractMatching.limits)
      try match(delivery, workbook, size, tx)
    case .assess:
      try progress.begin("核对答复")
      try tx.keepAssessment(of: delivery)
      try end(.matched, tx)
    case .commit(let reason): try commit(delivery, reason, tx)
    }
  }

  private func prepare(_ tx: Transaction) throws {
    progress.works(on: try tx.one(Query<Int32>("SELECT pg_backend_pid()")))
    try tx.script(
      """
      SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
      SET LOCAL work_mem = '64MB'; SET LOCAL jit = off
      """)
  }

  // MARK: Matching

  private func match(
    _ delivery: DeliveryHead, _ workbook: Workbook, _ size: Int, _ tx: Transaction
  ) throws {
    var outcome = try read(delivery, workbook, size, tx)
    try tx.keepProblems(outcome.log, of: delivery)
    guard !outcome.log.isBlocked else {
      try tx.keepCounts(outcome, of: delivery.id)
      return try end(.failed, message: outcome.log.rows.first?.message, tx)
    }
    try progress.begin("核对答复")
    if delivery.way != .workList {
      let lines = try tx.eligibilityLines(for: delivery.area, year: delivery.asOf.year)
      try HouseholdResults(delivery: delivery, lines: lines, keys: keys, progress: progress)
        .keepAll(tx)
      outcome.skipped = try tx.leaveOpen(of: delivery)
    }
    try tx.keepCounts(outcome, of: delivery.id)
    try tx.keepAssessment(of: delivery)
    try end(.matched, tx)
  }

  private func read(
    _ delivery: DeliveryHead, _ workbook: Workbook, _ size: Int, _ tx: Transaction
  ) throws -> DeliveryOutcome {
    guard delivery.way == .workList else {
      return try ExtractMatching(
        delivery: delivery, workbook: workbook, size: size, keys: keys, today: today,
        progress: progress
      ).run(tx)
    }
    guard let round = delivery.round else { throw DeliveryRefusal.noRound }
    return try WorkListReading(
      delivery: delivery, round: round, workbook: workbook, size: size, keys: keys, today: today,
      progress: progress
    ).run(tx)
  }

  // MARK: Coming into force

  private func commit(_ delivery: DeliveryHead, _ reason: String?, _ tx: Transaction) throws {
    try progress.begin("写入答复")
    let shown = try tx.one(shownChanges(delivery.id))
    try tx.proposeAnswers(of: delivery)
    // What a register says of a later day is no contradiction of what it said before.
    let exchange = delivery.round == nil ? "定期交换，数据截止 \(delivery.asOf.iso)" : nil
    let terms = AnswerTerms(reason: reason ?? exchange, leavesOutside: true)
    let taken: AnswerAssessment
    do {
      taken = try tx.recordAnswers(of: delivery, terms, at: now)
    } catch AnswerRefusal.reasonNeeded, AnswerRefusal.overtaken {
      throw DeliveryRefusal.overtaken
    }
    // Whoever confirmed has seen another list of differences.
    guard taken.changed <= shown else { throw DeliveryRefusal.overtaken }
    try tx.execute(
      """
      UPDATE deliveries SET previous_id = (
        SELECT max(p.id) FROM deliveries p
        WHERE p.check_type = \(delivery.type) AND p.area = \(delivery.area) AND p.state = 'done'
          AND p.way IN ('extract', 'api') AND p.id <> \(delivery.id))
      WHERE id = \(delivery.id) AND way IN ('extract', 'api')
      """)
    try tx.execute("DELETE FROM delivery_answers WHERE delivery_id = \(delivery.id)")
    try tx.audit(
      AuditEvent(
        action: .commitDelivery, entity: "deliveries", entityID: delivery.id.description,
        after: [
          "type": delivery.type.rawValue, "way": delivery.way.rawValue, "new": String(taken.new),
          "same": String(taken.same), "changed": String(taken.changed),
          "outside": String(taken.outside),
        ]), by: order.origin)
    try end(.done, tx)
  }

  private func shownChanges(_ id: DeliveryID) -> Query<Int> {
    Query("SELECT coalesce(answers_changed, 0) FROM deliveries WHERE id = \(id)")
  }

  /// - Throws: `JobProgress.Cancelled` when the order no longer counts: the transaction then leaves no
  ///   trace.
  private func end(_ state: DeliveryState, message: String? = nil, _ tx: Transaction) throws {
    progress.works(on: nil)
    let ended = try tx.execute(
      """
      UPDATE deliveries SET state = \(state), worker = NULL, phase = NULL,
        message = \(optional: message), version = version + 1
      WHERE id = \(order.id) AND worker = \(order.worker)
      """)
    guard ended == 1 else { throw JobProgress.Cancelled() }
  }
}

extension Transaction {
  fileprivate func keepCounts(_ outcome: DeliveryOutcome, of id: DeliveryID) throws {
    try execute(
      """
      UPDATE deliveries SET row_count = \(outcome.rows), rows_done = \(outcome.rows),
        rows_expected = \(outcome.rows), matched_rows = \(outcome.matched),
        other_rows = \(outcome.others), bad_rows = \(outcome.bad),
        undecided_rows = \(outcome.undecided), skipped_households = \(outcome.skipped)
      WHERE id = \(id)
      """)
  }
}
