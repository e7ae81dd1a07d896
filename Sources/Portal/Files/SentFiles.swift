import Domain
import Foundation
package import Ground
package import Web

/// A file as it was sent, which nobody has opened yet.
package struct SentFile: Sendable {
  /// On disk, until the request ends: read when it is stored, one at a time.
  package let path: String
  package let sha256: [UInt8]
  package let type: FileType
  package let size: Int
  /// What it was called, without its ending.
  package let name: String

  package init(path: String, sha256: [UInt8], type: FileType, size: Int, name: String = "") {
    self.path = path
    self.sha256 = sha256
    self.type = type
    self.size = size
    self.name = name
  }
}

/// Files that came together, each content once, and the queue in which they wait.
package struct SentFiles: Sendable {
  package static let none = SentFiles(files: [], queue: FileQueue(rawValue: 0))

  package var files: [SentFile]
  package let queue: FileQueue

  package init(files: [SentFile], queue: FileQueue) {
    self.files = files
    self.queue = queue
  }
}

/// What a form takes in.
package struct FileIntake: Sendable {
  /// Of a form.
  package let field: String
  /// Scans as PDF too.
  package let takesDocuments: Bool
  package let limits: UploadLimits

  package init(field: String, takesDocuments: Bool, limits: UploadLimits) {
    self.field = field
    self.takesDocuments = takesDocuments
    self.limits = limits
  }

  /// What the browser offers to choose from.
  package var accept: String {
    (takesDocuments ? "application/pdf,.pdf," : "")
      + "image/jpeg,image/png,image/webp,image/heic,.heic"
  }

  /// Said before anything is chosen.
  package var hint: String {
    let kinds = takesDocuments ? "PDF、JPEG、PNG、WebP、HEIC" : "JPEG、PNG、WebP、HEIC"
    let pages = takesDocuments ? "PDF 不超过 \(PortableDocument.mostPages) 页、不设密码。" : ""
    return
      "最多 \(limits.files) 个，每个不超过 \(limits.fileBytes >> 20) MB，可以是 \(kinds)。\(pages)"
  }

  /// The files of a form by what they hold; what is none of them becomes an error of the form. No picture is opened.
  ///
  /// - Parameter naming: what an error calls the file.
  package func files(
    in upload: Upload, from address: ClientAddress, with cleaner: PhotoCleaner,
    _ checker: inout FormChecker, naming: (Int, UploadedFile) -> String
  ) async throws -> SentFiles {
    upload.report(to: &checker, field: field)
    var sent = SentFiles(files: [], queue: FileQueue(of: address))
    guard checker.errors[field] == nil else { return sent }
    var known: Set<[UInt8]> = []
    for (index, file) in upload.files(field).enumerated() {
      let type = FileType(firstBytes: file.firstBytes)
      if let words = try await refusal(of: file, type, cleaner) {
        checker.fail(field, naming(index, file) + words)
        return sent
      }
      guard let type, known.insert(file.sha256).inserted else { continue }
      let name = URL(filePath: "/" + file.declaredName).deletingPathExtension().lastPathComponent
      sent.files.append(
        SentFile(path: file.path, sha256: file.sha256, type: type, size: file.size, name: name))
    }
    return sent
  }

  private func refusal(
    of file: UploadedFile, _ type: FileType?, _ cleaner: PhotoCleaner
  ) async throws -> String? {
    switch type {
    case .pdf where takesDocuments:
      let bytes = Array(try Data(contentsOf: URL(filePath: file.path)))
      return PortableDocument.refusal(of: bytes)?.message
    case .picture(let photo): return await cleaner.refusal(of: photo)?.message
    case .pdf: return FileRefusal.unknownType.message
    case nil:
      guard takesDocuments else { return FileRefusal.unknownType.message }
      return file.size == 0
        ? "是空的，请重新选择"
        : "不是照片也不是 PDF，只收 PDF、JPEG、PNG、WebP、HEIC（Word 等文件请先另存为 PDF），请重新选择"
    }
  }
}
