/// What `vipsheader -a` prints of a picture: first `original: 3000x2000 uchar, 3 bands, srgb, pngload`, then a
/// line for each field. What the file itself says may stand in later lines, and is believed only where it
/// makes the picture larger.
struct PictureHeader: Equatable {
  let width: Int
  let height: Int
  let bands: Int
  /// Of one sample.
  let bits: Int
  let loader: String
  /// Pages of a document, pictures of an animation.
  let frames: Int

  init?(vipsheader text: String) {
    let lines = text.split(whereSeparator: \.isNewline)
    let words = lines.first?.split(whereSeparator: { $0 == " " || $0 == "," }) ?? []
    guard words.count >= 6, let last = words.last, let bands = Int(words[3]), bands > 0,
      let bits = Self.bits[String(words[2])]
    else { return nil }
    let sides = words[1].split(separator: "x").compactMap { Int($0) }
    guard sides.count == 2, sides.allSatisfy({ (1...10_000_000).contains($0) }) else { return nil }
    (width, height, self.bands, self.bits, loader) = (sides[0], sides[1], bands, bits, String(last))
    frames =
      lines.filter { $0.hasPrefix("n-pages: ") }
      .map { Int($0.dropFirst("n-pages: ".count)) ?? .max }.max() ?? 1
  }

  /// By the names that libvips gives its formats.
  private static let bits = [
    "uchar": 8, "char": 8, "ushort": 16, "short": 16, "uint": 32, "int": 32, "float": 32,
    "double": 64, "complex": 64, "dpcomplex": 128,
  ]

  var pixels: Int { width * height }
  /// What it takes decoded.
  var bytes: Int { pixels * bands * (bits / 8) }
}

/// The size that the frame header of a JPEG file gives (ITU-T T.81, B.2.2).
struct JPEGSize: Equatable {
  let width: Int
  let height: Int

  /// Nil when the bytes are no whole JPEG file: no frame header, or no end marker.
  init?(_ bytes: [UInt8]) {
    guard bytes.count > 4, bytes.starts(with: [0xFF, 0xD8]), bytes.suffix(2) == [0xFF, 0xD9]
    else { return nil }
    var index = 2
    while index + 9 < bytes.count {
      guard bytes[index] == 0xFF else { return nil }
      let marker = bytes[index + 1]
      let isFrame = (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
      if isFrame {
        height = Int(bytes[index + 5]) << 8 | Int(bytes[index + 6])
        width = Int(bytes[index + 7]) << 8 | Int(bytes[index + 8])
        return
      }
      index += 2 + (Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]))
    }
    return nil
  }
}
