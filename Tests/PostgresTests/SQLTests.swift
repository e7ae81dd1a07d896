import Postgres
import Testing

@Suite struct SQLTests {
  @Test func `interpolated values become numbered parameters`() {
    let name = "Robert'); DROP TABLE estates; --"
    let sql: SQL = "SELECT 1 FROM estates WHERE name = \(name) AND homes > \(3)"
    #expect(sql.text == "SELECT 1 FROM estates WHERE name = $1 AND homes > $2")
  }

  @Test func `a spliced fragment is renumbered`() {
    let condition: SQL = "area ^@ \("350423") AND state = \("leased")"
    let sql: SQL = "SELECT \(1)::int WHERE \(condition) OR id = \(2)"
    #expect(sql.text == "SELECT $1::int WHERE area ^@ $2 AND state = $3 OR id = $4")
  }

  @Test func `a spliced fragment keeps its parameters in order`() async throws {
    let middle: SQL = "\("b") || \("c")"
    let sql: SQL = "SELECT \("a") || \(middle) || \("d")"
    #expect(try await select(sql, as: String.self) == "abcd")
  }

  @Test func `fragments add up and join`() {
    let conditions: [SQL] = ["a = \(1)", "b = \(2)", "c IS NULL"]
    let sql = "SELECT 1 WHERE " + conditions.joined(separator: " AND ") + " LIMIT \(5)"
    #expect(sql.text == "SELECT 1 WHERE a = $1 AND b = $2 AND c IS NULL LIMIT $3")
  }

  @Test func `joining nothing gives nothing`() {
    #expect([SQL]().joined(separator: ", ") == .empty)
    #expect(SQL.empty.isEmpty)
    #expect(!("\(1)" as SQL).isEmpty)
  }

  @Test func `fragments differ by their parameters`() {
    let one: SQL = "SELECT \(1)"
    let two: SQL = "SELECT \(2)"
    #expect(one != two)
    #expect(one.text == two.text)
  }

  @Test func `raw text goes in as it stands`() {
    let sql: SQL = "SELECT name FROM estates ORDER BY \(raw: "name DESC")"
    #expect(sql.text == "SELECT name FROM estates ORDER BY name DESC")
  }

  @Test func `a list is one array parameter`() async throws {
    let sql: SQL =
      "SELECT count(*) FROM generate_series(1, 10) n WHERE n = ANY(\(list: [2, 4, 99]))"
    #expect(sql.text.hasSuffix("ANY($1)"))
    #expect(try await select(sql, as: Int.self) == 2)
  }

  @Test func `an empty list matches nothing`() async throws {
    let none: [String] = []
    #expect(try await select("SELECT 'a' = ANY(\(list: none))", as: Bool.self) == false)
  }

  @Test func `a literal chosen by a condition is a value, not SQL`() {
    let sql: SQL = "SELECT \(Bool.random() ? "1; DROP" : "2")"
    #expect(sql.text == "SELECT $1")
  }
}
