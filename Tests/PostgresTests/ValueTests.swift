import Foundation
import Postgres
import Testing

private enum Colour: String, PostgresEncodable, PostgresDecodable, CaseIterable {
  case red
  case darkGreen = "dark_green"
}

private struct EstateID: RawRepresentable, Equatable, PostgresEncodable, PostgresDecodable {
  var rawValue: Int64
}

@Suite struct ValueTests {
  @Test(arguments: [Int.min, -1, 0, 1, Int.max])
  func `bigint comes back`(value: Int) async throws {
    #expect(try await roundTrip(value, through: "bigint") == value)
    #expect(try await roundTrip(Int64(value), through: "bigint") == Int64(value))
  }

  @Test func `smaller integers come back, and are refused when too large`() async throws {
    #expect(try await roundTrip(Int16.min, through: "smallint") == .min)
    #expect(try await roundTrip(Int32.max, through: "integer") == .max)
    let error = await postgresError { try await select("SELECT 40000", as: Int16.self) }
    #expect(error?.kind == .decoding(column: "?column?", type: "smallint"))
  }

  @Test(arguments: [
    0, -0.1, 0.1 + 0.2, .pi, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity,
    -.infinity,
  ])
  func `double precision comes back exactly`(value: Double) async throws {
    #expect(try await roundTrip(value, through: "double precision") == value)
  }

  @Test func `not a number comes back`() async throws {
    #expect(try await roundTrip(Double.nan, through: "double precision").isNaN)
  }

  @Test(arguments: [true, false])
  func `boolean comes back`(value: Bool) async throws {
    #expect(try await roundTrip(value, through: "boolean") == value)
  }

  @Test(arguments: ["", "清流县龙津镇", "👨‍👩‍👧‍👦", "e\u{301}", "\\'\"$1\t\r\n{,}NULL", "\u{10FFFF}"])
  func `text comes back unchanged`(value: String) async throws {
    let back = try await roundTrip(value, through: "text")
    #expect(Array(back.utf8) == Array(value.utf8))
  }

  @Test func `uuid comes back`() async throws {
    let value = UUID()
    #expect(try await roundTrip(value, through: "uuid") == value)
  }

  @Test func `all bytes come back, and none`() async throws {
    let bytes = (0...255).map { UInt8($0) }
    #expect(try await roundTrip(bytes, through: "bytea") == bytes)
    #expect(try await roundTrip([UInt8](), through: "bytea") == [])
    #expect(try await roundTrip(Data(bytes), through: "bytea") == Data(bytes))
  }

  @Test(arguments: [0, 1_628_000_000.123456, -62_135_596_800, -0.000001, 253_402_300_799.5])
  func `times come back to the microsecond`(seconds: Double) async throws {
    let back = try await roundTrip(Date(timeIntervalSince1970: seconds), through: "timestamptz")
    #expect(abs(back.timeIntervalSince1970 - seconds) < 1e-5)
  }

  @Test func `a time is the same for the server and for us`() async throws {
    let text = try await select(
      "SELECT (\(Date(timeIntervalSince1970: 1_629_849_600)) AT TIME ZONE 'Asia/Shanghai')::text",
      as: String.self)
    #expect(text == "2021-08-25 08:00:00")
  }

  @Test func `leap days and year ends come back`() async throws {
    for text in ["2000-02-29", "2020-12-31", "1900-03-01", "0001-01-01", "9999-12-31"] {
      let date = try await select("SELECT \(text)::timestamptz", as: Date.self)
      let back = try await select("SELECT (\(date))::date::text", as: String.self)
      #expect(back == text)
    }
  }

  @Test func `infinity is not a time`() async {
    let read = await postgresError {
      try await select("SELECT 'infinity'::timestamptz", as: Date.self)
    }
    #expect(read?.kind == .decoding(column: "timestamptz", type: "timestamptz"))
    let far = Date(timeIntervalSince1970: .infinity)
    let written = await postgresError { try await select("SELECT \(far)", as: Date.self) }
    #expect(written?.sqlState == "22007")
  }

  @Test func `a day or a local time is not a time`() async {
    for type in ["date", "timestamp"] {
      let sql = "SELECT CAST('2021-08-25' AS " + SQL(stringLiteral: type) + ") AS at"
      let error = await postgresError { try await select(sql, as: Date.self) }
      #expect(error?.kind == .decoding(column: "at", type: "timestamptz"))
    }
  }

  @Test func `NULL comes back as nil for every type`() async throws {
    #expect(try await roundTrip(Int?.none, through: "bigint") == nil)
    #expect(try await roundTrip(String?.none, through: "text") == nil)
    #expect(try await roundTrip(Bool?.none, through: "boolean") == nil)
    #expect(try await roundTrip(Date?.none, through: "timestamptz") == nil)
    #expect(try await roundTrip(UUID?.none, through: "uuid") == nil)
    #expect(try await roundTrip([UInt8]?.none, through: "bytea") == nil)
    #expect(try await roundTrip([String]?.none, through: "text[]") == nil)
    #expect(try await roundTrip(String?.some(""), through: "text") == "")
  }

  @Test func `arrays come back with what needs quotes`() async throws {
    let texts = ["", "NULL", "a,b", "{}", "\"", "\\", " ", "清流"]
    #expect(try await roundTrip(texts, through: "text[]") == texts)
    #expect(try await roundTrip([Int64.min, 0, 7], through: "bigint[]") == [.min, 0, 7])
    #expect(try await roundTrip([Int](), through: "bigint[]") == [])
    #expect(try await roundTrip(["a", nil] as [String?], through: "text[]") == ["a", nil])
    #expect(try await roundTrip([[1, 2], []] as [[UInt8]], through: "bytea[]") == [[1, 2], []])
  }

  @Test func `enums and ids come back`() async throws {
    #expect(try await roundTrip(Colour.darkGreen, through: "text") == .darkGreen)
    #expect(try await roundTrip(EstateID(rawValue: 12), through: "bigint").rawValue == 12)
    #expect(try await roundTrip(Colour.allCases, through: "text[]") == Colour.allCases)
    let error = await postgresError { try await select("SELECT 'blue' AS c", as: Colour.self) }
    #expect(error?.kind == .decoding(column: "c", type: "Colour"))
  }

  @Test func `NUL in a parameter is refused before it is sent`() async {
    let error = await postgresError { try await select("SELECT \("a\0b")", as: String.self) }
    #expect(error?.kind == .nulByte)
    let inArray = await postgresError {
      try await select("SELECT \(list: ["a\0b"])::text[]", as: [String].self)
    }
    #expect(inArray?.kind == .nulByte)
  }
}
