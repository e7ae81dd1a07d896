package import Domain
package import Foundation
package import Ground
package import Postgres
import Register

/// The made-up county that shows the portal at work: `portal seed demo`.
///
/// The same seed and number of households make the same county on every machine (but for the
/// encryption, whose nonces differ). Rows are streamed in by COPY, each table in a pass of its own.
package struct DemoCounty: Sendable {
  enum Refusal: Error, CustomStringConvertible {
    /// There is data already; a demo never mixes with it.
    case notEmpty

    var description: String { "数据库里已有县或住户，演示数据只能装入空库" }
  }

  let households: Int
  let seed: UInt64
  let keys: KeyRing
  let now: Date
  let calendar: DemoCalendar
  let homes: DemoHomes

  /// - Parameters:
  ///   - households: tenants' households, at least 40 so that every state of a case occurs
  ///   - asOf: the day that is the plan's 10 August
  ///   - now: when the seeding is said to have happened, for the audit log
  package init(households: Int, seed: UInt64, keys: KeyRing, asOf: Day, now: Date) {
    self.households = households
    self.seed = seed
    self.keys = keys
    self.now = now
    calendar = DemoCalendar(asOf: asOf)
    homes = DemoHomes(households: households)
  }

  /// A day of the notice's year as a column's text, moved with the plan.
  func moved(_ day: Day) -> String { calendar.moved(day).iso }

  static let tables = [
    "estates", "homes", "households", "persons", "person_name_grams", "leases", "campaigns",
    "campaign_stages", "milestones", "review_rounds", "review_dues", "review_households",
    "deliveries",
    "check_records", "checks", "visits", "thresholds", "exchange_schedules", "cases", "case_events",
  ]

  /// Writes the county, all or nothing.
  /// - Parameter progress: told the name of each step as it begins.
  package func write(
    to owner: Database, progress: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    try await owner.transaction { tx in
      try tx.script("SET LOCAL statement_timeout = 0")
      guard try tx.one(Query<Int>("SELECT count(*) FROM site_settings")) == 0,
        try tx.one(Query<Int>("SELECT count(*) FROM households")) == 0
      else { throw Refusal.notEmpty }
      try writePlaces(tx)
      let load = try BulkLoad(Self.tables, in: tx)
      progress("项目与房源")
      try writeEstates(tx)
      try writeHomes(tx)
      progress("保障家庭与成员（加密身份证号）")
      try writeHouseholds(tx)
      try writePersons(tx)
      try writeNameGrams(tx)
      progress("租约")
      try writeLeases(tx)
      progress("行动方案、资格复核与走访")
      try writeCampaign(tx)
      try writeLines(tx)
      try writeRound(tx)
      try writeAnswers(tx)
      try writeVisits(tx)
      progress("问题清单")
      try writeCases(tx)
      progress("建立索引、核对关联")
      try load.finish(in: tx)
      try tx.execute("SELECT count_review_progress(\(Self.round))")
      try tx.audit(
        AuditEvent(
          action: .seedCounty, entity: "site_settings", entityID: DemoPlaces.county.code,
          after: ["households": String(households), "seed": String(seed)]),
        by: .command("seed demo", area: Self.area, at: now))
    }
    progress("更新统计信息")
    try await owner.transaction { tx in
      try tx.script("SET LOCAL statement_timeout = 0")
      try tx.script("ANALYZE")
    }
  }

  /// The households in order, each made anew: nothing is kept from pass to pass.
  func forEachHousehold(_ body: (DemoHousehold, DemoHomes.Home) throws -> Void) throws {
    for ordinal in 0..<households {
      try body(
        DemoHousehold(ordinal: ordinal, seed: seed),
        homes.home(DemoHomes.home(ofHousehold: ordinal)))
    }
  }

  static var area: AreaCode {
    guard let area = AreaCode(DemoPlaces.county.code) else {
      preconditionFailure("the demo county's code is written in this folder")
    }
    return area
  }

  static func township(ofEstate estate: Int) -> String {
    DemoPlaces.townships[DemoPlaces.estates[estate].township].code
  }
}
