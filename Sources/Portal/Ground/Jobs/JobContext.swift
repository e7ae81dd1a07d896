public import Domain
public import Foundation
public import Postgres

/// What a job works with: who it works for, connections of its own, and how far it is.
public struct JobContext: Sendable {
  public let order: JobOrder
  /// The account in whose name it is done; nil for what the portal does for itself.
  let person: Principal?
  /// On a connection of the job's own: pages never wait for it.
  public let databases: Databases
  public let progress: JobProgress
  public let now: Date

  /// The account in whose name it is done, in the area of the job.
  public var actor: Principal {
    guard let person else { preconditionFailure("\(order.kind) is done in nobody's name") }
    return person
  }

  /// The row that the job is about.
  public func subject<ID: RecordID>(_ type: ID.Type = ID.self) -> ID {
    ID(rawValue: order.subject)
  }

  /// Who is behind what the job does, for the audit log.
  public var origin: AuditOrigin {
    .staff(
      actor, address: order.terms["address"] ?? "", reference: order.terms["reference"] ?? "",
      at: now)
  }

  /// Says what begins now.
  ///
  /// - Throws: `JobProgress.Cancelled` when the job is to stop; so do the others.
  public func begin(_ phase: String) throws { try progress.begin(phase) }

  /// Says how far it is.
  public func advance(to rows: Int, of expected: Int?) throws {
    try progress.advance(to: rows, of: expected)
  }

  /// Reads as the account of the job.
  public func read<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await databases.read(as: actor) { tx in try stoppable(tx, body) }
  }

  /// Writes as the account of the job: a step that stands whatever becomes of the rest.
  public func transaction<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await databases.transaction(as: actor) { tx in try stoppable(tx, body) }
  }

  /// A step after which the job goes on from there, if it is broken off.
  ///
  /// - Parameter body: returns what ``JobOrder/terms`` are from then on.
  public func step<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> (T, terms: [String: String])
  ) async throws -> T {
    try await databases.transaction(as: actor) { tx in
      let (value, terms) = try stoppable(tx, body)
      let kept = try tx.execute(
        "UPDATE jobs SET terms = \(try terms.json)::jsonb, heard_at = now() WHERE \(order.isOurs)")
      guard kept == 1 else { throw JobProgress.Cancelled() }
      return value
    }
  }

  /// The last step, with which the job is done: both stand or neither. Nothing stops the job from then on.
  public func finish<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    let value = try await lastTransaction { tx in
      let value = try stoppable(tx, body)
      // Last, since the row is held until COMMIT: until then it is said how far the job is.
      try tx.end(order, .done, rows: progress.now.rows)
      return value
    }
    progress.finish()
    return value
  }

  private func lastTransaction<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    if let person { return try await databases.transaction(as: person, body) }
    return try await databases.staff.transaction(
      TransactionContext(["portal.area": order.area.rawValue]), body)
  }

  /// While the body runs, its statement can be broken off.
  private func stoppable<T>(_ tx: Transaction, _ body: (Transaction) throws -> T) throws -> T {
    try progress.works(on: try tx.one(Query<Int32>("SELECT pg_backend_pid()")))
    defer { try? progress.works(on: nil) }
    return try body(tx)
  }
}
