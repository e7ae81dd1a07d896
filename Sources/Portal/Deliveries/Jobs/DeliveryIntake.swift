package import Domain
package import Foundation
package import Ground
import Postgres
import Reviews
import Web

/// A file on disk that somebody delivers. Taking it in moves it away.
package struct ArrivingFile: Sendable {
  let path: String
  let name: String
  let size: Int
  /// SHA-256.
  let hash: [UInt8]

  package init(path: String, name: String, size: Int, hash: [UInt8]) {
    self.path = path
    self.name = String(name.unicodeScalars.suffix(200).map(Character.init))
    self.size = size
    self.hash = hash
  }

  init(_ file: UploadedFile) {
    self.init(path: file.path, name: file.declaredName, size: file.size, hash: file.sha256)
  }
}

/// What is said of a file that is delivered.
package struct DeliveryTerms: Sendable {
  package var type: CheckType
  /// ``DeliveryWay/extract``, ``DeliveryWay/api`` (read as an extract) or ``DeliveryWay/workList``.
  package var way: DeliveryWay
  /// The day for which the bureau vouches.
  package var asOf: Day
  /// Whether who is missing in it is answered for as well.
  package var isComplete = false
  /// Which round it answers; nil for the one that runs.
  package var round: ReviewRoundID?

  package init(
    type: CheckType, way: DeliveryWay, asOf: Day, isComplete: Bool = false,
    round: ReviewRoundID? = nil
  ) {
    self.type = type
    self.way = way
    self.asOf = asOf
    self.isComplete = isComplete
    self.round = round
  }
}

/// Takes files in and sets their matching going: for the pages as for the interface.
package struct DeliveryIntake: Sendable {
  /// So many of a bureau wait at most in one program, each with its file on disk.
  static let mostWaiting = 8

  let databases: Databases
  let jobs: JobRunner

  package init(databases: Databases, jobs: JobRunner) {
    self.databases = databases
    self.jobs = jobs
  }

  /// What became of a file.
  package struct Taken: Sendable, Equatable {
    package let id: DeliveryID
    /// Whether the same file came before under the same terms: then that delivery stands, and nothing
    /// was done.
    let isKnown: Bool
  }

  /// - Throws: ``DeliveryRefusal``; `WebError.forbidden` where the check is another bureau's to answer.
  package func take(
    _ file: ArrivingFile, _ terms: DeliveryTerms, as actor: Principal, by origin: AuditOrigin,
    at now: Date
  ) async throws -> Taken {
    guard terms.asOf <= ShanghaiTime.day(of: now) else { throw DeliveryRefusal.dayInFuture }
    let lane = deliveryLane(terms.type.bureau, in: actor.area)
    guard try await jobs.held(in: lane) < Self.mostWaiting else { throw DeliveryRefusal.crowded }
    let (path, program) = (try TakenFile.take(file.path), jobs.program)
    do {
      let taken = try await databases.transaction(as: actor) { tx in
        let taken = try tx.enterDelivery(file, terms, by: actor, origin, at: now)
        guard !taken.isKnown else { return taken }
        // Where the file stands, nowhere else, it is matched.
        let job = NewJob(
          DeliveryMatchJob.self, of: taken.id, terms.type, in: actor.area, home: program.id,
          terms: ["path": path, "name": file.name, "size": String(file.size)], by: origin)
        try tx.enter(job, as: actor, in: actor.area)
        return taken
      }
      if taken.isKnown { unlink(path) } else { await jobs.wake() }
      return taken
    } catch {
      unlink(path)
      throw error
    }
  }
}

extension Transaction {
  fileprivate func enterDelivery(
    _ file: ArrivingFile, _ terms: DeliveryTerms, by actor: Principal, _ origin: AuditOrigin,
    at now: Date
  ) throws -> DeliveryIntake.Taken {
    let round = try runningRound(terms, in: actor.area)
    // Two who send the same file at once come one after the other.
    try execute("SELECT pg_advisory_xact_lock(7431, hashtext(\(hexadecimal(file.hash))))")
    if let known = try first(earlierDelivery(of: file.hash, terms, round: round)) {
      return DeliveryIntake.Taken(id: known, isKnown: true)
    }
    let head = try openDelivery(
      NewDelivery(
        round: round, type: terms.type, way: terms.way, state: .matching, asOf: terms.asOf,
        isComplete: terms.isComplete,
        file: DeliveredFile(
          name: file.name.isEmpty ? "未命名" : file.name, size: file.size, hash: file.hash)),
      by: actor, at: now)
    try audit(
      AuditEvent(
        action: .receiveDelivery, entity: "deliveries", entityID: head.id.description,
        after: [
          "type": terms.type.rawValue, "way": terms.way.rawValue, "as_of": terms.asOf.iso,
          "complete": String(terms.isComplete), "sha256": hexadecimal(file.hash),
          "bytes": String(file.size),
        ]), by: origin)
    return DeliveryIntake.Taken(id: head.id, isKnown: false)
  }

  /// The round that a delivery answers; nil for regular exchange.
  private func runningRound(
    _ terms: DeliveryTerms, in area: AreaCode
  ) throws -> ReviewRoundID? {
    let running = try all(openRounds(overlapping: area))
    if let wanted = terms.round {
      guard running.contains(where: { $0.id == wanted }) else { throw AnswerRefusal.roundClosed }
      return wanted
    }
    guard running.count < 2 else { throw DeliveryRefusal.severalRounds }
    if running.isEmpty, terms.way == .workList { throw DeliveryRefusal.noRound }
    return running.first?.id
  }
}

/// The same file, delivered before under the same terms and not given up since.
private func earlierDelivery(
  of hash: [UInt8], _ terms: DeliveryTerms, round: ReviewRoundID?
) -> Query<DeliveryID> {
  Query(
    """
    SELECT id FROM deliveries
    WHERE file_hash = \(hash) AND check_type = \(terms.type) AND as_of = \(terms.asOf)
      AND is_complete = \(terms.isComplete) AND (way = 'work_list') = \(terms.way == .workList)
      AND round_id IS NOT DISTINCT FROM \(optional: round)::bigint
      AND state IN ('matching', 'matched', 'committing', 'done')
    ORDER BY id DESC LIMIT 1
    """)
}
