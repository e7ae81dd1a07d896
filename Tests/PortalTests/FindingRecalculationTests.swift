import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Findings

/// The findings of a run beside the same calculated in plain SQL from the values that the test drew.
@Suite struct FindingRecalculationTests {
  /// Values of 120 households, drawn by the database itself.
  private static let draw = """
    SELECT setseed(0.4);
    CREATE TABLE given AS
    SELECT i, 'N' || lpad(i::text, 3, '0') AS number, 1 + i % 4 AS members,
      (random() * 150000)::numeric(12, 2) AS income, (random() * 300000)::numeric(12, 2) AS assets,
      (random() * 160000)::numeric(12, 2) AS vehicle, (random() * 12)::integer AS months,
      random() < 0.2 AS has_deed, random() < 0.2 AS has_contract, random() < 0.2 AS is_divorced,
      (random() * 20)::numeric(12, 2) AS power
    FROM generate_series(1, 120) i;
    """

  /// Said once more: the notice's conditions and the county's lines of ``FindingFixture``.
  private static let expected = """
    SELECT number || ' ' || rule FROM given CROSS JOIN LATERAL (VALUES
      ('R1', has_deed), ('R1', has_contract), ('R2', income / 12 / members > 1980),
      ('R3', assets > 150000), ('R3', vehicle > 80000), ('R4', is_divorced), ('R6', power <= 10),
      ('R7', months >= 6)) AS r (rule, holds)
    WHERE holds ORDER BY 1
    """

  private struct Given: RowDecodable {
    let number: String
    let members: Int
    let income: String
    let assets: String
    let vehicle: String
    let months: Int
    let hasDeed: Bool
    let hasContract: Bool
    let isDivorced: Bool
    let power: String

    init(_ row: Row) throws {
      number = try row("number")
      members = try row("members")
      income = try row("income")
      assets = try row("assets")
      vehicle = try row("vehicle")
      months = try row("months")
      hasDeed = try row("has_deed")
      hasContract = try row("has_contract")
      isDivorced = try row("is_divorced")
      power = try row("power")
    }
  }

  private func enter(_ given: Given, _ sequence: Int, _ fixture: FindingFixture) async throws {
    let household = try await fixture.household(
      given.number, members: given.members, sequence: sequence)
    try await fixture.answer(household, .income, .clear, [(1, [.amount: given.income])])
    try await fixture.answer(household, .assets, .clear, [(given.members, [.amount: given.assets])])
    try await fixture.answer(
      household, .vehicles, .clear, [(1, [.plate: "闽G1", .value: given.vehicle])])
    try await fixture.answer(
      household, .rentArrears, .clear, [(0, [.months: String(given.months), .amount: "1"])])
    try await fixture.answer(
      household, .marriage, .clear, [(1, [.status: given.isDivorced ? "divorced" : "single"])])
    try await fixture.answer(
      household, .utilities, .clear,
      (1...6).map { (0, [.month: "2021-0\($0)", .electricity: given.power, .water: "0.5"]) })
    try await fixture.answer(
      household, .registeredProperty, given.hasDeed ? .hit : .clear,
      given.hasDeed ? [(1, [.certificate: "闽\(given.number)", .address: "街"])] : [])
    try await fixture.answer(
      household, .signedContracts, given.hasContract ? .hit : .clear,
      given.hasContract
        ? [(1, [.contractNumber: given.number, .address: "街", .signedOn: "2021-05-01"])] : [])
  }

  @Test func aRunFindsExactlyWhatPlainSQLFinds() async throws {
    let fixture = try await FindingFixture()
    _ = try await fixture.register.lines(Self.draw)
    let given = try await fixture.site.database.database().read { tx in
      try tx.all(
        Query<Given>(
          """
          SELECT number, members, income::text, assets::text, vehicle::text, months, has_deed,
            has_contract, is_divorced, power::text FROM given ORDER BY i
          """))
    }
    for (place, given) in given.enumerated() { try await enter(given, place * 5 + 1, fixture) }
    let run = try await fixture.run()
    let expected = try await fixture.register.lines(Self.expected)
    #expect(expected.count > 200 && run.found == expected.count)
    #expect(
      try await fixture.findings() == expected.map { $0 + " open" })
  }
}
