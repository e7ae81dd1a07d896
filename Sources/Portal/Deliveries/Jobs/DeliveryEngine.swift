import Domain
import Foundation
import Ground
import Pages
import Postgres
import Reviews
import Spreadsheet

/// Does what a job of a delivery asks, all in the one transaction that it is given.
struct DeliveryEngine: Sendable {
  let job: JobContext
  let keys: KeyRing

  private var id: DeliveryID { job.subject() }
  private var progress: JobProgress { job.progress }
  private var today: Day { ShanghaiTime.day(of: job.now) }

  private func prepare(_ tx: Transaction) throws -> DeliveryHead {
    try tx.script(
      """
      SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
      SET LOCAL work_mem = '64MB'; SET LOCAL jit = off
      """)
    return try tx.one(deliveryHead(id))
  }

  func assess(_ tx: Transaction) throws {
    let delivery = try prepare(tx)
    try progress.begin("核对答复")
    try tx.keepAssessment(of: delivery)
    try end(from: .matching, to: .matched, tx)
  }

  // MARK: Matching

  func match(_ workbook: Workbook, _ size: Int, _ tx: Transaction) throws {
    let delivery = try prepare(tx)
    var outcome = try read(delivery, workbook, size, tx)
    try tx.keepProblems(outcome.log, of: delivery)
    guard !outcome.log.isBlocked else {
      try tx.keepCounts(outcome, of: delivery.id)
      return try end(
        from: .matching, to: .failed, message: outcome.log.rows.first?.message, tx)
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
    try end(from: .matching, to: .matched, tx)
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

  func commit(_ reason: String?, _ tx: Transaction) throws {
    let delivery = try prepare(tx)
    try progress.begin("写入答复")
    let shown = try tx.one(shownChanges(delivery.id))
    try tx.proposeAnswers(of: delivery)
    // What a register says of a later day is no contradiction of what it said before.
    let exchange = delivery.round == nil ? "定期交换，数据截止 \(delivery.asOf.iso)" : nil
    let terms = AnswerTerms(reason: reason ?? exchange, leavesOutside: true)
    let taken: AnswerAssessment
    do {
      taken = try tx.recordAnswers(of: delivery, terms, keys: keys, at: job.now)
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
        ]), by: job.origin)
    try end(from: .committing, to: .done, tx)
  }

  private func shownChanges(_ id: DeliveryID) -> Query<Int> {
    Query("SELECT coalesce(answers_changed, 0) FROM deliveries WHERE id = \(id)")
  }

  /// - Throws: `JobProgress.Cancelled` when it was given up meanwhile: the transaction then leaves no
  ///   trace.
  private func end(
    from working: DeliveryState, to state: DeliveryState, message: String? = nil, _ tx: Transaction
  ) throws {
    let ended = try tx.execute(
      """
      UPDATE deliveries SET state = \(state), message = \(optional: message), version = version + 1
      WHERE id = \(id) AND state = \(working)
      """)
    guard ended == 1 else { throw JobProgress.Cancelled() }
  }
}

extension Transaction {
  fileprivate func keepCounts(_ outcome: DeliveryOutcome, of id: DeliveryID) throws {
    try execute(
      """
      UPDATE deliveries SET row_count = \(outcome.rows), matched_rows = \(outcome.matched),
        other_rows = \(outcome.others), bad_rows = \(outcome.bad),
        undecided_rows = \(outcome.undecided), skipped_households = \(outcome.skipped)
      WHERE id = \(id)
      """)
  }
}
