import Domain
import Foundation
import Ground
import HTTPTypes
import Postgres
import Web

/// A photo that may be stored: the file as it was sent, and its clean copy.
package struct CheckedPhoto: Sendable {
  /// The original on disk, until the request ends: read when it is stored, one at a time.
  let originalPath: String
  let sha256: [UInt8]
  let clean: CleanPhoto
}

enum ComplaintPhotos {
  static let field = "photos"
  static let accept = "image/jpeg,image/png,image/webp,image/heic,.heic"
  static let most = 9
  static let uploadLimits = UploadLimits(
    files: most, fileBytes: 10 << 20, parts: 40, excess: .report)
}

extension PhotoCleaner {
  /// Decodes every photo of a form anew; what does not decode becomes an error of the form.
  func checked(of upload: Upload, in checker: inout FormChecker) async throws
    -> [CheckedPhoto]
  {
    upload.report(to: &checker, field: ComplaintPhotos.field)
    guard checker.errors[ComplaintPhotos.field] == nil else { return [] }
    var checked: [CheckedPhoto] = []
    for (index, file) in upload.files(ComplaintPhotos.field).enumerated() {
      do {
        let clean = try await clean(fileAt: file.path)
        checked.append(
          CheckedPhoto(originalPath: file.path, sha256: file.sha256, clean: clean))
      } catch let refusal as PhotoRefusal {
        checker.fail(ComplaintPhotos.field, "第 \(index + 1) 张照片\(refusal.message)")
        return []
      }
    }
    return checked
  }
}

extension FormChecker {
  /// A browser forgets chosen files when a form comes back; the form says so.
  mutating func askForPhotosAgain(_ count: Int) {
    guard !isValid, count > 0 else { return }
    fail(ComplaintPhotos.field, "浏览器不会保留照片，请重新选择刚才的 \(count) 张照片")
  }
}

extension Transaction {
  /// Stores photos behind those that the complaint has.
  func storePhotos(
    _ photos: [CheckedPhoto], of complaint: ComplaintID, after position: Int, keys: KeyRing
  ) throws {
    for (index, photo) in photos.enumerated() {
      let original = try Data(contentsOf: URL(filePath: photo.originalPath))
      // Random, as addresses of photos show it: a gap would tell of complaints one may not see.
      let id = PhotoID(rawValue: Int64.random(in: 1..<(1 << 53)))
      try execute(
        """
        INSERT INTO complaint_photos (id, complaint_id, position, original_sealed, original_sha256,
          original_type, clean_sealed)
        OVERRIDING SYSTEM VALUE
        VALUES (\(id), \(complaint), \(position + index + 1),
          \(try keys.seal(original, for: .photoOriginal)), \(photo.sha256),
          \(photo.clean.type.rawValue), \(try keys.seal(photo.clean.jpeg, for: .photoClean)))
        """)
    }
  }

  /// The clean copy of a photo that the login may see.
  func cleanPhoto(_ id: PhotoID, keys: KeyRing) throws -> [UInt8]? {
    let sealed = try first(
      Query<[UInt8]>("SELECT clean_sealed FROM complaint_photos WHERE id = \(id)") {
        try $0("clean_sealed")
      })
    return try sealed.map { try keys.open($0, for: .photoClean) }
  }
}

/// The photos of a complaint that somebody sees, in order.
func photoIDs(of complaint: ComplaintID) -> Query<PhotoID> {
  Query("SELECT id FROM complaint_photos WHERE complaint_id = \(complaint) ORDER BY position")
}

extension WebResponse {
  /// A photo that no cache keeps.
  static func photo(_ jpeg: [UInt8]) -> WebResponse {
    var response = WebResponse.bytes(jpeg, type: "image/jpeg")
    response.headers[.cacheControl] = "no-store"
    return response
  }
}
