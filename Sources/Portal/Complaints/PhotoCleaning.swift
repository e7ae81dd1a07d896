import Crypto
import Domain
import Foundation
package import Ground
package import Logging
import Postgres
import ServiceLifecycle

/// Draws a clean copy of every photo that waits, one after the other, in nobody's name. One job stands for all of
/// them (`wake_photo_work` in the database): what says when and about what somebody reported is no job's row.
package struct PhotoCleaning: JobKind {
  package static let name = "photo_cleaning"
  package static let title = "处理照片"
  package static let lane = "photos"

  /// A photo that is begun so often took its program with it each time.
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
    try job.begin("处理照片")
    var (queue, done): (Int16, Int) = (-1, 0)
    while let photo = try await next(after: queue, database) {
      queue = photo.queue
      try await settle(photo, database)
      done += 1
      try job.advance(to: done, of: nil)
    }
  }

  package func words(for failure: JobFailure) -> String? {
    guard case .error(let error) = failure, error is PhotoCleaner.Missing else { return nil }
    return "没有安装处理照片的程序"
  }

  private func next(after queue: Int16, _ database: Database) async throws -> WaitingPhoto? {
    try await database.transaction { tx in
      try tx.first(
        Query<WaitingPhoto>(
          """
          SELECT id, queue, tries, original_sealed FROM next_waiting_photo(\(Int(queue))::integer)
          """))
    }
  }

  private func settle(_ photo: WaitingPhoto, _ database: Database) async throws {
    var (clean, refusal): ([UInt8]?, PhotoRefusal?)
    do {
      clean = try keys.seal(try await drawn(photo).jpeg, for: .photoClean)
    } catch let found as PhotoRefusal {
      refusal = found
    }
    try await database.transaction { [clean, refusal] tx in
      _ = try tx.one(
        Query<Bool>(
          """
          SELECT settle_photo(\(photo.id), \(optional: clean)::bytea, \(optional: refusal?.rawValue)::text)
          """))
    }
  }

  private func drawn(_ photo: WaitingPhoto) async throws -> CleanPhoto {
    guard photo.tries <= Self.mostTries else { throw PhotoRefusal.tooMuchWork }
    let original: [UInt8]
    do {
      original = try keys.open(photo.originalSealed, for: .photoOriginal)
    } catch is CryptoKitError {
      // Changed in the database: it will not open however often it is tried.
      throw PhotoRefusal.undecodable
    }
    return try await cleaner.clean(original)
  }
}

/// A photo whose turn it is.
private struct WaitingPhoto: RowDecodable, Sendable {
  let id: PhotoID
  let queue: Int16
  let tries: Int
  let originalSealed: [UInt8]

  init(_ row: Row) throws {
    id = try row("id")
    queue = try row("queue")
    tries = try row("tries")
    originalSealed = try row("original_sealed")
  }
}

/// Sees every few seconds that a job is there where photos wait: one that was just ending when they came in has not
/// seen them, and one that failed is to be tried again.
package struct PhotoWatch: Service {
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

  /// Enters the job where there is need.
  package func look() async throws {
    _ = try await databases.publicSide.transaction { tx in
      try tx.execute("SELECT wake_photo_work()")
    }
  }
}
