import Domain
package import Ground
import Postgres

/// The jobs of the visits, for whatever program does jobs.
package let visitJobs: [any JobKind] = [RosterMakingJob()]

/// Makes the roster of a campaign, or brings it up to date: when somebody asks, and every night from then on.
///
/// It is one transaction: a roster is never half made. Nobody who writes a visit waits for it unless their home has
/// changed.
struct RosterMakingJob: JobKind {
  static let name = "roster_making"
  static let title = "生成走访名单"
  static let lane = "rosters"
  static let connectionName = "portal-rosters"
  static let statementTimeout = Duration.seconds(600)
  static let brokenOff = "程序中断，没有做完，名单没有变化，请再更新一次。"
  /// When it is brought up to date at night: after the rules have run.
  static let nightly = JobSchedule(.daily, hour: 4)

  struct NotPermitted: Error {}

  func perform(_ job: JobContext) async throws {
    guard job.actor.may(.makeRoster) else { throw NotPermitted() }
    guard let roster = try await roster(of: job) else {
      return try await job.finish { _ in }
    }
    _ = try await job.finish { tx in
      try tx.bringUpToDate(roster, at: job.now) { try job.begin($0) }
    }
  }

  /// That which was asked for, or at night the one of the area, as long as its campaign runs.
  private func roster(of job: JobContext) async throws -> VisitRoster? {
    let wanted: VisitRosterID? = job.order.subject == 0 ? nil : job.subject()
    return try await job.read { tx in
      try tx.all(currentRosters(for: job.actor.area)).first {
        !$0.isCampaignEnded && (wanted == nil || $0.id == wanted)
      }
    }
  }

  func words(for failure: JobFailure) -> String? {
    switch failure {
    case .brokenOff: Self.brokenOff
    case .error(let error) where error is NotPermitted: "账号已没有生成走访名单的权限"
    default: nil
    }
  }

  func faultWords(_ job: JobOrder) -> String { Self.brokenOff }
}
