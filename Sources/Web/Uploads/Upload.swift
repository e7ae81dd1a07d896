/// A form with files, decoded. The files are there until the handler returns.
public struct Upload: Sendable {
  public internal(set) var fields = FormFields()
  /// All files that were sent, in order; file inputs left empty are not among them.
  public internal(set) var allFiles: [UploadedFile] = []
  /// What was too much; only with `UploadLimits.Excess.report`.
  public internal(set) var problems: [UploadProblem] = []

  /// The files of one field.
  public func files(_ name: String) -> [UploadedFile] {
    allFiles.filter { $0.field == name }
  }

  /// Marks the fields whose files were too much in a form that is being checked.
  ///
  /// - Parameter field: the file field for what concerns the whole.
  public func report(to checker: inout FormChecker, field: String) {
    for problem in problems { checker.fail(problem.field ?? field, problem.message) }
  }
}

/// A file on disk, readable by the portal alone, gone when the request ends.
public struct UploadedFile: Sendable, Equatable {
  /// The form field.
  public let field: String
  /// The name it had, without folders; for showing only.
  public let declaredName: String
  /// The type the browser said; not to be trusted.
  public let declaredType: String?
  public let path: String
  public let size: Int
  public let sha256: [UInt8]
  /// Up to 512 bytes from its beginning, by which its true type is known.
  public let firstBytes: [UInt8]
}

/// One thing that was too much.
public struct UploadProblem: Sendable, Equatable {
  public enum Kind: Sendable {
    case fileTooLarge, tooManyFiles, totalTooLarge, noRoom
  }

  public let kind: Kind
  /// The field, when one is concerned.
  public let field: String?
  /// What is wrong and what to do, in Chinese.
  public let message: String
}

extension UploadProblem {
  static func fileTooLarge(_ head: MultipartPartHead, _ limits: UploadLimits) -> UploadProblem {
    let name = head.fileName ?? ""
    return UploadProblem(
      kind: .fileTooLarge, field: head.name,
      message: "文件“\(name)”超过 \(megabytes(limits.fileBytes))，请换一个小一些的文件。")
  }

  static func tooManyFiles(_ field: String, _ limits: UploadLimits) -> UploadProblem {
    UploadProblem(
      kind: .tooManyFiles, field: field, message: "最多只能上传 \(limits.files) 个文件，请减少后重新选择。")
  }

  /// Too many are sending files at this moment.
  static func noRoom(_ head: MultipartPartHead) -> UploadProblem {
    UploadProblem(
      kind: .noRoom, field: head.name, message: "现在上传文件的人太多，没有收下这次的文件，请过几分钟重新选择。")
  }

  static func totalTooLarge(_ limits: UploadLimits) -> UploadProblem {
    UploadProblem(
      kind: .totalTooLarge, field: nil,
      message: "文件合计超过 \(megabytes(limits.totalBytes))，请减少或压缩后重新选择。")
  }
}

/// A size in words: `10 MB`, `64 KB`.
func megabytes(_ bytes: Int) -> String {
  bytes >= 1 << 20 ? "\(bytes >> 20) MB" : "\(max(1, bytes >> 10)) KB"
}
