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

/// Several write files into one county at once: the second is told what the first did.
@Suite struct ImportRaceTests {
  private static func unnumbered() throws -> String {
    """
    乡镇,保障类别,关系,姓名,身份证号码
    龙津镇,低保,申请人,林小满,\(try ImportFixture.person(1))
    ,,妻,陈大雪,\(try ImportFixture.person(2))
    龙津镇,低收入,申请人,王立春,\(try ImportFixture.person(3))

    """
  }

  private func threeAtOnce(
    _ content: String, _ county: ImportFixture
  ) async throws -> [ImportCommand.Report] {
    let path = NSTemporaryDirectory() + "race-\(UUID().uuidString).csv"
    try Data(content.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let command = ImportCommand(
      connectionString: county.site.database.connectionString(as: .staff), keys: county.site.keys,
      logger: Logger(label: "test"))
    return try await withThrowingTaskGroup(of: ImportCommand.Report.self) { group in
      for _ in 0..<3 {
        group.addTask { try await command.run(kind: "households", path: path, account: "zhujian") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func firstAlone(_ reports: [ImportCommand.Report]) {
    #expect(reports.map(\.isWritten) == [true, true, true])
    #expect(reports.map(\.created).sorted() == [0, 0, 2])
    #expect(reports.map(\.unchanged).sorted() == [0, 2, 2])
    // Who began later hears of whoever began before, whichever of them wrote first.
    #expect(reports.count { $0.earlier != nil } == 2)
  }

  @Test func threeImportsAtOnceOfAFileWithoutNumbersMakeEveryHouseholdOnce() async throws {
    let county = try await ImportFixture()
    firstAlone(try await threeAtOnce(try Self.unnumbered(), county))
    #expect(try await county.count("households") == 2)
    #expect(try await county.count("persons") == 3)
  }

  @Test func threeImportsAtOnceOfNumberedHouseholdsAllSayWhatTheyDid() async throws {
    let county = try await ImportFixture()
    firstAlone(try await threeAtOnce(try ImportFixture.households(), county))
    #expect(try await county.count("households") == 2)
  }

  @Test func whoConfirmsAfterAnotherHasWrittenIsToldAndAskedAgain() async throws {
    let county = try await ImportFixture()
    let first = try await county.upload(.households, try Self.unnumbered())
    let second = try await county.upload(.households, try Self.unnumbered() + "\n")
    _ = try await county.press(first, "confirmation")
    let told = try await county.press(second, "confirmation")
    #expect(told.has("没有写入：检查之后已写入导入 ") && told.has("再确认一次"))
    #expect(try await county.count("households") == 2)
    #expect(
      try await county.lines(
        "SELECT counts ->> 'unchanged', state FROM imports ORDER BY id DESC LIMIT 1")
        == ["2|checked"])
    let again = try await county.press(told, "confirmation")
    #expect(again.has("已导入"))
    #expect(try await county.count("households") == 2)
  }

  @Test func anEditOfPeopleIsAskedToWaitWhileAFileIsWritten() async throws {
    let county = try await ImportFixture()
    let database = county.site.database.database(as: .owner, workers: 1)
    defer { database.close() }
    let form = try await county.browser.open("/desk/households/new").form(to: "/desk/households")
    let typed = try form.fill([
      "township": "350423100", "category": "low_income", "name": "林小满",
      "id_number": try ImportFixture.person(1), "marital_status": "single",
    ])
    let page = try await withTurnTaken(database) { try await typed.submit() }
    #expect(page.status == 422 && page.has("正在写入一次导入"))
    #expect(try await county.count("persons") == 0)
    #expect(try await typed.submit().status == 200)
    #expect(try await county.count("persons") == 1)
  }

  /// As an import takes it, on a connection of its own.
  private func withTurnTaken(
    _ database: Database, _ body: @escaping @Sendable () async throws -> Page
  ) async throws -> Page {
    let started = AsyncStream<Void>.makeStream()
    let isOver = TurnEnd()
    let holder = Task {
      try await database.transaction { tx in
        try tx.takeRegister(of: AreaCode("350423")!)
        started.continuation.yield()
        while !isOver.value { try tx.script("SELECT pg_sleep(0.05)") }
      }
    }
    for await _ in started.stream { break }
    let page = try await body()
    isOver.value = true
    try await holder.value
    return page
  }
}

private final class TurnEnd: @unchecked Sendable {
  private let lock = NSLock()
  private var isOver = false
  var value: Bool {
    get { lock.withLock { isOver } }
    set { lock.withLock { isOver = newValue } }
  }
}
