import Domain
import Files
import Foundation
import Ground
import Postgres
import Web

/// What was seen of a home on a patrol.
struct Patrol: RowDecodable {
  let id: PatrolID
  let area: AreaCode
  let home: HomeID
  let place: String
  let observedAt: Date
  let signal: PatrolSignal
  let by: String
  let photos: Int
  private let noteSealed: [UInt8]

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    home = try row("home_id")
    place = try row("place")
    observedAt = try row("observed_at")
    signal = try row("signal")
    by = try row("recorded_by_name")
    photos = try row("photos")
    noteSealed = try row("note_sealed")
  }

  func note(_ keys: KeyRing) throws -> String {
    try keys.openText(noteSealed, for: .patrolNote, of: home)
  }

  static let columns: SQL = """
    p.id, p.area, p.home_id, e.name || ' ' || m.building || '-' || m.unit || '-' || m.room AS place,
    p.observed_at, p.signal, p.recorded_by_name, p.note_sealed,
    (SELECT count(*) FROM files f WHERE f.patrol_id = p.id) AS photos
    """
  static let joins: SQL = "JOIN homes m ON m.id = p.home_id JOIN estates e ON e.id = m.estate_id"
}

func patrol(_ id: PatrolID) -> Query<Patrol> {
  Query("SELECT \(Patrol.columns) FROM patrols p \(Patrol.joins) WHERE p.id = \(id)")
}

/// A patrol as it was typed.
struct TypedPatrol: Sendable {
  let key: UUID
  let observedAt: Date
  let signal: PatrolSignal
  let note: String
}

extension Transaction {
  /// Writes a patrol with its photos; the same key again is the same patrol.
  func record(
    _ typed: TypedPatrol, at place: HomePlace, photos: SentFiles, by actor: ActingPerson,
    keys: KeyRing
  ) throws -> PatrolID {
    let note = try keys.seal(Data(typed.note.utf8), for: .patrolNote, of: place.id)
    let id = try first(
      Query<PatrolID>(
        """
        INSERT INTO patrols (area, home_id, key, observed_at, signal, note_sealed, recorded_by,
          recorded_by_name, recorded_at)
        VALUES (\(place.area), \(place.id), \(typed.key.uuidString)::uuid, \(typed.observedAt),
          \(typed.signal), \(note), \(actor.principal.accountID), \(actor.principal.displayName),
          \(actor.now))
        ON CONFLICT ON CONSTRAINT patrols_key DO NOTHING RETURNING id
        """))
    guard let id else {
      return try one(
        Query<PatrolID>(
          """
          SELECT id FROM patrols WHERE recorded_by = \(actor.principal.accountID)
            AND key = \(typed.key.uuidString)::uuid
          """))
    }
    let titles = photos.files.indices.map { "巡查照片 \($0 + 1)" }
    try store(
      photos, of: .patrol(id), in: place.area,
      as: FileEntry(kind: .scene, titles: titles, by: actor.principal, at: actor.now), keys: keys)
    try audit(
      AuditEvent(
        action: .recordPatrol, entity: "patrols", entityID: id.description,
        after: [
          "home": place.id.description, "signal": typed.signal.rawValue,
          "files": String(photos.files.count),
        ]), by: actor.origin)
    return id
  }
}
