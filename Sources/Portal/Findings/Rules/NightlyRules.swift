import Domain
package import Foundation
package import Ground
package import Logging
import Postgres

/// Enters a run of the rules over the area in which it is due, unless one waits or goes on.
struct NightlyRulesJob: JobKind {
  static let name = "rules_nightly"
  static let title = "每晚运行规则"
  static let lane = "rules"
  static let statementTimeout = Duration.seconds(60)

  struct NotPermitted: Error {}

  func perform(_ job: JobContext) async throws {
    guard job.actor.may(.workFindings) else { throw NotPermitted() }
    _ = try await job.finish { tx in
      try tx.enterOnlyRuleRun(over: .area, by: job.origin, job.actor, at: job.now)
    }
  }

  func words(for failure: JobFailure) -> String? {
    guard case .error(let error) = failure, error is NotPermitted else { return nil }
    return RuleRunCommand.Refusal.notPermitted.description
  }
}

/// `portal rules nightly --account NAME`: sets when a run over the whole area of an account is entered every night,
/// in its name, by whichever portal is running.
package struct NightlyRulesCommand: Sendable {
  private let access: CommandAccess

  /// - Parameter connectionString: of the staff login: the same rules hold as on screen.
  package init(connectionString: String, logger: Logger) {
    access = CommandAccess(
      connectionString: connectionString, name: "portal-rules", logger: logger)
  }

  /// - Parameter schedule: nil for never.
  /// - Throws: `UnknownAccount`, `PostgresError`, and for an account that may not run the rules.
  package func set(
    _ schedule: JobSchedule?, account: String, at now: Date = Date()
  ) async throws {
    try await access.perform(as: account) { databases, actor in
      guard actor.may(.workFindings) else { throw RuleRunCommand.Refusal.notPermitted }
      try await databases.transaction(as: actor) { tx in
        try tx.schedule(NightlyRulesJob.self, schedule, as: actor, at: now)
        try tx.audit(
          AuditEvent(
            action: .scheduleRules, entity: "job_schedules", entityID: actor.area.rawValue,
            after: schedule.map { ["minute_of_day": String($0.minute)] }),
          by: .staff(actor, address: "portal rules", reference: "", at: now))
      }
    }
  }
}
