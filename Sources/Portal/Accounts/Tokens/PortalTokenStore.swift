import Domain
package import Foundation
package import Ground
import Postgres
import Synchronization
package import Web

/// Tokens in PostgreSQL. What was found is good for a second at most, and forgotten at once when a token
/// is revoked or an account disabled in this process.
package final class PortalTokenStore: TokenStore {
  private struct Kept {
    let found: PresentedToken?
    let at: Date
    /// Whether somebody is looking again already; the others go on with this one.
    var isRenewed = false
  }

  private struct State {
    var tokens: [[UInt8]: Kept] = [:]
    /// Counts what made everything unknown: what was looked up before that is not kept.
    var generation = 0
  }

  private static let lifetime: TimeInterval = 1
  private static let renewAfter: TimeInterval = 0.5
  private static let most = 10_000
  /// `last_used_at` is written at most so often.
  private static let touchEvery: TimeInterval = 60

  private let databases: Databases
  private let state = Mutex(State())

  package init(databases: Databases) { self.databases = databases }

  package func credential(bearer: String, now: Date) async throws -> APICredential? {
    guard let hash = APIToken(bearer)?.hash else { return nil }
    let (kept, generation) = state.withLock { state in
      (Self.kept(hash, now, in: &state), state.generation)
    }
    if let kept { return kept.credential(at: now) }
    let found = try await databases.firstOnToken(hash: hash, presentedToken(hash: hash, now: now))
    state.withLock { state in
      guard state.generation == generation else { return }
      if state.tokens.count >= Self.most { state.tokens.removeAll() }
      state.tokens[hash] = Kept(found: found, at: now)
    }
    if let found, found.isUsedSince(now.addingTimeInterval(-Self.touchEvery)) == false {
      _ = try await databases.transactionOnToken(hash: hash) { tx in
        try tx.execute(tokenUse(hash: hash, at: now))
      }
    }
    return found?.credential(at: now)
  }

  /// Forgets everything: the next request looks again.
  func forgetAll() {
    state.withLock { state in
      state.generation += 1
      state.tokens.removeAll()
    }
  }

  /// What is known and fresh enough; nil makes the caller look.
  private static func kept(
    _ hash: [UInt8], _ now: Date, in state: inout State
  ) -> PresentedToken?? {
    guard let kept = state.tokens[hash] else { return nil }
    let age = now.timeIntervalSince(kept.at)
    guard age >= 0, age < lifetime else { return nil }
    if age >= renewAfter, !kept.isRenewed {
      state.tokens[hash]?.isRenewed = true
      return nil
    }
    return .some(kept.found)
  }
}

/// A token that is good at the moment, with the account it acts for.
struct PresentedToken: Sendable {
  private let credential: APICredential?
  private let expiresAt: Date
  private let lastUsedAt: Date?

  init(_ row: Row, hash: [UInt8]) throws {
    let account = try Principal(row).shown(by: .token(hash))
    let area: AreaCode = try row("token_area")
    let permissions: [String] = try row("permissions")
    // An account that was moved away takes its tokens out of use.
    credential =
      account.area.contains(area)
      ? APICredential(
        principal: account.delegating(
          Set(permissions.compactMap { Permission(rawValue: $0) }), in: area),
        token: try row("token_id"), system: try row("system")) : nil
    expiresAt = try row("expires_at")
    lastUsedAt = try row("last_used_at")
  }

  func credential(at now: Date) -> APICredential? { now < expiresAt ? credential : nil }

  func isUsedSince(_ time: Date) -> Bool { lastUsedAt.map { $0 > time } ?? false }
}

extension PresentedToken? {
  fileprivate func credential(at now: Date) -> APICredential? {
    flatMap { $0.credential(at: now) }
  }
}

private func presentedToken(hash: [UInt8], now: Date) -> Query<PresentedToken> {
  Query(
    """
    SELECT a.id, a.account, a.display_name, a.role, a.area, t.id AS token_id, t.name AS system,
      t.area AS token_area, t.permissions, t.expires_at, t.last_used_at
    FROM api_tokens t JOIN accounts a ON a.id = t.account_id
    WHERE t.token_hash = \(hash) AND t.revoked_at IS NULL AND t.expires_at > \(now)
      AND a.disabled_at IS NULL
    """
  ) { try PresentedToken($0, hash: hash) }
}

private func tokenUse(hash: [UInt8], at now: Date) -> SQL {
  "UPDATE api_tokens SET last_used_at = \(now) WHERE token_hash = \(hash) AND revoked_at IS NULL"
}
