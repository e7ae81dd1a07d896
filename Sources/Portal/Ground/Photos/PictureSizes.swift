/// What `vipsheader` prints of a picture: `original: 3000x2000 uchar, 3 bands, srgb, pngload`.
struct PictureHeader: Equatable {
  let width: Int
  let height: Int
  let loader: String

  init?(vipsheader line: String) {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "," || $0.isNewline })
    guard words.count >= 4, let last = words.last else { return nil }
    let sides = words[1].split(separator: "x").compactMap { Int($0) }
    guard sides.count == 2, sides.allSatisfy({ (1...10_000_000).contains($0) }) else { return nil }
    (width, height, loader) = (sides[0], sides[1], String(last))
  }
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
