import Foundation

/// Statements outside of a transaction block of the client, on a connection of their own: CREATE
/// DATABASE, VACUUM, or a script of roles. Nothing in them is bound, so they come from the program or
/// its files, never from a person.
public enum PostgresScript {
  /// Runs the text. Several statements in one text are one transaction of their own; CREATE DATABASE
  /// has to stand alone.
  ///
  /// - Throws: `PostgresError`.
  public static func run(_ text: String, on connectionString: String) async throws {
    try await onOwnThread { try runBlocking(text, on: connectionString) }
  }

  /// As `run`, blocking the calling thread: for clean-up that cannot wait.
  public static func runBlocking(_ text: String, on connectionString: String) throws {
    let session = SessionSettings(applicationName: "portal-script")
    try Connection.open(connectionString, session: session).simple(text)
  }
}

/// Runs what blocks on a thread made for it, off the cooperative pool.
func onOwnThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Result { try body() }) }
    thread.name = "postgres-script"
    thread.start()
  }
}
