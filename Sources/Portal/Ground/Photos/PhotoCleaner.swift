import Foundation
public import Logging
import Subprocess

/// A photo that was decoded and drawn anew: what is in `jpeg` came out of our own encoder, without
/// a byte of the file that was sent and without its metadata (place, time, device).
public struct CleanPhoto: Sendable {
  public let type: PhotoType
  public let jpeg: [UInt8]
}

/// Decodes and re-encodes photos with libvips, in a ``PhotoCage``, and with no format whose decoder libvips
/// does not trust.
///
/// `vips thumbnail` is the operation behind `vipsthumbnail`; only so can it be told to fail on a
/// file that was cut off, where `vipsthumbnail` would paint the missing part grey.
public struct PhotoCleaner: Sendable {
  /// The longest side of a clean copy, in pixels.
  static let longestSide = 2048
  /// Of what stands in a list.
  static let thumbnailSide = 320

  private let folder: String
  private let logger: Logger
  private let cage: Once<PhotoCage>

  /// The programs are not installed: no photo's fault.
  public struct Missing: Error {
    public init() {}
  }

  /// - Parameters:
  ///   - folder: a private folder for temporary files.
  ///   - cage: nil for the strongest that the machine allows.
  public init(
    folder: String, cage: PhotoCage? = nil, logger: Logger = Logger(label: "portal.photos")
  ) {
    self.folder = folder
    self.logger = logger
    self.cage = Once {
      if let cage { return cage }
      let found = await PhotoCage.strongest(in: folder)
      if found.strength == .limitsOnly {
        logger.error("photos are decoded without a cage, HEIC is refused: is bubblewrap installed?")
      }
      return found
    }
  }

  /// Whether the programs are there that it takes.
  public var isReady: Bool {
    get async { await cage.value.works(in: folder) }
  }

  /// Why a file of this kind is not taken in here; nil when it is.
  public func refusal(of type: PhotoType?) async -> FileRefusal? {
    guard let type else { return .unknownType }
    guard type == .heic else { return nil }
    return await cage.value.strength == .limitsOnly ? .heicNotTaken : nil
  }

  /// A clean copy of a photo.
  ///
  /// - Throws: ``FileRefusal``; ``Missing``.
  public func clean(_ original: [UInt8]) async throws -> CleanPhoto {
    let type = PhotoType(firstBytes: original)
    if let refusal = await refusal(of: type) { throw refusal }
    guard let type else { throw FileRefusal.unknownType }
    let work = try PhotoWorkFolder(in: folder, original: original)
    defer { work.remove() }
    try await checkHeader(in: work, type: type)
    return CleanPhoto(type: type, jpeg: try await redraw(in: work))
  }

  /// A small picture of a clean copy.
  public func thumbnail(of jpeg: [UInt8]) async throws -> [UInt8] {
    let work = try PhotoWorkFolder(in: folder, original: jpeg)
    defer { work.remove() }
    return try await redraw(in: work, side: Self.thumbnailSide)
  }

  /// Looks a PDF through: what its bytes say, and in the cage whether it opens and how many pages it has.
  ///
  /// - Returns: its first page, small; nil where there is no cage to draw it in, or it could not be drawn.
  /// - Throws: ``FileRefusal``; ``Missing``.
  public func look(through document: [UInt8]) async throws -> [UInt8]? {
    if let refusal = PortableDocument.refusal(of: document) { throw refusal }
    guard await cage.value.strength != .limitsOnly else { return nil }
    let work = try PhotoWorkFolder(in: folder, original: document)
    defer { work.remove() }
    guard
      let text = try await run(
        "vipsheader", ["-a", PhotoWorkFolder.input], in: work, opening: .documents),
      let header = PictureHeader(vipsheader: text), header.loader.hasPrefix("pdfload")
    else { throw FileRefusal.undecodable }
    guard header.frames <= PortableDocument.mostPages else { throw FileRefusal.tooManyPages }
    do {
      return try await redraw(in: work, side: Self.thumbnailSide, opening: .documents)
    } catch is FileRefusal {
      return nil
    }
  }

  /// The picture's size, bits, frames and decoder, from its header alone: a decompression bomb ends here.
  private func checkHeader(in work: PhotoWorkFolder, type: PhotoType) async throws {
    guard let text = try await run("vipsheader", ["-a", PhotoWorkFolder.input], in: work),
      let header = PictureHeader(vipsheader: text), header.loader.hasPrefix(type.loader)
    else { throw FileRefusal.undecodable }
    guard header.pixels <= type.mostPixels, header.bytes <= type.mostBytes else {
      throw FileRefusal.tooLarge
    }
    guard header.frames <= type.mostFrames else { throw FileRefusal.severalPictures }
  }

  private func redraw(
    in work: PhotoWorkFolder, side: Int = Self.longestSide,
    opening formats: PhotoCage.Formats = .trusted
  ) async throws -> [UInt8] {
    let arguments = [
      "thumbnail", PhotoWorkFolder.input,
      "./\(PhotoWorkFolder.output)[Q=85,strip,optimize_coding,background=255]", "\(side)",
      "--height", "\(side)", "--size", "down", "--export-profile", "srgb", "--fail-on", "truncated",
    ]
    guard try await run("vips", arguments, in: work, opening: formats) != nil,
      let jpeg = work.outputBytes(), PhotoType(firstBytes: jpeg) == .jpeg,
      let size = JPEGSize(jpeg), (1...side).contains(size.width), (1...side).contains(size.height)
    else { throw FileRefusal.undecodable }
    return jpeg
  }

  private func run(
    _ program: String, _ arguments: [String], in work: PhotoWorkFolder,
    opening formats: PhotoCage.Formats = .trusted
  ) async throws -> String? {
    do {
      return try await cage.value.run(program, arguments, in: work.path, opening: formats)
    } catch let error as SubprocessError {
      throw missing(program, "\(error)")
    } catch is PhotoCage.Missing {
      throw missing(program, "exit 127")
    } catch is PhotoCage.TooMuch {
      throw FileRefusal.tooMuchWork
    }
  }

  private func missing(_ program: String, _ reason: String) -> Missing {
    logger.error(
      "photos cannot be cleaned: \(program) or one of the programs around it is missing",
      metadata: ["reason": "\(reason)"])
    return Missing()
  }
}

/// A value that is found out once, by whoever asks first.
actor Once<Value: Sendable> {
  private let find: @Sendable () async -> Value
  private var finding: Task<Value, Never>?

  init(_ find: @escaping @Sendable () async -> Value) { self.find = find }

  var value: Value {
    get async {
      if let finding { return await finding.value }
      let task = Task { [find] in await find() }
      finding = task
      return await task.value
    }
  }
}
