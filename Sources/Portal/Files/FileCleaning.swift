import Crypto
import Domain
import Foundation
package import Ground
package import Logging
import Postgres
import ServiceLifecycle

/// Draws a clean copy of every photo that waits and looks every scan through, one after the other, in nobody's name.
/// One job stands for all of them (`wake_file_work` in the database): what says when and about what somebody reported
/// is no job's row.
package struct FileCleaning: JobKind {
  package static let name = "photo_cleaning"
  package static let title = "处理照片和扫描件"
  package static let lane = "photos"

  /// A file that is begun so often took its program with it each time.
  private static let mostTries = 3

  private let connectionString: String
  private let cleaner: PhotoCleaner
  private let keys: KeyRing
  private let logger: Logger

  /// - Parameter connectionString: of the login through which citizens report, the only one that is given an original.
  package init(
    connectionString: String, cleaner: PhotoCleaner, keys: KeyRing, logger: Logger
  ) {
    self.connectionString = connectionString
    self.cleaner = cleaner
    self.keys = keys
    self.logger = logger
  }

  package func perform(_ job: JobContext) async throws {
    guard await cleaner.isReady else { throw PhotoCleaner.Missing() }
    let database = Database(
      DatabaseConfiguration(
        connectionString: connectionString, workers: 1, applicationName: "portal-photos"),
      logger: logger)
    defer { database.close() }
    try job.begin("处理照片和扫描件")
    var (queue, done): (Int16, Int) = (-1, 0)
    while let file = try await next(after: queue, database) {
      queue = file.queue
      try await settle(file, database)
      done += 1
      try job.advance(to: done, of: nil)
    }
  }

  package func words(for failure: JobFailure) -> String? {
    guard case .error(let error) = failure, error is PhotoCleaner.Missing else { return nil }
    return "没有安装处理照片的程序"
  }

  private func next(after queue: Int16, _ database: Database) async throws -> WaitingFile? {
    try await database.transaction { tx in
      try tx.first(
        Query<WaitingFile>(
          """
          SELECT id, queue, tries, original_sealed, is_listed
          FROM next_waiting_file(\(Int(queue))::integer)
          """))
    }
  }

  private func settle(_ file: WaitingFile, _ database: Database) async throws {
    var (clean, thumbnail, refusal): ([UInt8]?, [UInt8]?, FileRefusal?)
    do {
      let copy = try await copy(of: file)
      clean = try keys.seal(copy.bytes, for: .fileClean, of: file.id)
      thumbnail = try copy.thumbnail.map { try keys.seal($0, for: .fileThumbnail, of: file.id) }
    } catch let found as FileRefusal {
      refusal = found
    }
    try await database.transaction { [clean, thumbnail, refusal] tx in
      _ = try tx.one(
        Query<Bool>(
          """
          SELECT settle_file(\(file.id), \(optional: clean)::bytea, \(optional: thumbnail)::bytea,
            \(optional: refusal?.rawValue)::text)
          """))
    }
  }

  /// A picture drawn anew; a PDF as it is, once it was looked through.
  private func copy(of file: WaitingFile) async throws -> (bytes: [UInt8], thumbnail: [UInt8]?) {
    guard file.tries <= Self.mostTries else { throw FileRefusal.tooMuchWork }
    let original: [UInt8]
    do {
      original = try keys.open(file.originalSealed, for: .fileOriginal, of: file.id)
    } catch is CryptoKitError {
      // Changed in the database: it will not open however often it is tried.
      throw FileRefusal.undecodable
    }
    if FileType(firstBytes: original) == .pdf {
      return (original, try await cleaner.look(through: original))
    }
    let jpeg = try await cleaner.clean(original).jpeg
    return (jpeg, file.isListed ? try await thumbnail(of: jpeg) : nil)
  }

  /// What is listed does without one where it cannot be drawn.
  private func thumbnail(of jpeg: [UInt8]) async throws -> [UInt8]? {
    do {
      return try await cleaner.thumbnail(of: jpeg)
    } catch is FileRefusal {
      return nil
    }
  }
}

/// A file whose turn it is.
private struct WaitingFile: RowDecodable, Sendable {
  let id: FileID
  let queue: Int16
  let tries: Int
  let originalSealed: [UInt8]
  /// Whether it is listed with a thumbnail.
  let isListed: Bool

  init(_ row: Row) throws {
    id = try row("id")
    queue = try row("queue")
    tries = try row("tries")
    originalSealed = try row("original_sealed")
    isListed = try row("is_listed")
  }
}

/// Sees every few seconds that a job is there where files wait: one that was just ending when they came in has not
/// seen them, and one that failed is to be tried again.
package struct FileWatch: Service {
  private static let interval = Duration.seconds(15)

  private let databases: Databases

  package init(databases: Databases) { self.databases = databases }

  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        try? await look()
        try await Task.sleep(for: Self.interval)
      }
    }
  }

  /// Enters the job where there is need; destroys what was removed long enough ago.
  package func look() async throws {
    _ = try await databases.publicSide.transaction { tx in
      try tx.execute("SELECT wake_file_work()")
      try tx.execute("SELECT erase_removed_files()")
    }
  }
}
