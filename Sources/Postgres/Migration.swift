import Crypto
import FoundationEssentials

/// One numbered step of the schema, from a file `NNNN_name.sql`.
public struct Migration: Sendable, Equatable {
  public let number: Int
  public let name: String
  public let sql: String
  /// SHA-256 of `sql` in lower-case hex.
  public let checksum: String

  public init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
    checksum = Hex.digits(SHA256.hash(data: Data(sql.utf8)))
  }

  /// The file it comes from, without its folder.
  public var file: String {
    "\(padded(number, 4))_\(name).sql"
  }

  /// The migrations of a folder in the order of their numbers; files with other names are none.
  static func load(folder: String) throws -> [Migration] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw MigrationError.unreadable(folder)
    }
    var migrations: [Migration] = []
    for name in names {
      guard let match = name.wholeMatch(of: #/(\d{4})_([a-z0-9_]+)\.sql/#),
        let number = Int(match.1)
      else { continue }
      guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)"),
        let sql = String(validating: bytes, as: UTF8.self)
      else { throw MigrationError.unreadable("\(folder)/\(name)") }
      migrations.append(Migration(number: number, name: String(match.2), sql: sql))
    }
    return migrations
  }
}

/// Why a schema was not brought, or is not, up to date.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A folder or file that cannot be read, or is not UTF-8.
  case unreadable(String)
  /// Two files with the same number.
  case duplicate(Int)
  /// A migration that has been applied reads differently now.
  case changed(String)
  /// The database has a migration that this program does not know: it is newer.
  case ahead(String)
  /// The database lacks migrations, or this program's first one has not been applied.
  case behind([String])
  /// A migration that has not been applied has a lower number than one that has.
  case outOfOrder(String)
  /// A migration failed, or ended its own transaction; nothing of it has been kept.
  case failed(String, line: Int?, PostgresError)

  public var description: String {
    switch self {
    case .unreadable(let path): "\(path) cannot be read as UTF-8 text"
    case .duplicate(let number): "two migrations have the number \(number)"
    case .changed(let file): "\(file) was changed after it had been applied"
    case .ahead(let name): "the database is ahead of this program: it has \(name)"
    case .behind(let files):
      "the database is behind this program: it lacks \(files.joined(separator: ", "))"
    case .outOfOrder(let file): "\(file) has a lower number than one that has been applied"
    case .failed(let file, let line, let error):
      "\(file)\(line.map { ", line \($0)" } ?? ""): \(error)"
    }
  }
}
