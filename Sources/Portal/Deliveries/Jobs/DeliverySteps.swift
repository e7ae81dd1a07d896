package import Domain
package import Foundation
package import Ground
import Postgres
import Reviews
import Web

/// What people, and other systems for them, do to a delivery.
package struct DeliverySteps: Sendable {
  let id: DeliveryID
  let databases: Databases
  let jobs: JobRunner
  let actor: Principal
  let origin: AuditOrigin
  let now: Date

  package init(
    _ id: DeliveryID, databases: Databases, jobs: JobRunner, as actor: Principal,
    by origin: AuditOrigin, at now: Date
  ) {
    self.id = id
    self.databases = databases
    self.jobs = jobs
    self.actor = actor
    self.origin = origin
    self.now = now
  }

  /// Lets it come into force if the matching came to anything.
  func confirmMatched(reason: String?) async throws {
    let state = try await databases.read(as: actor) { [id] tx in try tx.one(deliveryHead(id)).state
    }
    if state == .matched { try await confirm(reason: reason) }
  }

  /// Lets it come into force. A second time does nothing.
  ///
  /// - Parameters:
  ///   - version: of the delivery as the preview showed it; nil for whatever it is now.
  ///   - reason: why answers differ from the bureau's own earlier ones.
  /// - Throws: ``DeliveryRefusal``.
  package func confirm(version: Int? = nil, reason: String?) async throws {
    let home = jobs.program.home
    let isNew = try await databases.transaction(as: actor) { tx in
      let record = try hold(tx)
      if record.state == .done || record.state == .committing { return false }
      guard record.state == .matched, version == nil || version == record.version else {
        throw DeliveryRefusal.state(record.state)
      }
      guard record.roundClosedOn == nil else { throw DeliveryRefusal.roundClosed }
      let undecided = try tx.one(undecidedRows(of: id))
      guard undecided == 0 else { throw DeliveryRefusal.undecided(undecided) }
      let unexplained = record.answersUnexplained ?? 0
      guard unexplained == 0 || reason != nil else {
        throw DeliveryRefusal.reasonNeeded(unexplained)
      }
      try tx.execute(
        """
        UPDATE deliveries SET state = 'committing', message = NULL,
          confirmed_by = \(actor.accountID), confirmed_by_name = \(actor.displayName),
          confirmed_at = \(now), version = version + 1
        WHERE id = \(id)
        """)
      let job = NewJob(
        DeliveryCommitJob.self, of: id, record.type, in: record.area, home: home,
        terms: reason.map { ["reason": $0] } ?? [:], by: origin)
      try tx.enter(job, as: actor, in: record.area)
      try audit(.confirmDelivery, reason.map { ["reason": $0] }, tx)
      return true
    }
    if isNew { await jobs.wake() }
  }

  /// Gives it up: what works on it hears of it and stops, and nothing of it stays.
  package func cancel() async throws {
    try await databases.transaction(as: actor) { tx in
      let record = try hold(tx)
      guard [.matching, .matched, .committing].contains(record.state) else {
        throw DeliveryRefusal.state(record.state)
      }
      try tx.execute(
        """
        UPDATE deliveries SET state = 'cancelled', version = version + 1
        WHERE id = \(id)
        """)
      try tx.cancelJobs(DeliveryRecord.jobs, of: id)
      for table in ["check_records", "delivery_matches", "delivery_answers", "delivery_changes"]
        as [StaticString]
      {
        try tx.execute("DELETE FROM \(raw: table) WHERE delivery_id = \(id)")
      }
      try audit(.cancelDelivery, nil, tx)
    }
  }

  /// Lays its answers once more beside those in force.
  func assess() async throws {
    let home = jobs.program.home
    try await databases.transaction(as: actor) { tx in
      let record = try hold(tx)
      guard record.state == .matched else { throw DeliveryRefusal.state(record.state) }
      try tx.execute(
        """
        UPDATE deliveries SET state = 'matching', message = NULL, version = version + 1
        WHERE id = \(id)
        """)
      try tx.enter(
        NewJob(
          DeliveryAssessJob.self, of: id, record.type, in: record.area, home: home, by: origin),
        as: actor, in: record.area)
    }
    await jobs.wake()
  }

  /// Holds the row, so that of two who press at once one is told; only the bureau that owes the check.
  private func hold(_ tx: Transaction) throws -> DeliveryRecord {
    guard
      try tx.first(
        Query<DeliveryID>("SELECT id FROM deliveries WHERE id = \(id) FOR NO KEY UPDATE")) != nil
    else { throw WebError.notFound }
    let record = try tx.one(deliveryRecord(id))
    try record.demandOwner(actor)
    return record
  }

  private func audit(_ action: AuditAction, _ after: [String: String]?, _ tx: Transaction) throws {
    try tx.audit(
      AuditEvent(
        action: action, entity: "deliveries", entityID: id.description, after: after),
      by: origin)
  }
}
