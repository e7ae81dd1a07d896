import Foundation
import TestSupport

/// Pictures made by libvips.
enum SamplePhoto {
  /// A JPEG with a comment in it, as cameras put places and times there.
  static func jpeg(
    comment: String = "", width: Int = 320, height: Int = 240
  ) async throws -> ChosenFile {
    let path = NSTemporaryDirectory() + "sample-\(UUID().uuidString).jpg"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // Noise with a seed of its own: no two pictures are the same file.
    try await MachineProgram.runAside([
      "vips", "gaussnoise", path, "\(width)", "\(height)", "--seed",
      "\(Int.random(in: 1...1_000_000))",
    ])
    var bytes = Array(try Data(contentsOf: URL(filePath: path)))
    if !comment.isEmpty {
      let text = Array(comment.utf8)
      let length = text.count + 2
      bytes.insert(
        contentsOf: [0xFF, 0xFE, UInt8(length >> 8), UInt8(length & 255)] + text, at: 2)
    }
    return ChosenFile(name: "现场照片.jpg", bytes: bytes)
  }
}
