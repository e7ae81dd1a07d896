import Domain
import Foundation
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// What a test's jobs do; the kinds differ in what becomes of them.
protocol TestJob: JobKind {
  init(_ body: @escaping @Sendable (JobContext) async throws -> Void)
}

/// May be done as often as it takes.
struct EasyJob: TestJob {
  static let name = "test_easy"
  static let title = "试做"
  static let lane = "test"
  static let connectionName = "portal-test-job"

  let body: @Sendable (JobContext) async throws -> Void

  init(_ body: @escaping @Sendable (JobContext) async throws -> Void) { self.body = body }

  func perform(_ job: JobContext) async throws { try await body(job) }
}

/// Is done once or not at all, and says of an estate what became of it.
struct OnceJob: TestJob {
  static let name = "test_once"
  static let title = "只做一次"
  static let lane = "test"
  static let afterDeath = JobDeath.givenUp
  static let triesAgain: Set<PassingFailure> = []

  let body: @Sendable (JobContext) async throws -> Void

  init(_ body: @escaping @Sendable (JobContext) async throws -> Void) { self.body = body }

  func perform(_ job: JobContext) async throws { try await body(job) }

  func failed(
    _ job: JobOrder, _ failure: JobFailure, _ words: String, _ tx: Transaction
  ) throws {
    try tx.execute(
      """
      INSERT INTO estates (area, name, address, ownership)
      VALUES ('350423100', 'failed', \(words), 'government')
      """)
  }
}

/// A county in which an officer has jobs done, and programs that do them.
struct JobFixture: Sendable {
  let site: TestPortal
  let officer: Principal

  init() async throws {
    site = try await TestPortal.start(.empty)
    officer = try await site.portal.services.databases.commandAccount("zhujian")
  }

  /// Another program, which does what the body says.
  func program(
    of kind: any TestJob.Type = EasyJob.self, clock: JobClock = JobClock(),
    poll: Duration = .seconds(5),
    _ body: @escaping @Sendable (JobContext) async throws -> Void = { _ in }
  ) -> JobRunner {
    JobRunner(
      connectionString: site.database.connectionString(as: .staff), kinds: [kind.init(body)],
      poll: poll, logger: TestLog.logger(site.database.name),
      now: { clock.now })
  }

  /// Enters a job as a page does that tells nobody of it.
  func enter(
    _ kind: any JobKind.Type = EasyJob.self, of subject: Int64? = nil, lane: String? = nil
  ) async throws {
    try await site.portal.services.databases.transaction(as: officer) { [officer] tx in
      try tx.enter(
        NewJob(kind, of: subject.map { EstateID(rawValue: $0) }, lane: lane), as: officer,
        in: officer.area)
    }
  }

  /// Leaves the last job as a program does that dies in the middle of it.
  ///
  /// - Parameter begun: whether it had done more than to claim it.
  func leave(attempts: Int = 1, silence: String = "1 hour", begun: Bool = true) async throws {
    _ = try await lines(
      """
      UPDATE jobs SET state = 'running', worker = 'dead', attempts = \(attempts), is_begun = \(begun),
        heard_at = now() - interval '\(silence)' WHERE id = (SELECT max(id) FROM jobs)
      """)
  }

  func lines(_ sql: String) async throws -> [String] {
    let answer = try await site.database.psql(as: .superuser, [:], sql)
    #expect(answer.status == 0, "\(answer.errors)")
    return answer.lines
  }

  /// `done 2` of each job: how it ended, and after how many tries.
  func jobs() async throws -> [String] {
    try await lines("SELECT state || ' ' || attempts FROM jobs ORDER BY id")
  }

  func until(_ what: Comment, _ isSo: () async throws -> Bool) async throws {
    for _ in 0..<200 {
      if try await isSo() { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record(what)
  }

  /// The statements that jobs are at.
  func statements() async throws -> Int {
    try await lines(
      """
      SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
        AND application_name = 'portal-test-job' AND state = 'active'
      """
    ).first.flatMap { Int($0) } ?? -1
  }
}

/// The time that programs take for now.
final class JobClock: Sendable {
  private let time: Mutex<Date>

  init(_ start: Date = Date()) { time = Mutex(start) }

  var now: Date { time.withLock { $0 } }

  func advance(by seconds: TimeInterval) { time.withLock { $0 += seconds } }
}

/// Who is doing what at the moment, and how many at most.
final class JobTally: Sendable {
  private let state = Mutex((now: [String: Int](), most: [String: Int](), done: [String: Int]()))

  func during(_ keys: [String], _ body: () async throws -> Void) async rethrows {
    state.withLock { state in
      for key in keys {
        state.now[key, default: 0] += 1
        state.most[key] = max(state.most[key] ?? 0, state.now[key] ?? 0)
      }
    }
    defer {
      state.withLock { state in
        for key in keys {
          state.now[key, default: 0] -= 1
          state.done[key, default: 0] += 1
        }
      }
    }
    try await body()
  }

  /// Of each key, how many at once at most.
  var most: [String: Int] { state.withLock { $0.most } }
  /// Of each key, how often.
  var done: [String: Int] { state.withLock { $0.done } }
}

extension TestPortal {
  /// Lets a change of a table fail once as if another transaction had come first.
  func interruptOnce(_ table: String, when condition: String) async throws {
    let answer = try await database.psql(
      as: .superuser, [:],
      """
      CREATE SEQUENCE interruptions;
      GRANT USAGE ON SEQUENCE interruptions TO portal_staff;
      CREATE FUNCTION interrupt() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('interruptions') = 1 THEN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER interrupted BEFORE UPDATE ON \(table)
        FOR EACH ROW WHEN (\(condition)) EXECUTE FUNCTION interrupt();
      """)
    #expect(answer.status == 0, "\(answer.errors)")
  }
}
