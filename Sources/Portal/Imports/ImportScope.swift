import Domain
import Foundation
import Postgres

/// For whom an import is made, and what its rows are converted with.
struct ImportScope: Sendable {
  let actor: Principal
  let keys: KeyRing
  let townships: Townships
}

/// The townships that an import may write to, by name and by code.
struct Townships: Sendable {
  enum Found: Sendable, Equatable {
    case one(AreaCode)
    case unknown, ambiguous
  }

  private var byText: [String: [AreaCode]] = [:]

  init(_ all: [(code: AreaCode, name: String)]) {
    for township in all {
      byText[township.name, default: []].append(township.code)
      byText[township.code.rawValue, default: []].append(township.code)
    }
  }

  /// - Parameter text: a township's name or its nine digits; twelve with three zeros at the end too.
  subscript(_ text: String) -> Found {
    let isLong = text.utf8.count == 12 && text.hasSuffix("000")
    guard let found = byText[isLong ? String(text.dropLast(3)) : text] else { return .unknown }
    return found.count == 1 ? .one(found[0]) : .ambiguous
  }
}

func importTownships(in area: AreaCode) -> Query<(code: AreaCode, name: String)> {
  Query(
    "SELECT code, name FROM areas WHERE code ^@ \(area) AND length(code) = 9 ORDER BY code"
  ) { row in (try row("code"), try row("name")) }
}

/// How far an import is. The thread that works on it writes, others read, and may ask it to stop.
final class ImportProgress: @unchecked Sendable {
  private let lock = NSLock()
  private var state = (phase: "", rows: 0, expected: Int?.none, backend: Int32?.none)
  private var isCancelled = false

  struct Cancelled: Error {}

  /// What is being done, how many rows are read, and of how many, if that can be told.
  var now: (phase: String, rows: Int, expected: Int?) {
    lock.withLock { (state.phase, state.rows, state.expected) }
  }
  /// The server process that works, so that a long statement can be broken off.
  var backend: Int32? { lock.withLock { state.backend } }

  func begin(_ phase: String) throws {
    try lock.withLock {
      if isCancelled { throw Cancelled() }
      state.phase = phase
    }
  }

  func advance(to rows: Int, of expected: Int?) throws {
    try lock.withLock {
      if isCancelled { throw Cancelled() }
      state.rows = rows
      state.expected = expected
    }
  }

  func works(on backend: Int32?) { lock.withLock { state.backend = backend } }

  func cancel() { lock.withLock { isCancelled = true } }
  var wasCancelled: Bool { lock.withLock { isCancelled } }
}

extension ImportProgress {
  /// Stops the work, even where a long statement of it is under way.
  func stop(_ databases: Databases, as actor: Principal) async {
    cancel()
    guard let backend else { return }
    _ = try? await databases.transaction(as: actor) { tx in
      try tx.execute("SELECT pg_cancel_backend(\(backend))")
    }
  }
}
