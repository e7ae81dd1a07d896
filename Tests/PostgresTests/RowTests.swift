import Foundation
import Postgres
import Testing

private struct Estate: RowDecodable, Equatable {
  var name: String
  var homes: Int
  var note: String?
}

extension Estate {
  init(_ row: Row) throws {
    homes = try row("homes")
    name = try row("name")
    note = try row("note")
  }
}

@Suite struct RowTests {
  @Test func `a row decodes by name in any order`() async throws {
    let query = Query<Estate>("SELECT NULL AS note, '龙津' AS name, 120 AS homes")
    let estate = try await SharedDatabase.client.read { try $0.one(query) }
    #expect(estate == Estate(name: "龙津", homes: 120, note: nil))
  }

  @Test func `an error names the column and the type, never the value`() async {
    let query = Query<Estate>("SELECT 'a' AS name, '350423199001011234' AS homes, 'x' AS note")
    let overflow = Query<Estate>("SELECT 'a' AS name, 'secret' AS homes, 'x' AS note")
    for query in [overflow, Query("SELECT 'a' AS name, NULL AS homes, '' AS note")] {
      let error = await postgresError {
        try await SharedDatabase.client.read { try $0.one(query) }
      }
      #expect(error?.description == "column homes does not decode: expected bigint")
    }
    #expect(
      await postgresError { try await SharedDatabase.client.read { try $0.one(query) } } == nil)
  }

  @Test func `a missing column is an error`() async {
    let query = Query<Estate>("SELECT 'a' AS name, 1 AS homes")
    let error = await postgresError {
      try await SharedDatabase.client.read { try $0.one(query) }
    }
    #expect(error?.kind == .decoding(column: "note", type: "one column of that name"))
  }

  @Test func `two columns of one name are an error`() async {
    let query = Query("SELECT 1 AS id, 2 AS id") { row in try row("id", as: Int.self) }
    let error = await postgresError {
      try await SharedDatabase.client.read { try $0.one(query) }
    }
    #expect(error?.kind == .decoding(column: "id", type: "one column of that name"))
  }

  @Test func `one wants exactly one row, first at most one`() async throws {
    let none = Query<Int>("SELECT 1 WHERE false")
    let two = Query<Int>("SELECT * FROM (VALUES (1), (2)) v (n)")
    let database = try await SharedDatabase.client
    #expect(
      await postgresError { try await database.read { try $0.one(none) } }?.kind == .noRow)
    #expect(
      await postgresError { try await database.read { try $0.one(two) } }?.kind == .tooManyRows)
    #expect(
      await postgresError { try await database.read { try $0.first(two) } }?.kind
        == .tooManyRows)
    #expect(try await database.read { try $0.first(none) } == nil)
    #expect(try await database.read { try $0.all(two) } == [1, 2])
  }

  @Test func `two hundred thousand rows stream in flat memory`() async throws {
    let query = Query("SELECT n, repeat('x', 2000) AS filler FROM generate_series(1, 200000) n") {
      row in
      (try row("n", as: Int.self), try row("filler", as: String.self).utf8.count)
    }
    let (count, growth) = try await SharedDatabase.client.read { transaction in
      let before = residentKilobytes()
      var count = 0
      var most = before
      try transaction.forEach(query) { _ in
        count += 1
        if count.isMultiple(of: 20_000) { most = max(most, residentKilobytes()) }
      }
      return (count, most - before)
    }
    #expect(count == 200_000)
    // Other suites run beside this one and grow too: the bound is far above them, far below the rows.
    #expect(growth < 200_000, "400 MB of rows; resident memory grew by \(growth) kB")
  }

  @Test func `a stream can be stopped, and the transaction used inside and after it`() async throws
  {
    struct Enough: Error {}
    let query = Query<Int>("SELECT n FROM generate_series(\(1)::int, 100000) n")
    let seen = try await SharedDatabase.client.read { transaction in
      var seen: [Int] = []
      #expect(throws: Enough.self) {
        try transaction.forEach(query) { number in
          seen.append(try transaction.one(Query<Int>("SELECT \(number)::int * 2")))
          if number == 3 { throw Enough() }
        }
      }
      seen.append(try transaction.one(Query<Int>("SELECT 99")))
      return seen
    }
    #expect(seen == [2, 4, 6, 99])
  }
}

private func residentKilobytes() -> Int {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS") }),
    let number = line.split(separator: " ").dropFirst().first(where: { Int($0) != nil })
  else { return 0 }
  return Int(number) ?? 0
}
