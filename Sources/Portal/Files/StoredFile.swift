package import Domain
package import Foundation
package import Ground
package import Postgres

/// A file, as far as its clean copy is.
package struct StoredFile: RowDecodable, Sendable {
  package enum State: Sendable {
    case waiting
    case clean
    case unreadable(FileRefusal)

    init(_ row: Row) throws {
      switch try row("state", as: String.self) {
      case "waiting": self = .waiting
      case "clean": self = .clean
      default:
        let refusal = try row("refusal", as: String?.self).flatMap { FileRefusal(rawValue: $0) }
        self = .unreadable(refusal ?? .undecodable)
      }
    }
  }

  package static let columns: SQL = "id, position, state, refusal"

  package let id: FileID
  package let position: Int
  package let state: State

  package init(_ row: Row) throws {
    id = try row("id")
    position = try row("position")
    state = try State(row)
  }

  /// What could not be read takes no place from what is sent in its stead.
  package var counts: Bool {
    if case .unreadable = state { false } else { true }
  }
}

/// The files of a complaint that somebody sees, in order.
package func files(of complaint: ComplaintID) -> Query<StoredFile> {
  Query(
    """
    SELECT \(StoredFile.columns) FROM files
    WHERE complaint_id = \(complaint) ORDER BY position
    """)
}

/// A file that staff put to something, with what was said of it.
package struct ListedFile: RowDecodable, Sendable {
  /// That it was taken out.
  package struct Removal: Sendable {
    package let by: String
    package let at: Date
    package let reason: String
  }

  package let id: FileID
  package let owner: FileOwner
  package let state: StoredFile.State
  package let kind: FileKind
  package let title: String
  package let type: FileType
  package let bytes: Int
  package let hasThumbnail: Bool
  package let sha256: [UInt8]
  package let uploadedBy: String
  package let uploadedAt: Date
  package let removal: Removal?

  package init(_ row: Row) throws {
    id = try row("id")
    owner = try FileOwner(row)
    state = try StoredFile.State(row)
    kind = try row("kind")
    title = try row("title")
    type = FileType(mediaType: try row("original_type")) ?? .pdf
    bytes = try row("original_bytes")
    hasThumbnail = try row("has_thumbnail")
    sha256 = try row("original_sha256")
    uploadedBy = try row("uploaded_by_name")
    uploadedAt = try row("uploaded_at")
    removal = try row("removed_by_name", as: String?.self).map {
      Removal(by: $0, at: try row("removed_at"), reason: try row("removal_reason"))
    }
  }

  fileprivate static let columns: SQL = """
    id, complaint_id, case_id, visit_id, patrol_id, state, refusal, kind, title, original_type,
    original_bytes, original_sha256, thumbnail_sealed IS NOT NULL AS has_thumbnail, uploaded_by_name, uploaded_at, removed_by_name,
    removed_at, removal_reason
    """
}

/// The files of something that staff put there, in the order in which they came, those that were taken out among them.
package func files(of owner: FileOwner) -> Query<ListedFile> {
  Query("SELECT \(ListedFile.columns) FROM files WHERE \(owner.condition) ORDER BY id")
}

/// Which files an address speaks of: whoever may see those of cases may not see those of visits by it.
package enum FileShelf: Sendable {
  case cases
  case visits

  fileprivate var holds: SQL {
    switch self {
    case .cases: "case_id IS NOT NULL"
    case .visits: "(visit_id IS NOT NULL OR patrol_id IS NOT NULL)"
    }
  }
}

/// A file that staff put to something.
package func listedFile(_ id: FileID, on shelf: FileShelf) -> Query<ListedFile> {
  Query("SELECT \(ListedFile.columns) FROM files WHERE id = \(id) AND \(shelf.holds)")
}

extension Transaction {
  /// What a case has, of those that can be read or are still looked through.
  package func fileKinds(of id: CaseID) throws -> Set<FileKind> {
    Set(
      try all(
        Query<FileKind>(
          """
          SELECT DISTINCT kind FROM files
          WHERE case_id = \(id) AND removed_at IS NULL AND state <> 'unreadable'
          """)))
  }
}

extension Transaction {
  /// The clean copy of a complaint's photo that the login may see; nil while there is none.
  package func cleanPhoto(_ id: FileID, keys: KeyRing) throws -> [UInt8]? {
    try opened(
      id, keys, .fileClean,
      "SELECT clean_sealed AS sealed FROM files WHERE id = \(id) AND complaint_id IS NOT NULL")
  }

  /// What is handed out of a file; nil while there is nothing, and where it was taken out.
  package func cleanFile(_ id: FileID, on shelf: FileShelf, keys: KeyRing) throws -> [UInt8]? {
    try opened(
      id, keys, .fileClean,
      """
      SELECT clean_sealed AS sealed FROM files
      WHERE id = \(id) AND \(shelf.holds) AND removed_at IS NULL
      """)
  }

  package func thumbnail(_ id: FileID, on shelf: FileShelf, keys: KeyRing) throws -> [UInt8]? {
    try opened(
      id, keys, .fileThumbnail,
      """
      SELECT thumbnail_sealed AS sealed FROM files
      WHERE id = \(id) AND \(shelf.holds) AND removed_at IS NULL
      """)
  }

  private func opened(
    _ id: FileID, _ keys: KeyRing, _ field: SealedRowField, _ sql: SQL
  ) throws -> [UInt8]? {
    let sealed = try first(Query<[UInt8]?>(sql) { try $0("sealed") })
    return try (sealed ?? nil).map { try keys.open($0, for: field, of: id) }
  }
}
