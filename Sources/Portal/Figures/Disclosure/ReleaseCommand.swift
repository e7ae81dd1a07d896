import Domain
package import Foundation
package import Ground
import Postgres

/// `portal release prepare|publish --account NAME`: the same work under the same rules as on the
/// desk, so that two accounts are needed here too.
package struct ReleaseCommand: Sendable {
  enum Refusal: Error, CustomStringConvertible {
    case nothingPrepared

    var description: String {
      switch self {
      case .nothingPrepared: "没有等待发布的数据，请先运行 portal release prepare"
      }
    }
  }

  private let databases: Databases

  package init(databases: Databases) {
    self.databases = databases
  }

  /// Freezes the figures as they are now.
  /// - Returns: the number of the release.
  package func prepare(account: String, at now: Date = Date()) async throws -> Int64 {
    let actor = try await databases.commandAccount(account)
    return try await ReleaseWork(databases: databases)
      .prepare(as: actor, by: origin(actor, now), at: now).rawValue
  }

  /// Publishes a release: the one with this number, or the latest that waits.
  /// - Returns: its number.
  package func publish(
    number: Int64? = nil, account: String, at now: Date = Date()
  ) async throws -> Int64 {
    let actor = try await databases.commandAccount(account)
    let chosen: ReleaseID
    if let number {
      chosen = ReleaseID(rawValue: number)
    } else {
      let waiting = try await databases.read(as: actor) { tx in try tx.all(releases()) }
        .first { $0.state == .prepared }
      guard let waiting else { throw Refusal.nothingPrepared }
      chosen = waiting.id
    }
    try await ReleaseWork(databases: databases)
      .publish(chosen, as: actor, by: origin(actor, now), at: now)
    return chosen.rawValue
  }

  private func origin(_ actor: Principal, _ now: Date) -> AuditOrigin {
    .staff(actor, address: "portal release", reference: "", at: now)
  }
}
