import Domain
import Files
import Foundation
import Ground
import Postgres

/// A complaint as whoever holds its code sees it.
struct TrackedComplaint: RowDecodable {
  let id: ComplaintID
  let area: AreaCode
  let number: String
  let kind: ComplaintKind
  let estate: String?
  let address: String?
  let description: String
  let state: ComplaintState
  let receivedAt: Date
  let decidedAt: Date?
  let finishedAt: Date?
  let reason: String?
  let result: String?

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    number = try row("number")
    kind = try row("kind")
    estate = try row("estate")
    address = try row("address")
    description = try row("description")
    state = try row("state")
    receivedAt = try row("received_at")
    decidedAt = try row("decided_at")
    finishedAt = try row("finished_at")
    reason = try row("reason")
    result = try row("result")
  }
}

func trackedComplaint(_ followUpHash: [UInt8]) -> Query<TrackedComplaint> {
  Query(
    """
    SELECT c.id, c.area, c.number, c.kind, e.name AS estate, c.address, c.description, c.state,
      c.received_at, c.decided_at, c.finished_at, c.reason, c.result
    FROM complaints c LEFT JOIN estates e ON e.id = c.estate_id
    WHERE c.follow_up_hash = \(followUpHash)
    """)
}

/// A message on a complaint. Whoever wrote it for the bureau is a name to colleagues only.
struct ComplaintMessage: RowDecodable {
  let isByCitizen: Bool
  let accountName: String?
  let body: String
  let postedAt: Date

  init(_ row: Row) throws {
    isByCitizen = try row("author", as: String.self) == "citizen"
    accountName = try row("account_name")
    body = try row("body")
    postedAt = try row("posted_at")
  }
}

func complaintMessages(of complaint: ComplaintID) -> Query<ComplaintMessage> {
  Query(
    """
    SELECT author, account_name, body, posted_at FROM complaint_messages
    WHERE complaint_id = \(complaint) ORDER BY id
    """)
}

extension Transaction {
  /// Stores a message, once for one form.
  ///
  /// - Parameter author: the name of the account that writes; nil for the citizen.
  /// - Returns: whether it is new.
  func storeMessage(
    _ body: String, on complaint: ComplaintID, by author: String?, at time: Date,
    submissionHash: [UInt8]
  ) throws -> Bool {
    let stored = try execute(
      """
      INSERT INTO complaint_messages (complaint_id, author, account_name, body, posted_at,
        submission_hash)
      VALUES (\(complaint), \(author == nil ? "citizen" : "staff"), \(optional: author), \(body), \(time),
        \(submissionHash))
      ON CONFLICT DO NOTHING
      """)
    return stored == 1
  }
}

/// What came of photos that were sent later.
enum PhotoAddition: Sendable, Equatable {
  case stored(Int)
  /// All of them had been stored before.
  case repeated
  /// So many more would have fitted.
  case tooMany(left: Int)
  /// Too many wait as it is.
  case noRoom
}

extension Transaction {
  /// Adds photos to a complaint, each once and no more than fit. Two deliveries at the same time
  /// take turns.
  func addPhotos(
    _ sent: SentFiles, to complaint: ComplaintID, keys: KeyRing
  ) throws -> PhotoAddition {
    try execute("SELECT pg_advisory_xact_lock(\(complaint))")
    let there = try all(
      Query<(photo: StoredFile, sha256: [UInt8])>(
        """
        SELECT \(StoredFile.columns), original_sha256 FROM files
        WHERE complaint_id = \(complaint)
        """
      ) { (try StoredFile($0), try $0("original_sha256")) })
    let counted = there.filter(\.photo.counts)
    var seen = Set(counted.map(\.sha256))
    var new = sent
    new.files = sent.files.filter { seen.insert($0.sha256).inserted }
    guard !new.files.isEmpty else { return .repeated }
    let left = ComplaintPhotos.most - counted.count
    guard new.files.count <= left else { return .tooMany(left: max(0, left)) }
    guard try hasRoom(for: new.files.count, in: new.queue) else { return .noRoom }
    let area = try one(
      Query<AreaCode>("SELECT area FROM complaints WHERE id = \(complaint)"))
    try store(
      new, of: .complaint(complaint), in: area,
      after: there.map(\.photo.position).max() ?? 0, keys: keys)
    return .stored(new.files.count)
  }
}
