import Domain
import Foundation
import Postgres
import Testing

@testable import Complaints
@testable import Ground

@Suite struct ComplaintPhotoTests {
  private let folder = NSTemporaryDirectory() + "photo-tests-\(UUID().uuidString)"

  /// A picture made by libvips.
  private func picture(_ name: String, width: Int = 300, height: Int = 200) throws -> String {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(name)"
    let vips = Process()
    vips.executableURL = URL(filePath: "/usr/bin/env")
    vips.arguments = ["vips", "black", path, "\(width)", "\(height)", "--bands", "3"]
    vips.standardError = FileHandle.nullDevice
    try vips.run()
    vips.waitUntilExit()
    #expect(vips.terminationStatus == 0)
    return path
  }

  private var work: String { "\(folder)/work" }

  private var cleaner: PhotoCleaner { PhotoCleaner(folder: work) }

  private func checkNothingIsLeft() {
    let left = (try? FileManager.default.contentsOfDirectory(atPath: work)) ?? []
    #expect(left.isEmpty)
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test(arguments: [
    ("a.jpg", PhotoType.jpeg), ("a.png", .png), ("a.webp", .webp), ("a.heic", .heic),
  ])
  func everyKindBecomesASmallJPEG(_ name: String, _ type: PhotoType) async throws {
    let photo = try await cleaner.clean(
      fileAt: try picture(name, width: 3_000, height: 1_000))
    #expect(photo.type == type)
    #expect(JPEGSize(photo.jpeg)?.width == PhotoCleaner.longestSide)
    #expect(Data(photo.jpeg).range(of: Data("Exif".utf8)) == nil)
    checkNothingIsLeft()
  }

  @Test(arguments: ["a.jpg", "a.png", "a.webp", "a.heic"])
  func aFileThatWasCutOffIsRefused(_ name: String) async throws {
    let path = try picture(name, width: 900, height: 900)
    let whole = try Data(contentsOf: URL(filePath: path))
    try whole.prefix(whole.count * 2 / 3).write(to: URL(filePath: path))
    await #expect(throws: PhotoRefusal.undecodable) { try await cleaner.clean(fileAt: path) }
    checkNothingIsLeft()
  }

  @Test func whatOnlyPretendsToBeAPhotoIsRefused() async throws {
    let path = try picture("a.jpg")
    let disguises: [([UInt8], PhotoRefusal)] = [
      (Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), .unknownType),
      (Array("%PDF-1.7".utf8), .unknownType), ([], .unknownType),
      ([0xFF, 0xD8, 0xFF, 0xE0] + Array("<?php ?>".utf8), .undecodable),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3], .undecodable),
    ]
    for (bytes, refusal) in disguises {
      try Data(bytes).write(to: URL(filePath: path))
      await #expect(throws: refusal) { try await cleaner.clean(fileAt: path) }
    }
    checkNothingIsLeft()
  }

  @Test func aDecompressionBombEndsAtItsHeader() async throws {
    let path = try picture("bomb.png", width: 20_000, height: 20_000)
    await #expect(throws: PhotoRefusal.tooManyPixels(width: 20_000, height: 20_000)) {
      try await cleaner.clean(fileAt: path)
    }
    checkNothingIsLeft()
  }

  @Test func photosAreSealedAndLaterOnesFitUpToNine() async throws {
    let county = try await ComplaintsFixture()
    let path = try picture("a.jpg")
    let clean = try await cleaner.clean(fileAt: path)
    @Sendable func photo(_ number: UInt8) -> CheckedPhoto {
      CheckedPhoto(
        originalPath: path, sha256: [UInt8](repeating: number, count: 32), clean: clean)
    }
    let filing = county.filing(photos: [photo(1), photo(2)])
    try await county.file(filing)
    let complaint = try #require(try await county.tracked(filing.submission))
    let (keys, hash) = (
      county.keys, county.keys.hash(try county.keys.followUpCode(of: filing.submission))
    )
    func add(_ numbers: [UInt8]) async throws -> PhotoAddition {
      try await county.databases.transactionAsCitizen(followUp: hash) { tx in
        try tx.addPhotos(numbers.map(photo), to: complaint.id, keys: keys)
      }
    }
    #expect(try await add([2, 3, 3]) == .stored(1))
    #expect(try await add([3]) == .repeated)
    #expect(try await add([4, 5, 6, 7, 8, 9, 10]) == .tooMany(left: 6))
    #expect(try await add([4, 5, 6, 7, 8, 9]) == .stored(6))
    let (shown, stored) = try await county.owner.read { tx in
      let id = try tx.all(photoIDs(of: complaint.id))[0]
      return (
        try tx.cleanPhoto(id, keys: keys),
        try tx.one(
          Query<[UInt8]>("SELECT original_sealed FROM complaint_photos WHERE id = \(id)"))
      )
    }
    #expect(shown == clean.jpeg)
    #expect(
      try keys.open(stored, for: .photoOriginal) == Array(try Data(contentsOf: URL(filePath: path)))
    )
    checkNothingIsLeft()
  }
}
