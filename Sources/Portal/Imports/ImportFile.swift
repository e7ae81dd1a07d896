import Domain
import Foundation
import Ground
import Postgres

/// The file of an import, which is kept in the database in sealed pieces.
///
/// A piece begins with its import and its place, so that pieces cannot be exchanged.
enum ImportFile {
  private static let pieceSize = 1 << 20

  struct Unreadable: Error, CustomStringConvertible {
    var description: String { "文件已不在，请重新上传" }
  }

  /// Stores what stands at a path.
  static func store(
    _ path: String, of id: ImportID, in area: AreaCode, _ keys: KeyRing, _ tx: Transaction
  ) throws {
    guard let file = FileHandle(forReadingAtPath: path) else { throw Unreadable() }
    defer { try? file.close() }
    var position = 0
    while let piece = try file.read(upToCount: pieceSize), !piece.isEmpty {
      let sealed = try keys.seal(Data(mark(id, position)) + piece, for: .importPiece)
      try tx.execute(
        """
        INSERT INTO import_chunks (import_id, area, position, content)
        VALUES (\(id), \(area), \(position), \(sealed))
        """)
      position += 1
    }
  }

  /// Writes the file into this process's own folder; whoever asks for it removes it.
  static func restore(_ id: ImportID, _ keys: KeyRing, _ tx: Transaction) throws -> String {
    let path = try TemporaryFolder.path() + "/import-\(id)-\(UUID().uuidString)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Unreadable() }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      var position = 0
      while let sealed = try tx.first(piece(id, position)) {
        let plain = try keys.open(sealed, for: .importPiece)
        let mark = mark(id, position)
        guard plain.starts(with: mark) else { throw SealError.notSealed }
        try file.write(contentsOf: plain.dropFirst(mark.count))
        position += 1
      }
      guard position > 0 else { throw Unreadable() }
    } catch {
      unlink(path)
      throw error
    }
    return path
  }

  static func drop(_ id: ImportID, _ tx: Transaction) throws {
    try tx.execute("DELETE FROM import_chunks WHERE import_id = \(id)")
  }

  private static func piece(_ id: ImportID, _ position: Int) -> Query<[UInt8]> {
    Query(
      "SELECT content FROM import_chunks WHERE import_id = \(id) AND position = \(position)")
  }

  private static func mark(_ id: ImportID, _ position: Int) -> [UInt8] {
    Array("\(id)/\(position)\n".utf8)
  }
}
