/// How much one multipart form may send. Sizes are in bytes.
public struct UploadLimits: Sendable, Equatable {
  /// What happens when files are too big, too many, or the whole is too much.
  public enum Excess: Sendable {
    /// The request is answered with 413; the handler does not run.
    case refuse
    /// The handler runs with the fields, without the files concerned, and finds them in
    /// `Upload.problems`: so that it can show its form again with everything typed.
    case report
  }

  /// Parts in all: fields and files.
  public var parts: Int
  /// Files with a name and a content.
  public var files: Int
  /// The size of one file.
  public var fileBytes: Int
  /// The size of one field's value.
  public var fieldBytes: Int
  /// The whole body.
  public var totalBytes: Int
  /// The header lines of one part.
  public var headerBytes: Int
  /// What may stand before the first part.
  public var preambleBytes: Int
  public var excess: Excess

  public init(
    files: Int = 9, fileBytes: Int = 10 << 20, totalBytes: Int? = nil, parts: Int = 100,
    fieldBytes: Int = 64 << 10, headerBytes: Int = 8 << 10, preambleBytes: Int = 1 << 10,
    excess: Excess = .refuse
  ) {
    self.parts = parts
    self.files = files
    self.fileBytes = fileBytes
    self.fieldBytes = fieldBytes
    self.totalBytes = totalBytes ?? files * fileBytes + (1 << 20)
    self.headerBytes = headerBytes
    self.preambleBytes = preambleBytes
    self.excess = excess
  }
}
