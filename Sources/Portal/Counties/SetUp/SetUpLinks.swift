package import Foundation
import Ground
import HTML
import Pages
package import Postgres
import Web

/// One-time links with which the first person sets a county up in the browser; made by command, through the owner's
/// login. Only the hash of a link's token is kept.
package struct SetUpLinks: Sendable {
  package static let lifetime: TimeInterval = 3600

  private let owner: Database

  /// - Parameter owner: the owner's login.
  package init(_ owner: Database) { self.owner = owner }

  /// A link; those before it that nobody has used open nothing any more.
  ///
  /// - Parameter isFirst: whether there is to be none where a county is set up already.
  /// - Returns: its path and query, for instance `/setup?code=…`.
  package func make(onlyFirst isFirst: Bool, at now: Date = Date()) async throws -> String? {
    let token = SessionToken()
    return try await owner.transaction { tx in
      if isFirst, try tx.one(Query<Bool>("SELECT EXISTS (SELECT FROM site_settings)")) {
        return nil
      }
      try tx.execute("DELETE FROM setup_links WHERE used_at IS NULL")
      try tx.execute(
        """
        INSERT INTO setup_links (token_hash, made_at, ends_at)
        VALUES (\(token.hash), \(now), \(now.addingTimeInterval(Self.lifetime)))
        """)
      return Paths.setUp.link.query("code", token.text).url
    }
  }
}

/// What a link can still do.
enum SetUpState: String, Sendable {
  case open, used, over, unknown
  /// Whoever set the county up was faster, or a command was.
  case exists
  case done
}

func setUpState(_ token: SessionToken, at now: Date) -> Query<SetUpState> {
  Query("SELECT setup_link_state(\(token.hash), \(now)) AS state") { row in
    SetUpState(rawValue: try row("state")) ?? .unknown
  }
}
