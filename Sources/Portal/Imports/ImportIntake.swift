import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Web

/// Takes a file in: it is known by its hash, and kept sealed.
struct ImportIntake: Sendable {
  let services: Services
  let jobs: JobRunner

  struct Stored: Sendable {
    let id: ImportID
    /// Whether the same file was sent before: it is not checked before somebody says so.
    let isRepeated: Bool
  }

  func store(
    _ file: UploadedFile, _ kind: RegisterSheet, as actor: Principal, by origin: AuditOrigin,
    at now: Date
  ) async throws -> Stored {
    let keys = services.keys
    // Sealing a large file takes a while: not on the connections that pages wait for.
    let database = Database(
      DatabaseConfiguration(
        connectionString: jobs.connectionString, workers: 1,
        waitLimit: .seconds(10), applicationName: "portal-intake"),
      logger: services.logger)
    defer { database.close() }
    let databases = Databases(staff: database, publicSide: database, inspector: database)
    return try await databases.transaction(as: actor) { tx in
      // Two who send the same file at once come one after the other.
      try tx.execute(
        "SELECT pg_advisory_xact_lock(7430, hashtext(\(hexadecimal(file.sha256))))")
      let isRepeated = try tx.first(earlierImport(of: file.sha256, kind)) != nil
      let id = try tx.one(
        newImport(
          kind, isRepeated ? .repeated : .uploaded, name: file.declaredName, size: file.size,
          hash: file.sha256, isCommand: false, by: actor, at: now))
      try ImportFile.store(file.path, of: id, in: actor.area, keys, tx)
      try tx.audit(uploadEvent(id, kind, hash: file.sha256, size: file.size), by: origin)
      if !isRepeated {
        try tx.enter(NewJob(ImportCheckJob.self, of: id), as: actor, in: actor.area)
      }
      return Stored(id: id, isRepeated: isRepeated)
    }
  }
}

func uploadEvent(
  _ id: ImportID, _ kind: RegisterSheet, hash: [UInt8], size: Int
) -> AuditEvent {
  AuditEvent(
    action: .uploadImport, entity: "imports", entityID: id.description,
    after: ["kind": kind.rawValue, "sha256": hexadecimal(hash), "bytes": String(size)])
}

func newImport(
  _ kind: RegisterSheet, _ state: ImportState, name: String, size: Int, hash: [UInt8],
  isCommand: Bool, by actor: Principal, at now: Date
) -> Query<ImportID> {
  let shown = String(name.unicodeScalars.suffix(200).map(Character.init))
  return Query(
    """
    INSERT INTO imports (area, kind, state, file_name, file_size, file_hash, is_command,
      uploaded_by, uploaded_by_name, uploaded_at)
    VALUES (\(actor.area), \(kind.rawValue), \(state), \(shown.isEmpty ? "未命名" : shown), \(size),
      \(hash), \(isCommand), \(actor.accountID), \(actor.displayName), \(now))
    RETURNING id
    """)
}
