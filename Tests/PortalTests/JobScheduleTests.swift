import Domain
import Foundation
import Logging
import Postgres
import TestSupport
import Testing

@testable import Findings
@testable import Ground
@testable import Portal

/// What is done again and again.
@Suite struct JobScheduleTests {
  private static func moment(_ day: String, _ hour: Int, _ minute: Int = 0) throws -> Date {
    ShanghaiTime.date(on: try #require(Day(iso: day)), hour: hour, minute: minute)
  }

  @Test(arguments: [
    (JobSchedule(.daily, hour: 2), "2021-08-20", 14, "2021-08-20"),
    (JobSchedule(.daily, hour: 2), "2021-08-20", 1, "2021-08-19"),
    // 2021-08-20 was a Friday.
    (JobSchedule(.weekly(.monday), hour: 2), "2021-08-20", 14, "2021-08-16"),
    (JobSchedule(.weekly(.friday), hour: 2), "2021-08-20", 1, "2021-08-13"),
    (JobSchedule(.halfMonth, hour: 2), "2021-08-20", 14, "2021-08-16"),
    (JobSchedule(.halfMonth, hour: 2), "2021-08-16", 1, "2021-08-01"),
    (JobSchedule(.halfMonth, hour: 2), "2021-08-01", 1, "2021-07-16"),
  ])
  func whatIsDueIsSaidInChina(
    _ schedule: JobSchedule, _ day: String, _ hour: Int, _ due: String
  ) throws {
    #expect(
      schedule.lastDue(at: try Self.moment(day, hour)) == (try Self.moment(due, 2)))
  }

  @Test func whatIsDueIsEnteredOnceWhateverTheNumberOfServers() async throws {
    let fixture = try await JobFixture()
    let clock = JobClock(try Self.moment("2021-08-20", 3))
    try await fixture.site.portal.services.databases.transaction(as: fixture.officer) { tx in
      try tx.schedule(
        EasyJob.self, JobSchedule(.daily, hour: 2), as: fixture.officer, at: clock.now)
    }
    let servers = [fixture.program(clock: clock), fixture.program(clock: clock)]
    func look() async throws -> [String] {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for server in servers + servers { group.addTask { try await server.enterDue() } }
        try await group.waitForAll()
      }
      for server in servers { await server.finishAll() }
      return try await fixture.jobs()
    }
    // What was due before it was set is not made up for.
    #expect(try await look().isEmpty)
    clock.advance(by: 23 * 3_600 + 100)
    #expect(try await look() == ["done 1"])
    clock.advance(by: 3_600)
    #expect(try await look() == ["done 1"])
    clock.advance(by: 86_400)
    #expect(try await look() == ["done 1", "done 1"])
    // Nor is what was due while no server ran.
    clock.advance(by: 86_400 + 6 * 3_600)
    #expect(try await look() == ["done 1", "done 1"])
    #expect(
      try await fixture.lines(
        "SELECT due_at AT TIME ZONE 'Asia/Shanghai' FROM jobs ORDER BY 1")
        == ["2021-08-21 02:00:00", "2021-08-22 02:00:00"])
  }

  @Test func theRulesRunEveryNightInTheNameOfWhoeverSetIt() async throws {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("A")
    try await fixture.answer(household, .income, [(1, [.amount: "60000"])])
    let command = NightlyRulesCommand(
      connectionString: fixture.site.database.connectionString(as: .staff),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let schedule = JobSchedule(.daily, hour: 2, minute: 30)
    await #expect(throws: RuleRunCommand.Refusal.self) {
      try await command.set(schedule, account: "minzheng")
    }
    try await command.set(schedule, account: "zhujian", at: fixture.site.clock.now)
    let jobs = fixture.services.jobs
    try await jobs.enterDue()
    await jobs.finishAll()
    #expect(try await fixture.findings().isEmpty)
    // To half past two, and half an hour.
    fixture.site.clock.advance(by: 12 * 3_600 + 1_380)
    try await jobs.enterDue()
    await jobs.finishAll()
    #expect(try await fixture.findings() == ["A R2 open"])
    #expect(
      try await fixture.register.lines(
        "SELECT account FROM audit_events WHERE action = 'rule.run'") == ["zhujian"])
    try await command.set(nil, account: "zhujian")
    #expect(try await fixture.register.lines("SELECT count(*) FROM job_schedules") == ["0"])
  }
}
