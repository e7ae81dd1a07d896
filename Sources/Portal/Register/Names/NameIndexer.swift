import Domain
package import Logging
package import Postgres
import ServiceLifecycle

/// Takes the names of people whom an import added into the index of names, some thousands at a time,
/// so that the import itself need not wait for it.
///
/// Until it has come to them, searches read these people one by one (`nameBacklog`).
package struct NameIndexer: Service {
  /// One transaction stays well below a second.
  static let chunk = 4_000

  /// A connection of its own: pages never wait for it.
  package let connect: @Sendable () -> Database
  package let logger: Logger

  package init(connect: @escaping @Sendable () -> Database, logger: Logger) {
    self.connect = connect
    self.logger = logger
  }

  package func run() async throws {
    let database = connect()
    defer { database.close() }
    try? await cancelWhenGracefulShutdown {
      while true {
        let isDone = await index(database)
        try await Task.sleep(for: isDone ? .seconds(3) : .milliseconds(20))
      }
    }
  }

  /// One chunk of each province's backlog; whether none is left.
  private func index(_ database: Database) async -> Bool {
    do {
      var isDone = true
      let areas = try await database.read { tx in try tx.all(provinces) }
      for area in areas {
        if try await Self.indexChunk(in: area, database) { isDone = false }
      }
      return isDone
    } catch {
      // A database that is away is asked again; what was not done stays in the backlog.
      if (error as? PostgresError)?.isUnavailable != true {
        logger.error("names not indexed", metadata: ["error": "\(error)"])
      }
      return true
    }
  }

  /// Indexes one chunk of the people who wait in an area.
  /// - Returns: whether there was one.
  static func indexChunk(in area: AreaCode, _ database: Database) async throws -> Bool {
    let context = TransactionContext(["portal.area": area.rawValue])
    return try await database.transaction(context) { tx in
      guard let waiting = try tx.first(nextBacklog) else { return false }
      let last = min(waiting.last, waiting.first + Int64(chunk) - 1)
      try tx.execute(insertGrams(first: waiting.first, last: last))
      if last == waiting.last {
        try tx.execute("DELETE FROM name_backlog WHERE id = \(waiting.id)")
      } else {
        try tx.execute(
          "UPDATE name_backlog SET first_person = \(last + 1) WHERE id = \(waiting.id)")
      }
      return true
    }
  }
}

private let provinces = Query<AreaCode>("SELECT code FROM areas WHERE char_length(code) = 2")

/// Two portals on one database take different ones.
private let nextBacklog: Query<(id: Int64, first: Int64, last: Int64)> = Query(
  """
  SELECT id, first_person, last_person FROM name_backlog
  ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
  """
) { (try $0("id"), try $0("first_person"), try $0("last_person")) }

/// The people are held meanwhile, so that nobody is renamed between reading and writing.
private func insertGrams(first: Int64, last: Int64) -> SQL {
  """
  INSERT INTO person_name_grams (gram, area, household_id, person_id)
  SELECT gram, p.area, p.household_id, p.id
  FROM (SELECT id, area, household_id, name FROM persons
    WHERE id BETWEEN \(first) AND \(last) FOR SHARE) p, name_grams(p.name) gram
  ORDER BY 1, 2, 3, 4
  ON CONFLICT DO NOTHING
  """
}
