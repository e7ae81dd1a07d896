import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Complaints
@testable import Files
@testable import Ground

@Suite struct ComplaintPhotoTests {
  private let folder = NSTemporaryDirectory() + "photo-tests-\(UUID().uuidString)"

  /// A picture made by libvips.
  private func picture(
    _ name: String, width: Int = 300, height: Int = 200, format: String = "uchar",
    pageHeight: Int? = nil
  ) throws -> String {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(name)"
    let plain = "\(folder)/plain.v"
    if pageHeight == nil {
      try vips("black", plain, "\(width)", "\(height)", "--bands", "3")
    } else {
      // Frames that are the same would become one.
      try vips("gaussnoise", plain, "\(width)", "\(height)")
    }
    let options = pageHeight.map { "[page-height=\($0)]" } ?? ""
    if format == "ushort" {
      try vips("cast", plain, "\(folder)/deep.v", format)
      try vips("copy", "\(folder)/deep.v", path, "--interpretation", "rgb16")
    } else {
      try vips("cast", plain, path + options, format)
    }
    for name in ["plain.v", "deep.v"] {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    return path
  }

  private func vips(_ arguments: String...) throws {
    #expect(try MachineProgram.run(["vips"] + arguments) == 0)
  }

  private var work: String { "\(folder)/work" }

  private var cleaner: PhotoCleaner { PhotoCleaner(folder: work) }

  private func checkNothingIsLeft() {
    let left = (try? FileManager.default.contentsOfDirectory(atPath: work)) ?? []
    #expect(left.isEmpty)
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  @Test(arguments: [
    ("a.jpg", PhotoType.jpeg), ("a.png", .png), ("a.webp", .webp), ("a.heic", .heic),
  ])
  func everyKindBecomesASmallJPEG(_ name: String, _ type: PhotoType) async throws {
    let photo = try await cleaner.clean(bytes(picture(name, width: 3_000, height: 1_000)))
    #expect(photo.type == type)
    #expect(JPEGSize(photo.jpeg)?.width == PhotoCleaner.longestSide)
    #expect(Data(photo.jpeg).range(of: Data("Exif".utf8)) == nil)
    checkNothingIsLeft()
  }

  @Test(arguments: ["a.jpg", "a.png", "a.webp", "a.heic"])
  func aFileThatWasCutOffIsRefused(_ name: String) async throws {
    let whole = try bytes(picture(name, width: 900, height: 900))
    await #expect(throws: FileRefusal.undecodable) {
      try await cleaner.clean(Array(whole.prefix(whole.count * 2 / 3)))
    }
    checkNothingIsLeft()
  }

  @Test func whatOnlyPretendsToBeAPhotoIsRefused() async throws {
    let disguises: [([UInt8], FileRefusal)] = [
      (Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), .unknownType),
      (Array("%PDF-1.7".utf8), .unknownType), ([], .unknownType),
      ([0xFF, 0xD8, 0xFF, 0xE0] + Array("<?php ?>".utf8), .undecodable),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3], .undecodable),
    ]
    for (bytes, refusal) in disguises {
      await #expect(throws: refusal) { try await cleaner.clean(bytes) }
    }
    checkNothingIsLeft()
  }

  @Test(arguments: [(11_000, 5_000, "uchar"), (10_900, 10_900, "ushort"), (6_000, 6_000, "ushort")])
  func aDecompressionBombEndsAtItsHeader(_ width: Int, _ height: Int, _ format: String) async throws
  {
    let bomb = try bytes(picture("bomb.png", width: width, height: height, format: format))
    #expect(bomb.count < 2 << 20)
    await #expect(throws: FileRefusal.tooLarge) { try await cleaner.clean(bomb) }
    checkNothingIsLeft()
  }

  @Test func anAnimationIsNoPhoto() async throws {
    let film = try picture("film.webp", width: 64, height: 64 * 40, pageHeight: 64)
    await #expect(throws: FileRefusal.severalPictures) { try await cleaner.clean(bytes(film)) }
    checkNothingIsLeft()
  }

  @Test func whatAFileSaysOfItselfMakesItNoSmaller() throws {
    let header = try #require(
      PictureHeader(
        vipsheader: """
          original: 9000x8000 ushort, 3 bands, rgb16, pngload
          width: 9000
          n-pages: 7
          png-comment-0: x
          width: 1
          n-pages: 1
          """))
    #expect(header.pixels == 72_000_000 && header.bytes == 432_000_000 && header.frames == 7)
  }

  @Test func withoutACageHEICIsRefusedAndTheOthersAreTaken() async throws {
    let cleaner = PhotoCleaner(folder: work, cage: PhotoCage(strength: .limitsOnly))
    let (heic, jpeg) = (try bytes(picture("a.heic")), try bytes(picture("a.jpg")))
    await #expect(throws: FileRefusal.heicNotTaken) { try await cleaner.clean(heic) }
    #expect(try await cleaner.clean(jpeg).type == .jpeg)
    #expect(FileRefusal.heicNotTaken.message.contains("JPEG"))
    checkNothingIsLeft()
  }

  @Test func photosAreSealedAndLaterOnesFitUpToNine() async throws {
    let county = try await ComplaintsFixture()
    let path = try picture("a.jpg")
    @Sendable func photos(_ numbers: [UInt8]) -> SentFiles {
      SentFiles(
        files: numbers.map {
          SentFile(
            path: path, sha256: [UInt8](repeating: $0, count: 32), type: .picture(.jpeg), size: 9)
        }, queue: FileQueue(rawValue: 3))
    }
    let filing = county.filing(photos: photos([1, 2]))
    try await county.file(filing)
    let complaint = try #require(try await county.tracked(filing.submission))
    let (keys, hash) = (
      county.keys, county.keys.hash(try county.keys.followUpCode(of: filing.submission))
    )
    func add(_ numbers: [UInt8]) async throws -> PhotoAddition {
      try await county.databases.transactionAsCitizen(followUp: hash) { tx in
        try tx.addPhotos(photos(numbers), to: complaint.id, keys: keys)
      }
    }
    #expect(try await add([2, 3, 3]) == .stored(1))
    #expect(try await add([3]) == .repeated)
    #expect(try await add([4, 5, 6, 7, 8, 9, 10]) == .tooMany(left: 6))
    #expect(try await add([4, 5, 6, 7, 8, 9]) == .stored(6))
    let (id, shown, stored) = try await county.owner.read { tx in
      let id = try tx.all(Complaints.photos(of: complaint.id))[0].id
      return (
        id, try tx.cleanPhoto(id, keys: keys),
        try tx.one(
          Query<[UInt8]>("SELECT original_sealed FROM files WHERE id = \(id)"))
      )
    }
    #expect(shown == nil)
    #expect(try keys.open(stored, for: .fileOriginal, of: id) == bytes(path))
    checkNothingIsLeft()
  }

  /// A photo that cannot be read takes no place, and the same file may be sent once more.
  @Test func whatCouldNotBeReadCanBeSentAgain() async throws {
    let county = try await ComplaintsFixture()
    let path = try picture("a.jpg")
    let photos = SentFiles(
      files: (1...9).map {
        SentFile(
          path: path, sha256: [UInt8](repeating: $0, count: 32), type: .picture(.jpeg), size: 9)
      }, queue: FileQueue(rawValue: 0))
    let filing = county.filing(photos: photos)
    try await county.file(filing)
    let complaint = try #require(try await county.tracked(filing.submission))
    try await county.owner.transaction { tx in
      let id = try tx.all(Complaints.photos(of: complaint.id))[4].id
      _ = try tx.one(Query<Bool>("SELECT settle_file(\(id), NULL, NULL, 'undecodable')"))
    }
    var again = photos
    again.files = [photos.files[4]]
    let (keys, hash) = (
      county.keys, county.keys.hash(try county.keys.followUpCode(of: filing.submission))
    )
    let addition = try await county.databases.transactionAsCitizen(followUp: hash) { [again] tx in
      try tx.addPhotos(again, to: complaint.id, keys: keys)
    }
    #expect(addition == .stored(1))
    checkNothingIsLeft()
  }
}
