package import Domain
package import Files
import Ground
package import Postgres
import Web

enum ComplaintPhotos {
  static let field = "photos"
  static let most = 9
  static let intake = FileIntake(
    field: field, takesDocuments: false,
    limits: UploadLimits(files: most, fileBytes: 10 << 20, parts: 40, excess: .report))
  static let uploadLimits = intake.limits
  static let accept = intake.accept
  /// A browser forgets chosen files when a form comes back.
  static func again(_ count: Int) -> String { "浏览器不会保留照片，请重新选择刚才的 \(count) 张照片" }
  static let noRoom = "现在等待处理的照片太多，请先不带照片提交，过一会儿凭查询码补交照片"
}

extension PhotoCleaner {
  /// The photos of a form, by their first bytes; what is none becomes an error of the form. None is opened.
  func sent(
    in upload: Upload, from address: ClientAddress, _ checker: inout FormChecker
  ) async throws -> SentFiles {
    try await ComplaintPhotos.intake.files(in: upload, from: address, with: self, &checker) {
      index, _ in "第 \(index + 1) 张照片"
    }
  }
}

extension FormChecker {
  /// Says so beside what is wrong with a form.
  mutating func askForPhotosAgain(_ count: Int) {
    guard !isValid, count > 0 else { return }
    fail(ComplaintPhotos.field, ComplaintPhotos.again(count))
  }
}

/// The photos of a complaint that somebody sees, in order.
func photos(of complaint: ComplaintID) -> Query<StoredFile> { files(of: complaint) }
