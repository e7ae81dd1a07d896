import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct CopyTests {
  private func table(_ transaction: Transaction) throws {
    try transaction.execute("CREATE TEMP TABLE copied (id bigint, text text) ON COMMIT DROP")
  }

  private static let awkward: [String?] = [
    "tab\there", "new\nline", "return\rhere", "back\\slash", "\\N", "\\.", "", nil, "清流", "a\\tb",
  ]

  @Test func `what needs escapes comes back from a COPY`() async throws {
    let back = try await SharedDatabase.client.transaction { transaction in
      try table(transaction)
      let count = try transaction.copyIn("COPY copied (id, text) FROM STDIN") { writer in
        for (index, text) in Self.awkward.enumerated() { try writer.row(index, text) }
      }
      #expect(count == Self.awkward.count)
      return try transaction.all(Query<String?>("SELECT text FROM copied ORDER BY id"))
    }
    #expect(back == Self.awkward)
  }

  @Test func `every type can be copied`() async throws {
    let id = UUID()
    let date = Date(timeIntervalSince1970: 1_629_849_600)
    try await SharedDatabase.client.transaction { transaction in
      try transaction.execute(
        """
        CREATE TEMP TABLE types (a smallint, b integer, c boolean, d double precision, e uuid,
          f timestamptz, g bytea, h text[], i bigint[]) ON COMMIT DROP
        """)
      try transaction.copyIn("COPY types FROM STDIN") { writer in
        try writer.row(
          Int16(-5), Int32(7), true, 0.5, id, date, [0, 255, 92] as [UInt8], ["a\t\"\\", "NULL"],
          [Int64](arrayLiteral: 1, 2))
      }
      #expect(try transaction.one(Query<Int>("SELECT a + b FROM types")) == 2)
      #expect(try transaction.one(Query<Bool>("SELECT c FROM types")))
      #expect(try transaction.one(Query<Double>("SELECT d FROM types")) == 0.5)
      #expect(try transaction.one(Query<UUID>("SELECT e FROM types")) == id)
      #expect(try transaction.one(Query<Date>("SELECT f FROM types")) == date)
      #expect(try transaction.one(Query<[UInt8]>("SELECT g FROM types")) == [0, 255, 92])
      #expect(try transaction.one(Query<[String]>("SELECT h FROM types")) == ["a\t\"\\", "NULL"])
      #expect(try transaction.one(Query<[Int64]>("SELECT i FROM types")) == [1, 2])
    }
  }

  @Test func `many rows go in and out in pieces`() async throws {
    let (count, bytes) = try await SharedDatabase.client.transaction { transaction in
      try table(transaction)
      let count = try transaction.copyIn("COPY copied FROM STDIN") { writer in
        for number in 0..<100_000 { try writer.row(number, "清流县 \(number)") }
      }
      var rows = 0
      try transaction.copyOut("COPY copied TO STDOUT") { bytes in
        rows += bytes.count { $0 == UInt8(ascii: "\n") }
      }
      return (count, rows)
    }
    #expect(count == 100_000)
    #expect(bytes == 100_000)
  }

  @Test func `fields built elsewhere come back in every type`() async throws {
    let amounts = [0, 5, 99, 100, 123_456, 999_999, 1_000_000, 123_456_789_012, -250]
    try await SharedDatabase.client.transaction { transaction in
      try transaction.execute(
        """
        CREATE TEMP TABLE fields (a smallint, b integer, c bigint, d boolean, e text, f bytea, g date,
          h numeric(14, 2)) ON COMMIT DROP
        """)
      let columns: [StaticString] = ["h", "g", "f", "e", "d", "c", "b", "a"]
      let count = try transaction.copyIn(into: "fields", columns) { writer in
        for amount in amounts {
          var fields = CopyFields()
          fields.append(hundredths: amount)
          fields.append(date: -1)
          fields.append([0, 255, 10] as [UInt8])
          fields.append("tab\there 清流")
          fields.append(true)
          fields.append(Int64.min)
          fields.append(Int32(-7))
          fields.append(Int16.max)
          var row = CopyFields()
          row.beginRow(fields: columns.count)
          row.append(Int64(1))
          row.drop(to: 2)
          row.append(fields, 0..<fields.count)
          try writer.write(row)
        }
        var nothing = CopyFields()
        nothing.beginRow(fields: columns.count)
        nothing.append(hundredths: nil)
        nothing.append(date: nil)
        nothing.append([UInt8]?.none)
        nothing.append(String?.none)
        nothing.append(Bool?.none)
        nothing.append(Int64?.none)
        nothing.append(Int32?.none)
        nothing.append(Int16?.none)
        try writer.write(nothing)
      }
      #expect(count == amounts.count + 1)
      let rows = try transaction.all(
        Query<String>(
          """
          SELECT (h * 100)::bigint || '|' || concat_ws('|', g, f, e, d, c, b, a) FROM fields
          WHERE h IS NOT NULL
          """))
      #expect(
        rows
          == amounts.map {
            "\($0)|1969-12-31|\\x00ff0a|tab\there 清流|t|-9223372036854775808|-7|32767"
          })
      #expect(
        try transaction.one(
          Query<Bool>(
            "SELECT num_nulls(a, b, c, d, e, f, g, h) = 8 FROM fields WHERE h IS NULL")))
    }
  }

  @Test(arguments: [("bigint", "08P01"), ("smallint", "22P03")])
  func `a field of another size than its column's is refused`(
    _ type: String, _ state: String
  ) async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await SharedDatabase.client.transaction { transaction in
        try transaction.script("CREATE TEMP TABLE sized (number \(type)) ON COMMIT DROP")
        try transaction.copyIn(into: "sized", ["number"]) { writer in
          var row = CopyFields()
          row.beginRow(fields: 1)
          row.append(Int32(1))
          try writer.write(row)
        }
      }
    }
    #expect(error?.sqlState == state)
  }

  @Test func `bytes go in as they stand`() async throws {
    let sum = try await SharedDatabase.client.transaction { transaction in
      try table(transaction)
      try transaction.copyIn("COPY copied FROM STDIN (FORMAT csv)") { writer in
        try Array("1,\"a,b\"\n2,c\n".utf8).withUnsafeBytes { try writer.write($0) }
      }
      return try transaction.one(
        Query<String>("SELECT string_agg(text, ';' ORDER BY id) FROM copied"))
    }
    #expect(sum == "a,b;c")
  }

  @Test func `an error while copying in stores nothing and is rethrown`() async throws {
    struct Broken: Error {}
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    try await database.transaction { try $0.execute("CREATE TABLE kept (id bigint, text text)") }
    await #expect(throws: Broken.self) {
      try await database.transaction { transaction in
        try transaction.copyIn("COPY kept FROM STDIN") { writer in
          for number in 0..<10_000 { try writer.row(number, "some text") }
          throw Broken()
        }
      }
    }
    #expect(try await database.read { try $0.one(Query<Int>("SELECT count(*) FROM kept")) } == 0)
  }

  @Test func `a row that the server refuses is an error of the COPY`() async throws {
    let error = await postgresError {
      try await SharedDatabase.client.transaction { transaction in
        try table(transaction)
        try transaction.copyIn("COPY copied FROM STDIN") { try $0.row("secret", "x") }
      }
    }
    #expect(error?.sqlState == "22P02")
    #expect(error?.description.contains("secret") == false)
  }

  @Test func `NUL in a copied text is refused`() async throws {
    let error = await postgresError {
      try await SharedDatabase.client.transaction { transaction in
        try table(transaction)
        try transaction.copyIn("COPY copied FROM STDIN") { try $0.row(1, "a\0b") }
      }
    }
    #expect(error?.kind == .nulByte)
  }

  @Test func `copying out can be stopped`() async throws {
    struct Enough: Error {}
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    await #expect(throws: Enough.self) {
      try await database.read { transaction in
        try transaction.copyOut("COPY (SELECT generate_series(1, 10000000)) TO STDOUT") { _ in
          throw Enough()
        }
      }
    }
    #expect(await database.isReachable)
  }

  @Test func `COPY through execute is refused and the worker goes on`() async throws {
    let test = try await TestDatabase.empty()
    let database = test.database(workers: 1)
    let error = await postgresError {
      try await database.transaction { try $0.execute("COPY pg_class TO STDOUT") }
    }
    #expect(error?.kind == .misuse("COPY goes through copyIn and copyOut"))
    #expect(await database.isReachable)
  }

  @Test func `the transaction refuses other work during a COPY`() async throws {
    let error = await postgresError {
      try await SharedDatabase.client.transaction { transaction in
        try table(transaction)
        try transaction.copyIn("COPY copied FROM STDIN") { _ in try transaction.execute("SELECT 1")
        }
      }
    }
    #expect(error?.kind == .misuse("transaction used during a COPY"))
  }
}
