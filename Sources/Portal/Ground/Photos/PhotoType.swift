/// The kinds of picture that are taken in. What a file is called or declared to be does not count;
/// its first bytes do.
public enum PhotoType: String, CaseIterable, Sendable {
  case jpeg = "image/jpeg"
  case png = "image/png"
  case webp = "image/webp"
  case heic = "image/heic"

  /// How many bytes from the start of a file are needed to tell.
  static let sniffedBytes = 32

  /// The type that the first bytes of a file say; nil for anything else.
  public init?(firstBytes bytes: some Collection<UInt8>) {
    let head = Array(bytes.prefix(Self.sniffedBytes))
    if head.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if head.starts(with: "RIFF".utf8), head.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .webp
    } else if head.dropFirst(4).starts(with: "ftyp".utf8), Self.isHEIC(head.dropFirst(8)) {
      self = .heic
    } else {
      return nil
    }
  }

  /// The brands of ISO/IEC 23008-12 that phones write: the major one, or one of the compatible.
  private static func isHEIC(_ brands: ArraySlice<UInt8>) -> Bool {
    let known = ["heic", "heix", "heim", "heis", "mif1"].map { Array($0.utf8) }
    let major = Array(brands.prefix(4))
    if known.contains(major) { return true }
    let compatible = Array(brands.dropFirst(8))
    return stride(from: 0, to: compatible.count - 3, by: 4)
      .contains { known.prefix(4).contains(Array(compatible[$0..<$0 + 4])) }
  }

  /// The decoder of libvips that must be the one to open it.
  var loader: String {
    switch self {
    case .jpeg: "jpegload"
    case .png: "pngload"
    case .webp: "webpload"
    case .heic: "heifload"
    }
  }

  // What a picture may be, by its header. A JPEG is decoded small, so that even the largest that phones take
  // (108 megapixels) costs little; the others are decoded whole.

  var mostPixels: Int { self == .jpeg ? 120_000_000 : 50_000_000 }
  /// Decoded.
  var mostBytes: Int { self == .jpeg ? 480_000_000 : 200_000_000 }
  /// A HEIC file may hold a depth map and a still of a film beside the picture.
  var mostFrames: Int { self == .heic ? 8 : 1 }
}
