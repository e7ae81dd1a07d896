import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// What passes by itself, what does not, and in whose name a job is done.
@Suite struct JobRetryTests {
  private static func raise(_ state: String) -> String {
    "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '\(state)'; END $$"
  }

  /// A deadlock, a serialization failure, a lock and a statement that took too long, and a connection that
  /// is gone.
  @Test(arguments: [
    raise("40P01"), raise("40001"), raise("55P03"),
    "SET LOCAL statement_timeout = 20; SELECT pg_sleep(5)",
    "SELECT pg_terminate_backend(pg_backend_pid())",
  ])
  func whatPassesByItselfIsTriedAgainAndTheJobSaysSo(_ script: String) async throws {
    let fixture = try await JobFixture()
    try await fixture.enter()
    let program = fixture.program { job in
      guard job.order.attempts == 1 else { return }
      try await job.transaction { tx in try tx.script(script) }
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["done 2"])
    let message = try await fixture.lines("SELECT message FROM jobs")[0]
    #expect(message.hasPrefix("第 1 次没有做成（") && message.hasSuffix("自动再试"))
  }

  @Test func whatDoesNotPassIsReportedAfterAFewTries() async throws {
    let fixture = try await JobFixture()
    try await fixture.enter()
    let program = fixture.program { job in
      try await job.transaction { tx in try tx.script(Self.raise("40P01")) }
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["failed 4"])
    #expect(
      try await fixture.lines("SELECT message FROM jobs") == ["数据库繁忙，试了 4 次都没有做成，请稍后再试"])
  }

  @Test func aFaultIsNotTriedAgain() async throws {
    let fixture = try await JobFixture()
    try await fixture.enter()
    let program = fixture.program { job in
      try await job.transaction { tx in try tx.script("SELECT 1 / 0") }
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["failed 1"])
  }

  @Test func aJobThatSaysThatItMayNotBeTriedAgainIsNot() async throws {
    let fixture = try await JobFixture()
    try await fixture.enter(OnceJob.self)
    let program = fixture.program(of: OnceJob.self) { job in
      try await job.transaction { tx in try tx.script(Self.raise("40P01")) }
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["failed 1"])
    #expect(try await fixture.lines("SELECT name FROM estates") == ["failed"])
  }

  @Test func whatIsLostBeforeAJobBeginsIsTriedAgainWhateverItsKind() async throws {
    let fixture = try await JobFixture()
    // As when the connection is lost between claiming a job and beginning it.
    try await fixture.site.interruptOnce("jobs", when: "NEW.is_begun AND NOT OLD.is_begun")
    try await fixture.enter(OnceJob.self)
    await fixture.program(of: OnceJob.self).finishAll()
    #expect(try await fixture.jobs() == ["done 2"])
    let message = try await fixture.lines("SELECT message FROM jobs")[0]
    #expect(message.hasPrefix("第 1 次没有做成（") && message.hasSuffix("自动再试"))
  }

  @Test func whatAProgramHadOnlyClaimedWhenItDiedIsDoneByAnother() async throws {
    let fixture = try await JobFixture()
    let program = fixture.program(of: OnceJob.self)
    try await fixture.enter(OnceJob.self)
    try await fixture.leave(begun: false)
    try await program.takeUp()
    await program.finishAll()
    #expect(try await fixture.jobs() == ["done 2"])
    #expect(try await fixture.lines("SELECT message FROM jobs")[0].contains("还没有开始就中断"))
  }

  @Test func whatBecameOfAJobIsSaidAlthoughThatMeetsADeadlockItself() async throws {
    let fixture = try await JobFixture()
    try await fixture.site.interruptOnce("jobs", when: "NEW.state = 'failed'")
    try await fixture.enter(OnceJob.self)
    let program = fixture.program(of: OnceJob.self) { job in
      try await job.transaction { tx in try tx.script("SELECT 1 / 0") }
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["failed 1"])
    #expect(try await fixture.lines("SELECT count(*) FROM estates") == ["1"])
  }

  @Test func whatAProgramIsAtIsNotTakenFromItHoweverLongTheDatabaseWasAway() async throws {
    let fixture = try await JobFixture()
    try await fixture.enter()
    let program = fixture.program { _ in try await Task.sleep(for: .seconds(2)) }
    await program.wake()
    try await fixture.until("it is under way") {
      try await fixture.lines("SELECT state FROM jobs") == ["running"]
    }
    // Several times, since the program says twice a second that it is alive.
    for _ in 1...5 {
      _ = try await fixture.lines("UPDATE jobs SET heard_at = now() - interval '1 hour'")
      try await program.takeUp()
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["done 1"])
  }

  @Test func theJobOfAnAccountThatWasMovedAwayFailsWithWords() async throws {
    let fixture = try await JobFixture()
    let tally = JobTally()
    try await fixture.enter()
    _ = try await fixture.lines(
      "UPDATE accounts SET area = '350423101' WHERE account = 'zhujian'")
    await fixture.program { _ in await tally.during(["begun"]) {} }.finishAll()
    #expect(tally.done.isEmpty)
    #expect(try await fixture.jobs() == ["failed 1"])
  }

  @Test func aJobThatIsTriedAgainGoesOnFromItsLastStep() async throws {
    let fixture = try await JobFixture()
    try await fixture.enter()
    let program = fixture.program { job in
      guard job.order.terms["at"] == nil else { return }
      try await job.step { tx in ((), terms: ["at": "2"]) }
      try await job.transaction { tx in try tx.script(Self.raise("40001")) }
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["done 2"])
    #expect(try await fixture.lines("SELECT terms IS NULL FROM jobs") == ["t"])
  }

  @Test func aJobIsDoneInTheNameOfItsAccountInItsArea() async throws {
    let fixture = try await JobFixture()
    try await fixture.site.portal.services.databases.transaction(as: fixture.officer) {
      [officer = fixture.officer] tx in
      let township = try #require(AreaCode("350423100"))
      try tx.enter(NewJob(EasyJob.self), as: officer, in: township)
    }
    let program = fixture.program { job in
      #expect(job.actor.account == "zhujian" && job.actor.area.rawValue == "350423100")
      let settings = try await job.read { tx in
        try tx.one(
          Query<String>(
            "SELECT current_setting('portal.area') || ' ' || current_setting('portal.account')"))
      }
      #expect(settings == "350423100 \(job.actor.accountID)")
    }
    await program.finishAll()
    #expect(try await fixture.jobs() == ["done 1"])
  }

  @Test func theJobOfAnAccountThatWasDisabledFailsWithWords() async throws {
    let fixture = try await JobFixture()
    let tally = JobTally()
    try await fixture.enter()
    _ = try await fixture.lines("UPDATE accounts SET disabled_at = now()")
    await fixture.program { _ in await tally.during(["begun"]) {} }.finishAll()
    #expect(tally.done.isEmpty)
    #expect(try await fixture.jobs() == ["failed 1"])
    #expect(try await fixture.lines("SELECT message FROM jobs") == ["账号已停用，“试做”没有进行"])
  }

  @Test func ofTwoAreasNeitherSeesTheOthersJobs() async throws {
    let fixture = try await JobFixture()
    try await fixture.enter()
    let county = try await fixture.site.database.psql(
      as: .staff, ["portal.area": "350423"], "SELECT count(*) FROM jobs")
    #expect(county.lines.last == "1")
    let other = try await fixture.site.database.psql(
      as: .staff, ["portal.area": "350424"], "SELECT count(*) FROM jobs")
    #expect(other.lines.last == "0")
    let citizen = try await fixture.site.database.psql(
      as: .publicSide, [:], "SELECT count(*) FROM jobs")
    #expect(citizen.status != 0)
  }
}
