import Domain
import Foundation
import Ground
import HTTPTypes
import Postgres
import Web

/// A photo as it was sent, which nobody has opened yet.
package struct SentPhoto: Sendable {
  /// On disk, until the request ends: read when it is stored, one at a time.
  let path: String
  let sha256: [UInt8]
  let type: PhotoType
}

/// Photos that came together, and the queue in which they wait.
package struct SentPhotos: Sendable {
  package static let none = SentPhotos(photos: [], queue: PhotoQueue(rawValue: 0))

  var photos: [SentPhoto]
  let queue: PhotoQueue
}

enum ComplaintPhotos {
  static let field = "photos"
  static let most = 9
  static let uploadLimits = UploadLimits(
    files: most, fileBytes: 10 << 20, parts: 40, excess: .report)
  /// A browser forgets chosen files when a form comes back.
  static func again(_ count: Int) -> String { "浏览器不会保留照片，请重新选择刚才的 \(count) 张照片" }
  static let accept = "image/jpeg,image/png,image/webp,image/heic,.heic"
}

extension PhotoCleaner {
  /// The photos of a form, by their first bytes; what is none becomes an error of the form. None is opened.
  func sent(in upload: Upload, from address: ClientAddress, _ checker: inout FormChecker) async
    -> SentPhotos
  {
    upload.report(to: &checker, field: ComplaintPhotos.field)
    var sent = SentPhotos(photos: [], queue: PhotoQueue(of: address))
    guard checker.errors[ComplaintPhotos.field] == nil else { return sent }
    for (index, file) in upload.files(ComplaintPhotos.field).enumerated() {
      let type = PhotoType(firstBytes: file.firstBytes)
      if let refusal = await refusal(of: type) {
        checker.fail(ComplaintPhotos.field, "第 \(index + 1) 张照片\(refusal.message)")
        return sent
      }
      guard let type else { continue }
      sent.photos.append(SentPhoto(path: file.path, sha256: file.sha256, type: type))
    }
    return sent
  }
}

extension FormChecker {
  /// Says so beside what is wrong with a form.
  mutating func askForPhotosAgain(_ count: Int) {
    guard !isValid, count > 0 else { return }
    fail(ComplaintPhotos.field, ComplaintPhotos.again(count))
  }
}

/// A photo that a complaint has, as far as its clean copy is.
struct ComplaintPhoto: RowDecodable, Sendable {
  enum State: Sendable {
    case waiting
    case clean
    case unreadable(PhotoRefusal)
  }

  static let columns: SQL = "id, position, state, refusal"

  let id: PhotoID
  let position: Int
  let state: State

  init(_ row: Row) throws {
    id = try row("id")
    position = try row("position")
    switch try row("state", as: String.self) {
    case "waiting": state = .waiting
    case "clean": state = .clean
    default:
      let refusal = try row("refusal", as: String?.self).flatMap { PhotoRefusal(rawValue: $0) }
      state = .unreadable(refusal ?? .undecodable)
    }
  }

  /// What could not be read takes no place from what is sent in its stead.
  var counts: Bool {
    if case .unreadable = state { false } else { true }
  }
}

/// The photos of a complaint that somebody sees, in order.
func photos(of complaint: ComplaintID) -> Query<ComplaintPhoto> {
  Query(
    """
    SELECT \(ComplaintPhoto.columns) FROM complaint_photos
    WHERE complaint_id = \(complaint) ORDER BY position
    """)
}

extension Transaction {
  /// Stores photos behind those that the complaint has. They wait until ``PhotoCleaning`` comes to them.
  func storePhotos(
    _ sent: SentPhotos, of complaint: ComplaintID, after position: Int, keys: KeyRing
  ) throws {
    for (index, photo) in sent.photos.enumerated() {
      let original = try Data(contentsOf: URL(filePath: photo.path))
      // Random, as addresses of photos show it: a gap would tell of complaints one may not see.
      let id = PhotoID(rawValue: Int64.random(in: 1..<(1 << 53)))
      try execute(
        """
        INSERT INTO complaint_photos (id, complaint_id, position, original_sealed, original_sha256,
          original_type, queue)
        OVERRIDING SYSTEM VALUE
        VALUES (\(id), \(complaint), \(position + index + 1),
          \(try keys.seal(original, for: .photoOriginal)), \(photo.sha256),
          \(photo.type.rawValue), \(sent.queue.rawValue))
        """)
    }
  }

  /// The clean copy of a photo that the login may see; nil while there is none.
  func cleanPhoto(_ id: PhotoID, keys: KeyRing) throws -> [UInt8]? {
    let sealed = try first(
      Query<[UInt8]?>("SELECT clean_sealed FROM complaint_photos WHERE id = \(id)") {
        try $0("clean_sealed")
      })
    return try (sealed ?? nil).map { try keys.open($0, for: .photoClean) }
  }
}

extension WebResponse {
  /// A photo that no cache keeps.
  static func photo(_ jpeg: [UInt8]) -> WebResponse {
    var response = WebResponse.bytes(jpeg, type: "image/jpeg")
    response.headers[.cacheControl] = "no-store"
    return response
  }
}
