import Foundation

/// The kinds of file that the store takes: pictures, and scans as PDF. What a file is called does not count; its first
/// bytes do.
public enum FileType: Hashable, Sendable {
  case picture(PhotoType)
  case pdf

  public init?(firstBytes bytes: some Collection<UInt8>) {
    if let photo = PhotoType(firstBytes: bytes) {
      self = .picture(photo)
    } else if bytes.starts(with: PortableDocument.mark) {
      self = .pdf
    } else {
      return nil
    }
  }

  /// As it is stored.
  public init?(mediaType: String) {
    if let photo = PhotoType(rawValue: mediaType) {
      self = .picture(photo)
    } else if mediaType == Self.pdf.mediaType {
      self = .pdf
    } else {
      return nil
    }
  }

  public var mediaType: String {
    switch self {
    case .picture(let type): type.rawValue
    case .pdf: "application/pdf"
    }
  }
}

/// What the bytes of a PDF file say of it (ISO 32000-1), without opening it.
public enum PortableDocument {
  public static let mostPages = 200
  static let mark = Array("%PDF-".utf8)

  /// Why it is not taken in; nil when nothing speaks against it.
  ///
  /// The dictionary at its end is never compressed, and says whether it is encrypted (7.6.1). Programs may hide in
  /// compressed objects: what is taken in is handed out as a file and never run here.
  public static func refusal(of bytes: [UInt8]) -> FileRefusal? {
    guard bytes.starts(with: mark) else { return .unknownType }
    guard bytes.suffix(2_048).holds("%%EOF"), bytes.holds("startxref") else { return .undecodable }
    if bytes.holds("/Encrypt") { return .encrypted }
    let active: [StaticString] = ["/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia"]
    return active.contains { bytes.holds($0) } ? .active : nil
  }
}

extension Collection<UInt8> {
  fileprivate func holds(_ word: StaticString) -> Bool {
    let found = withContiguousStorageIfAvailable { bytes -> Bool in
      guard var place = bytes.baseAddress else { return false }
      let length = word.utf8CodeUnitCount
      let end = place + bytes.count
      while end - place >= length,
        let next = memchr(place, Int32(word.utf8Start[0]), end - place - length + 1)
      {
        if memcmp(next, word.utf8Start, length) == 0 { return true }
        place = UnsafePointer(next.assumingMemoryBound(to: UInt8.self)) + 1
      }
      return false
    }
    return found ?? false
  }
}
