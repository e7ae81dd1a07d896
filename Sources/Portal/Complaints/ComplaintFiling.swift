import Crypto
package import Domain
package import Files
package import Foundation
package import Ground
package import Postgres
import Web

/// A complaint that has passed its form, ready to be stored.
package struct ComplaintFiling: Sendable {
  package var kind: ComplaintKind
  package var channel: ComplaintChannel
  package var estate: EstateID?
  package var address: String?
  package var description: String
  package var identity: ComplainantIdentity?
  var photos: SentFiles
  package var submission: Submission
  /// The area when no estate says a nearer one.
  package var area: AreaCode

  package init(
    kind: ComplaintKind, channel: ComplaintChannel, estate: EstateID? = nil, address: String? = nil,
    description: String, identity: ComplainantIdentity? = nil, photos: SentFiles = .none,
    submission: Submission, area: AreaCode
  ) {
    self.kind = kind
    self.channel = channel
    self.estate = estate
    self.address = address
    self.description = description
    self.identity = identity
    self.photos = photos
    self.submission = submission
    self.area = area
  }

  /// SHA-256 of what was sent.
  var digest: [UInt8] {
    let content = ReceiptDigest(
      kind: kind, estate: estate, address: address ?? "", description: description,
      photoSHA256: photos.files.map(\.sha256))
    return Array(SHA256.hash(data: content.bytes))
  }
}

/// Who a named complainant is. Never in a log, an event or a page.
package struct ComplainantIdentity: Sendable {
  let name: String
  let phone: PhoneNumber
}

package enum FilingOutcome: Sendable, Equatable {
  case stored
  /// The same form had been stored before; what it brought now is not stored again, even if it
  /// was changed in between: the receipt is the first one's, and says so when the content differs.
  case repeated(sameContent: Bool)
  /// The estate is in no list of this county.
  case unknownEstate
}

/// What the database knows of a filing before it is stored.
struct FilingStanding: Sendable {
  let isStored: Bool
  let isEstateKnown: Bool
  let hasRoomForPhotos: Bool

  func report(to checker: inout FormChecker) {
    if !isEstateKnown { checker.failUnknownEstate() }
    if !hasRoomForPhotos { checker.fail(ComplaintPhotos.field, ComplaintPhotos.noRoom) }
  }
}

extension FormChecker {
  mutating func failUnknownEstate() {
    fail("estate", "列表里没有这个小区（项目），请重新选择，或选“不在列表中”")
  }
}

extension Transaction {
  /// Asked under the code that the complaint will have.
  func standing(of filing: ComplaintFiling, keys: KeyRing) throws -> FilingStanding {
    FilingStanding(
      isStored: try first(receiptOfForm(keys.hash(filing.submission))) != nil,
      isEstateKnown: try filing.estate.map { try first(areaOfEstate($0, in: filing.area)) != nil }
        ?? true,
      hasRoomForPhotos: try hasRoom(for: filing.photos.files.count, in: filing.photos.queue))
  }

  /// Stores a complaint with its photos, its identity and its audit event: all or nothing.
  package func file(
    _ filing: ComplaintFiling, keys: KeyRing, at now: Date, by origin: AuditOrigin
  ) throws -> FilingOutcome {
    var area = filing.area
    if let estate = filing.estate {
      guard let found = try first(areaOfEstate(estate, in: filing.area)) else {
        return .unknownEstate
      }
      area = found
    }
    let digest = filing.digest
    // A number or an id may be taken, by chance or by a complaint this login cannot see.
    for _ in 0..<8 {
      if let id = try insert(filing, area: area, digest: digest, keys: keys, now: now) {
        try storeRest(of: filing, id: id, area: area, keys: keys, origin: origin)
        return .stored
      }
      if let stored = try first(receiptOfForm(keys.hash(filing.submission))) {
        return .repeated(sameContent: stored.digest == digest)
      }
    }
    throw PostgresError(.misuse("no free complaint number found"))
  }

  /// - Returns: nil when the same form, the number or the id is there already. A form that is
  ///   being stored at this moment is waited for.
  private func insert(
    _ filing: ComplaintFiling, area: AreaCode, digest: [UInt8], keys: KeyRing, now: Date
  ) throws -> ComplaintID? {
    let id = ComplaintID(rawValue: Int64.random(in: 1..<(1 << 53)))
    let receipt = try ComplaintReceipt.issue(
      number: randomComplaintNumber(on: ShanghaiTime.day(of: now)),
      receivedAt: ShanghaiTime.truncatedToHour(now), digest: digest, keys: keys)
    let code = try keys.followUpCode(of: filing.submission)
    let stored = try execute(
      """
      INSERT INTO complaints (id, area, number, kind, channel, estate_id, address, description,
        is_named, received_at, submission_hash, follow_up_hash, digest, signature, signing_key)
      VALUES (\(id), \(area), \(receipt.number), \(filing.kind), \(filing.channel),
        \(optional: filing.estate), \(optional: filing.address), \(filing.description), \(filing.identity != nil),
        \(receipt.receivedAt), \(keys.hash(filing.submission)), \(keys.hash(code)),
        \(digest), \(receipt.signature), \(receipt.keyID))
      ON CONFLICT DO NOTHING
      """)
    return stored == 1 ? id : nil
  }

  private func storeRest(
    of filing: ComplaintFiling, id: ComplaintID, area: AreaCode, keys: KeyRing,
    origin: AuditOrigin
  ) throws {
    if let identity = filing.identity {
      try execute(
        """
        INSERT INTO complaint_identities (complaint_id, area, name_sealed, phone_sealed)
        VALUES (\(id), \(area), \(try keys.seal(identity.name, for: .complainantName, of: id)),
          \(try keys.seal(identity.phone.text, for: .complainantPhone, of: id)))
        """)
    }
    try store(filing.photos, of: .complaint(id), in: area, keys: keys)
    // Neither the kind nor what was said: the log must not tell misconduct from the rest.
    try audit(
      AuditEvent(
        action: .createComplaint, entity: "complaints", entityID: id.description,
        after: ["channel": filing.channel.rawValue, "photos": String(filing.photos.files.count)]),
      by: origin)
  }
}

/// `2021-48213075`: random, so that numbers tell nothing about how many there are.
func randomComplaintNumber(on day: Day) -> String {
  "\(day.year)-\(Int.random(in: 10_000_000...99_999_999))"
}

private func areaOfEstate(_ estate: EstateID, in area: AreaCode) -> Query<AreaCode> {
  Query("SELECT area FROM estates WHERE id = \(estate) AND area ^@ \(area)")
}

/// The receipt of a form, if the login may see its complaint.
func receiptOfForm(_ submissionHash: [UInt8]) -> Query<ComplaintReceipt> {
  Query(
    """
    SELECT \(ComplaintReceipt.columns) FROM complaints WHERE submission_hash = \(submissionHash)
    """)
}
