package import Domain
package import Foundation
package import Ground
package import Postgres

/// Whose a file is. What is a complaint's is seen by whoever sees the complaint; the rest is the bureaus', by area.
package enum FileOwner: Sendable {
  case complaint(ComplaintID)
  case `case`(CaseID)
  case visit(VisitID)
  case patrol(PatrolID)

  var complaint: ComplaintID? {
    if case .complaint(let id) = self { id } else { nil }
  }

  package var `case`: CaseID? {
    if case .case(let id) = self { id } else { nil }
  }

  var visit: VisitID? {
    if case .visit(let id) = self { id } else { nil }
  }

  var patrol: PatrolID? {
    if case .patrol(let id) = self { id } else { nil }
  }

  init(_ row: Row) throws {
    if let id = try row("case_id", as: CaseID?.self) {
      self = .case(id)
    } else if let id = try row("visit_id", as: VisitID?.self) {
      self = .visit(id)
    } else if let id = try row("patrol_id", as: PatrolID?.self) {
      self = .patrol(id)
    } else {
      self = .complaint(try row("complaint_id"))
    }
  }

  /// Which rows are its.
  var condition: SQL {
    switch self {
    case .complaint(let id): "complaint_id = \(id)"
    case .case(let id): "case_id = \(id)"
    case .visit(let id): "visit_id = \(id)"
    case .patrol(let id): "patrol_id = \(id)"
    }
  }

  package var retention: FileRetention {
    switch self {
    case .complaint: .complaint
    case .case: .case
    case .visit, .patrol: .visit
    }
  }
}

/// What staff say of files that they put to something.
package struct FileEntry: Sendable {
  let kind: FileKind
  /// Of each file.
  let titles: [String]
  let by: Principal
  let at: Date

  package init(kind: FileKind, titles: [String], by principal: Principal, at now: Date) {
    self.kind = kind
    self.titles = titles
    by = principal
    at = now
  }
}

extension Transaction {
  /// Stores files behind those that their owner has. They wait until ``FileCleaning`` comes to them. What a case has
  /// already is not stored again.
  ///
  /// - Parameters:
  ///   - position: of the last one that the owner has, by which turns are taken.
  ///   - entry: nil for what a complaint brings: neither who nor when is kept.
  /// - Returns: how many are new.
  @discardableResult
  package func store(
    _ sent: SentFiles, of owner: FileOwner, in area: AreaCode, after position: Int = 0,
    as entry: FileEntry? = nil, keys: KeyRing
  ) throws -> Int {
    var stored = 0
    for (index, file) in sent.files.enumerated() {
      // Random, as addresses show it: a gap would tell of complaints one may not see.
      let id = try one(
        Query<FileID>(
          "SELECT next_file_id((SELECT max(id) FROM files WHERE \(owner.condition)))"))
      let original = try Data(contentsOf: URL(filePath: file.path))
      let isNew = try execute(
        """
        INSERT INTO files (id, area, complaint_id, case_id, visit_id, patrol_id, position, kind, title, retention,
          original_sealed, original_sha256, original_type, original_bytes, queue, uploaded_by,
          uploaded_by_name, uploaded_at)
        VALUES (\(id), \(area), \(optional: owner.complaint), \(optional: owner.case),
          \(optional: owner.visit), \(optional: owner.patrol),
          \(position + index + 1), \(optional: entry?.kind), \(optional: entry?.titles[index]),
          \(owner.retention), \(try keys.seal(original, for: .fileOriginal, of: id)), \(file.sha256),
          \(file.type.mediaType), \(file.size), \(sent.queue.rawValue),
          \(optional: entry?.by.accountID), \(optional: entry?.by.displayName),
          \(optional: entry?.at))
        ON CONFLICT DO NOTHING
        """)
      guard isNew == 1 || owner.complaint == nil else {
        throw PostgresError(.misuse("a photo's place is taken"))
      }
      stored += isNew
    }
    return stored
  }

  /// The files of a case that hold what was sent, whether they came with it or were there.
  package func fileIDs(of id: CaseID, holding sent: SentFiles) throws -> [FileID] {
    try all(
      Query<FileID>(
        """
        SELECT id FROM files
        WHERE case_id = \(id) AND original_sha256 = ANY(\(list: sent.files.map(\.sha256))::bytea[])
          AND removed_at IS NULL AND state <> 'unreadable' ORDER BY id
        """))
  }

  /// Takes a file out of its place, in somebody's name.
  ///
  /// - Returns: false where somebody has done so before.
  package func removeFile(
    _ id: FileID, reason: String, by principal: Principal, at now: Date
  ) throws -> Bool {
    try execute(
      """
      UPDATE files SET removed_by = \(principal.accountID), removed_by_name = \(principal.displayName),
        removed_at = \(now), removal_reason = \(reason)
      WHERE id = \(id) AND case_id IS NOT NULL AND removed_at IS NULL
      """) == 1
  }
}
