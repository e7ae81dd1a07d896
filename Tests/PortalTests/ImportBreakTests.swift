import Domain
import Foundation
import Logging
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Imports
@testable import Portal
@testable import Register

/// An import that is broken off leaves all or nothing.
@Suite struct ImportBreakTests {
  private func untilItWaits(_ county: ImportFixture) async throws {
    for _ in 0..<200 {
      let waiting = try await county.lines(
        """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
          AND application_name = 'portal-import' AND wait_event_type = 'Lock'
        """)
      if waiting == ["1"] { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("the commit did not reach the lock")
  }

  private func confirm(_ page: Page) async throws {
    _ = try await page.form(to: "\(ImportFixture.link(page))/confirmation").submit(following: false)
  }

  @Test func aCommitThatIsCancelledInTheMiddleWritesNothing() async throws {
    let county = try await ImportFixture()
    let checked = try await county.upload(.households, try ImportFixture.households())
    let hold = try await TableHold(county.site)
    try await confirm(checked)
    try await untilItWaits(county)
    var running = try await county.browser.open(checked.address)
    for _ in 0..<50 where !running.has("3 / 3 行") {
      try await Task.sleep(for: .milliseconds(100))
      running = try await county.browser.open(checked.address)
    }
    #expect(running.has("正在写入") && running.has("写入") && running.has("3 / 3 行"))
    _ = try await running.form(to: "\(ImportFixture.link(checked))/cancellation").submit()
    // The run hears of it although its statement still waits for the lock.
    await county.jobs.finishAll()
    try await hold.end()
    #expect(try await county.browser.open(checked.address).has("已取消"))
    #expect(try await county.count("persons") == 0)
    #expect(try await county.count("households") == 0)
  }

  @Test func aCommandThatIsCancelledOnItsPageWritesNothingAndSaysSo() async throws {
    let county = try await ImportFixture()
    let path = NSTemporaryDirectory() + "cancelled-\(UUID().uuidString).csv"
    try Data(try ImportFixture.households().utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let command = ImportCommand(
      connectionString: county.site.database.connectionString(as: .staff), keys: county.site.keys,
      logger: Logger(label: "test"))
    let hold = try await TableHold(county.site)
    let running = Task {
      try await command.run(kind: "households", path: path, account: "zhujian")
    }
    try await untilItWaits(county)
    let link = "/desk/imports/" + (try await county.lines("SELECT max(id) FROM imports"))[0]
    _ = try await county.browser.open(link).form(to: "\(link)/cancellation").submit()
    // Before the hold ends: the command does not wait for its statement.
    let refusal = await #expect(throws: ImportCommand.Refusal.self) { try await running.value }
    #expect(refusal?.description.contains("已在网页上取消") == true)
    try await hold.end()
    #expect(try await county.count("persons") == 0)
    #expect(try await county.lines("SELECT state FROM imports") == ["cancelled"])
  }

  @Test func aCommitWhoseConnectionIsKilledIsWrittenOnceByTheNextTry() async throws {
    let county = try await ImportFixture()
    let checked = try await county.upload(.households, try ImportFixture.households())
    let hold = try await TableHold(county.site)
    try await confirm(checked)
    try await untilItWaits(county)
    _ = try await county.lines(
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
        AND application_name = 'portal-import' AND wait_event_type = 'Lock'
      """)
    async let finished: Void = county.jobs.finishAll()
    try await untilItWaits(county)
    try await hold.end()
    await finished
    #expect(try await county.browser.open(checked.address).has("已导入"))
    #expect(try await county.count("persons") == 3)
    #expect(
      try await county.lines("SELECT state, attempts, message FROM jobs ORDER BY id DESC LIMIT 1")
        == ["done|2|第 1 次没有做成（数据库连接中断），自动再试"])
  }

  /// A job of the last import, on which a program works that was heard of so long ago.
  private static func job(_ kind: String, _ worker: String, _ silence: String) -> String {
    """
    INSERT INTO jobs (kind, subject, area, account_id, lane, state, worker, heard_at, attempts)
    SELECT '\(kind)', id, area, uploaded_by, 'import', 'running', '\(worker)',
      now() - interval '\(silence)', 1
    FROM imports ORDER BY id DESC LIMIT 1
    """
  }

  @Test func whatARunThatDiedLeftIsGivenBackAndWhatWaitedIsDone() async throws {
    let county = try await ImportFixture()
    _ = try await county.upload(.estates, ImportFixture.estates)
    _ = try await county.lines(
      """
      UPDATE imports SET state = 'committing', confirmed_by = uploaded_by, confirmed_by_name = 'x',
        confirmed_at = now();
      \(Self.job("import_commit", "dead", "1 hour"))
      """)
    _ = try await county.upload(.homes, ImportFixture.homes)
    _ = try await county.lines(
      """
      UPDATE imports SET state = 'checking' WHERE kind = 'homes';
      \(Self.job("import_check", "dead", "1 hour"))
      """)
    let restarted = try county.site.restarted()
    try await restarted.portal.services.jobs.takeUp()
    await restarted.portal.services.jobs.finishAll()
    #expect(
      try await county.lines("SELECT kind, state, message IS NOT NULL FROM imports ORDER BY id")
        == ["estates|checked|t", "homes|checked|f"])
  }

  @Test func aRunThatIsAliveIsLeftAlone() async throws {
    let county = try await ImportFixture()
    _ = try await county.upload(.estates, ImportFixture.estates)
    _ = try await county.lines(
      "UPDATE imports SET state = 'checking'; \(Self.job("import_check", "alive", "0"))")
    try await county.jobs.takeUp()
    await county.jobs.finishAll()
    #expect(try await county.lines("SELECT state FROM imports") == ["checking"])
  }

  @Test func aRegisterThatChangedSinceTheCheckIsCheckedAgain() async throws {
    let county = try await ImportFixture()
    try await county.bring(.estates, ImportFixture.estates)
    let checked = try await county.upload(.homes, ImportFixture.homes)
    _ = try await county.lines("UPDATE estates SET name = '改名小区' WHERE name = '龙津小区'")
    let page = try await county.press(checked, "confirmation")
    #expect(page.has("没有写入") && page.has("登记里没有这个项目"))
    #expect(try await county.count("homes") == 0)
  }
}
