import CZip

/// The parts of a ZIP file, by libzip. One thread at a time may use it.
final class ZipArchive {
  private let archive: OpaquePointer
  let limits: ReadLimits
  let count: Int
  /// Names that have the slashes of Windows, as some programs write them (APPNOTE 4.4.17.1 wants the others).
  private var otherNames: [String: UInt64] = [:]

  /// Refuses files with too many parts before libzip makes a list of them.
  init(path: String, limits: ReadLimits) throws(WorkbookError) {
    try checkPartCount(path: path, limit: limits.parts)
    var status: Int32 = 0
    guard let opened = zip_open(path, ZIP_RDONLY, &status) else {
      throw status == ZIP_ER_NOENT || status == ZIP_ER_OPEN ? .unreadable : .damaged
    }
    archive = opened
    self.limits = limits
    count = Int(zip_get_num_entries(opened, 0))
    for index in 0..<count where name(at: index).contains("\\") {
      otherNames[name(at: index).replacing("\\", with: "/").lowercased()] = UInt64(index)
    }
  }

  deinit { zip_discard(archive) }

  /// Where the part stands, whatever the case of its name; nil when there is none.
  func index(of name: String) -> UInt64? {
    let index = zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE))
    return index < 0 ? otherNames[name.lowercased()] : UInt64(index)
  }

  func name(at index: Int) -> String {
    zip_get_name(archive, UInt64(index), 0).map { String(cString: $0) } ?? ""
  }

  /// What the part says about itself.
  func status(at index: UInt64) throws(WorkbookError) -> ZipPartStatus {
    var status = zip_stat_t()
    zip_stat_init(&status)
    guard zip_stat_index(archive, index, 0, &status) == 0 else { throw .damaged }
    return ZipPartStatus(
      size: Int(clamping: status.size), packedSize: Int(clamping: status.comp_size),
      isEncrypted: status.encryption_method != ZIP_EM_NONE,
      isPackedNormally: [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(status.comp_method)))
  }

  func open(_ index: UInt64) throws(WorkbookError) -> ZipPart {
    guard let file = zip_fopen_index(archive, index, 0) else { throw .damaged }
    return ZipPart(archive: self, file: file, size: try status(at: index).size)
  }
}

struct ZipPartStatus {
  let size: Int
  let packedSize: Int
  let isEncrypted: Bool
  let isPackedNormally: Bool
}

/// One part, inflated as it is read.
final class ZipPart {
  private let archive: ZipArchive
  private let file: OpaquePointer
  /// As the archive says.
  let size: Int
  private var position = 0

  fileprivate init(archive: ZipArchive, file: OpaquePointer, size: Int) {
    self.archive = archive
    self.file = file
    self.size = size
  }

  deinit { zip_fclose(file) }

  /// The next bytes; 0 at the end, which is where libzip has compared the checksum.
  ///
  /// - Throws: `damaged` also for more bytes than the archive says.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(WorkbookError) -> Int {
    let count = Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
    guard count >= 0 else { throw .damaged }
    position += count
    guard position <= size else { throw .damaged }
    return count
  }

  /// Gives the part in pieces; a large one is inflated ahead, on another thread.
  func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    if size > 1 << 20 { return try ReadAhead(self).forEachPiece(body) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try read(into: buffer), count > 0 {
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
