import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// The one runner: who does a job, how often, and what becomes of it.
@Suite struct JobTests {
  @Test func twoServersDoEveryJobOnce() async throws {
    let fixture = try await JobFixture()
    for number in 1...12 { try await fixture.enter(of: Int64(number), lane: "lane\(number)") }
    let tally = JobTally()
    let body: @Sendable (JobContext) async throws -> Void = { job in
      await tally.during(["\(job.order.subject)"]) {
        try? await Task.sleep(for: .milliseconds(20))
      }
    }
    let (first, second) = (fixture.program(body), fixture.program(body))
    async let one: Void = first.finishAll()
    async let other: Void = second.finishAll()
    _ = await (one, other)
    #expect(tally.done.count == 12 && tally.done.values.allSatisfy { $0 == 1 })
    #expect(try await fixture.jobs() == Array(repeating: "done 1", count: 12))
  }

  @Test func lanesDoNotWaitForEachOtherAndOfALaneOneJobIsDoneAtATime() async throws {
    let fixture = try await JobFixture()
    for _ in 0..<3 { try await fixture.enter(lane: "slow") }
    for number in 0..<4 { try await fixture.enter(lane: "lane\(number)") }
    let tally = JobTally()
    let program = fixture.program { job in
      await tally.during([job.order.lane, "all"]) {
        try? await Task.sleep(for: .milliseconds(150))
      }
    }
    await program.finishAll()
    #expect(tally.most["slow"] == 1 && tally.done["slow"] == 3)
    #expect(tally.most["all"] == JobRunner.slots && tally.done["all"] == 7)
  }

  @Test func whatTakesLongHoldsNobodyElseUp() async throws {
    let fixture = try await JobFixture()
    for number in 0..<JobRunner.slots { try await fixture.enter(lane: "slow\(number)") }
    try await fixture.enter(lane: "another")
    let tally = JobTally()
    let program = fixture.program(quick: .milliseconds(200)) { job in
      await tally.during([job.order.lane]) {}
      guard job.order.lane != "another" else { return }
      try await fixture.until("somebody else's job was done beside it") {
        tally.done["another"] == 1
      }
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == Array(repeating: "done 1", count: JobRunner.slots + 1))
  }

  @Test func howeverLongJobsTakeABoundedNumberIsDoneAtOnce() async throws {
    let fixture = try await JobFixture()
    for number in 0..<JobRunner.most + 3 { try await fixture.enter(lane: "slow\(number)") }
    let tally = JobTally()
    let program = fixture.program(quick: .milliseconds(1)) { _ in
      await tally.during(["all"]) { try? await Task.sleep(for: .milliseconds(1_500)) }
    }
    await program.finishAll()
    #expect(tally.most["all"] == JobRunner.most && tally.done["all"] == JobRunner.most + 3)
  }

  @Test func aJobThatIsEnteredAnywhereIsBegunAtOnce() async throws {
    let fixture = try await JobFixture()
    let program = fixture.program(poll: .seconds(600))
    let running = Task { try await program.run() }
    try await fixture.until("somebody listens") {
      try await fixture.lines(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^LISTEN'"
      )
        == ["1"]
    }
    try await fixture.enter()
    try await fixture.until("the job was heard of") { try await fixture.jobs() == ["done 1"] }
    running.cancel()
    try await running.value
  }

  // MARK: Programs that die

  @Test func theJobOfADeadServerIsTakenUpByAnotherAndItsTriesAreCounted() async throws {
    let fixture = try await JobFixture()
    let program = fixture.program()
    try await fixture.enter()
    try await fixture.leave()
    try await program.takeUp()
    await program.finishAll()
    #expect(try await fixture.jobs() == ["done 2"])
    #expect(try await fixture.lines("SELECT message FROM jobs")[0].contains("程序中断，由别的程序接着做"))
  }

  @Test func aJobThatKillsEveryServerIsGivenUp() async throws {
    let fixture = try await JobFixture()
    let program = fixture.program()
    try await fixture.enter()
    try await fixture.leave(attempts: JobTry.most)
    try await program.takeUp()
    await program.finishAll()
    #expect(try await fixture.jobs() == ["failed 4"])
  }

  @Test func aJobThatMayNotBeDoneTwiceHasFailedAndItsRowSaysSo() async throws {
    let fixture = try await JobFixture()
    let program = fixture.program(of: OnceJob.self)
    try await fixture.enter(OnceJob.self)
    try await fixture.leave()
    try await program.takeUp()
    await program.finishAll()
    #expect(try await fixture.jobs() == ["failed 1"])
    #expect(try await fixture.lines("SELECT address FROM estates") == ["程序中断，“只做一次”没有做完"])
  }

  @Test func aJobWhoseServerIsAliveIsLeftAlone() async throws {
    let fixture = try await JobFixture()
    let program = fixture.program()
    try await fixture.enter()
    try await fixture.leave(silence: "5 seconds")
    try await program.takeUp()
    await program.finishAll()
    #expect(try await fixture.jobs() == ["running 1"])
  }

  @Test func aServerThatWasTakenForDeadLeavesNoTrace() async throws {
    let fixture = try await JobFixture()
    try await fixture.enter()
    let program = fixture.program { job in
      _ = try await fixture.lines("UPDATE jobs SET worker = 'another'")
      _ = try await job.finish { tx in
        try tx.execute(
          """
          INSERT INTO estates (area, name, address, ownership)
          VALUES ('350423100', 'late', 'late', 'government')
          """)
      }
    }
    await program.finishAll()
    #expect(try await fixture.lines("SELECT count(*) FROM estates") == ["0"])
    #expect(try await fixture.jobs() == ["running 1"])
  }

  @Test func aServerThatStopsBreaksOffWhatItDoesAndAnotherDoesIt() async throws {
    let fixture = try await JobFixture()
    let program = fixture.program { job in
      try await job.transaction { tx in try tx.script("SELECT pg_sleep(60)") }
    }
    try await fixture.enter()
    await program.wake()
    try await fixture.until("it is under way") { try await fixture.statements() == 1 }
    let began = ContinuousClock.now
    await program.stop()
    #expect(ContinuousClock.now - began < .seconds(10))
    #expect(try await fixture.statements() == 0)
    #expect(try await fixture.jobs() == ["waiting 0"])
    await fixture.program().finishAll()
    #expect(try await fixture.jobs() == ["done 1"])
  }

  // MARK: Somebody gives it up

  @Test func aCancelIsHeardInTheMiddleOfAStatementAndIsNoFailureToTryAgain() async throws {
    let fixture = try await JobFixture()
    let program = fixture.program { job in
      try await job.transaction { tx in try tx.script("SELECT pg_sleep(60)") }
    }
    try await fixture.enter(of: 7)
    await program.wake()
    try await fixture.until("it is under way") { try await fixture.statements() == 1 }
    try await cancel(7, fixture)
    let began = ContinuousClock.now
    await program.finishAll()
    #expect(ContinuousClock.now - began < .seconds(10))
    #expect(try await fixture.jobs() == ["cancelled 1"])
    #expect(try await fixture.statements() == 0)
  }

  @Test func whatIsCancelledBeforeItBeginsDoesNot() async throws {
    let fixture = try await JobFixture()
    let tally = JobTally()
    try await fixture.enter(of: 7)
    try await cancel(7, fixture)
    await fixture.program { _ in await tally.during(["begun"]) {} }.finishAll()
    #expect(tally.done.isEmpty)
    #expect(try await fixture.lines("SELECT state FROM jobs") == ["cancelled"])
  }

  private func cancel(_ subject: Int64, _ fixture: JobFixture) async throws {
    try await fixture.site.portal.services.databases.transaction(as: fixture.officer) { tx in
      try tx.cancelJobs([EasyJob.self], of: EstateID(rawValue: subject))
    }
  }

  @Test func howFarAJobIsStandsInItsRow() async throws {
    let fixture = try await JobFixture()
    try await fixture.enter()
    let program = fixture.program { job in
      try job.begin("读取")
      try job.advance(to: 3, of: 9)
      try await fixture.until("it is said how far it is") {
        try await fixture.lines("SELECT phase || ' ' || done || '/' || expected FROM jobs")
          == ["读取 3/9"]
      }
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["done 1"])
  }
}
