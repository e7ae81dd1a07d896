import Foundation
public import Logging
import Subprocess

/// A photo that was decoded and drawn anew: what is in `jpeg` came out of our own encoder, without
/// a byte of the file that was sent and without its metadata (place, time, device).
public struct CleanPhoto: Sendable {
  public let type: PhotoType
  public let jpeg: [UInt8]
}

/// Why a photo is not taken in. The text completes 「第 2 张照片…」.
public enum PhotoRefusal: Error, Equatable {
  case unknownType
  case undecodable
  case tooManyPixels(width: Int, height: Int)
  case cleanerMissing

  public var message: String {
    switch self {
    case .unknownType: "不是照片文件，只收 JPEG、PNG、WebP、HEIC，请重新选择"
    case .undecodable: "打不开，可能已经损坏，请重新选择或重新拍一张"
    case .tooManyPixels(let width, let height): "太大了（\(width)×\(height) 像素），请换一张小一些的"
    case .cleanerMissing: "暂时处理不了，请先不带照片提交，之后可以凭查询码补交照片"
    }
  }
}

/// Decodes and re-encodes photos with libvips, in a process that may use little memory, time and
/// disk, that gets no environment and can gain no rights, and that opens no format whose decoder
/// libvips does not trust.
///
/// `vips thumbnail` is the operation behind `vipsthumbnail`; only so can it be told to fail on a
/// file that was cut off, where `vipsthumbnail` would paint the missing part grey.
public struct PhotoCleaner: Sendable {
  /// The longest side of a clean copy, in pixels.
  static let longestSide = 2048
  /// Larger pictures are refused by their header, before anything is decoded.
  static let mostPixels = 120_000_000

  private let folder: String
  private let turns: Turns
  private let logger: Logger

  /// - Parameters:
  ///   - folder: a private folder for temporary files.
  ///   - atOnce: how many photos are decoded at the same time.
  public init(
    folder: String, atOnce: Int = 2,
    logger: Logger = Logger(label: "portal.photos")
  ) {
    self.folder = folder
    turns = Turns(atOnce)
    self.logger = logger
  }

  /// A clean copy of the photo in a file.
  ///
  /// - Throws: ``PhotoRefusal``.
  public func clean(fileAt path: String) async throws -> CleanPhoto {
    guard let type = PhotoType(firstBytes: try Self.firstBytes(ofFileAt: path)) else {
      throw PhotoRefusal.unknownType
    }
    return try await turns.take {
      let work = try PhotoWorkFolder(in: folder, original: path)
      defer { work.remove() }
      try await checkHeader(in: work, type: type)
      return CleanPhoto(type: type, jpeg: try await redraw(in: work))
    }
  }

  /// The picture's size and decoder, from its header alone: a decompression bomb ends here.
  private func checkHeader(in work: PhotoWorkFolder, type: PhotoType) async throws {
    guard
      let line = try await run("vipsheader", [PhotoWorkFolder.input], in: work),
      let header = PictureHeader(vipsheader: line), header.loader.hasPrefix(type.loader)
    else { throw PhotoRefusal.undecodable }
    guard header.width * header.height <= Self.mostPixels else {
      throw PhotoRefusal.tooManyPixels(width: header.width, height: header.height)
    }
  }

  private func redraw(in work: PhotoWorkFolder) async throws -> [UInt8] {
    let side = Self.longestSide
    let arguments = [
      "thumbnail", PhotoWorkFolder.input,
      "./\(PhotoWorkFolder.output)[Q=85,strip,optimize_coding,background=255]", "\(side)",
      "--height", "\(side)", "--size", "down", "--export-profile", "srgb", "--fail-on", "truncated",
    ]
    guard try await run("vips", arguments, in: work) != nil,
      let jpeg = work.outputBytes(), PhotoType(firstBytes: jpeg) == .jpeg,
      let size = JPEGSize(jpeg), (1...side).contains(size.width), (1...side).contains(size.height)
    else { throw PhotoRefusal.undecodable }
    return jpeg
  }

  /// Runs a program of libvips in its cage.
  ///
  /// - Returns: what it printed; nil when it failed.
  private func run(
    _ program: String, _ arguments: [String], in work: PhotoWorkFolder
  ) async throws -> String? {
    let cage = [
      "--as=1073741824", "--cpu=15", "--fsize=33554432", "--nofile=64", "--core=0",
      "setpriv", "--no-new-privs", "timeout", "--kill-after=1", "20",
      "env", "--chdir=\(work.path)", program,
    ]
    do {
      let result = try await Subprocess.run(
        .name("prlimit"), arguments: Arguments(cage + arguments),
        environment: .custom([
          "PATH": "/usr/local/bin:/usr/bin:/bin", "VIPS_BLOCK_UNTRUSTED": "1",
          "VIPS_CONCURRENCY": "1", "TMPDIR": work.path,
        ]), output: .string(limit: 4096), error: .discarded)
      if result.terminationStatus == .exited(127) { return try missing(program) }
      return result.terminationStatus.isSuccess ? result.standardOutput : nil
    } catch let error as SubprocessError where error.code != .outputLimitExceeded {
      return try missing(program)
    }
  }

  private func missing(_ program: String) throws -> String? {
    logger.error("photos cannot be cleaned: \(program), prlimit, setpriv or timeout is missing")
    throw PhotoRefusal.cleanerMissing
  }

  private static func firstBytes(ofFileAt path: String) throws -> [UInt8] {
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { try? file.close() }
    return Array(try file.read(upToCount: PhotoType.sniffedBytes) ?? Data())
  }
}
