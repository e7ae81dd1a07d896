package import Domain
import Foundation
package import Postgres

/// A term as a county's legal office has corrected or confirmed it.
struct SetClock: RowDecodable, Sendable {
  let code: ClockCode
  let sequence: Int
  let term: LegalTerm
  let reason: String
  let setByName: String
  let setAt: Date

  init(_ row: Row) throws {
    code = try row("code")
    sequence = try row("sequence")
    let count: Int = try row("count")
    guard let term = LegalTerm(count, try row("unit")) else {
      throw ImpossibleTerm(code: code, count: count)
    }
    self.term = term
    reason = try row("reason")
    setByName = try row("set_by_name")
    setAt = try row("set_at")
  }
}

/// A stored term beyond reason: no page writes one.
struct ImpossibleTerm: Error {
  let code: ClockCode
  let count: Int
}

/// Every setting of a county, the newest first.
func setClocks(of county: AreaCode) -> Query<SetClock> {
  Query(
    """
    SELECT code, sequence, count, unit, reason, set_by_name, set_at FROM clock_settings
    WHERE area = \(county) ORDER BY set_at DESC, sequence DESC
    """)
}

/// What holds of each clock.
func holding(_ settings: [SetClock]) -> [ClockCode: SetClock] {
  Dictionary(settings.map { ($0.code, $0) }) { $0.sequence > $1.sequence ? $0 : $1 }
}

extension Transaction {
  /// The terms that a county has corrected; none above a county.
  package func clockOverrides(for area: AreaCode) throws -> [ClockCode: ClockOverride] {
    guard let county = area.county else { return [:] }
    return holding(try all(setClocks(of: county))).mapValues {
      ClockOverride(term: $0.term, reason: $0.reason)
    }
  }

  /// What computes the clocks of an area's cases: its working days, and its county's terms.
  package func caseClocks(for area: AreaCode, on today: Day) throws -> CaseClocks {
    CaseClocks(
      calendar: try workCalendar(for: area), overrides: try clockOverrides(for: area), today: today)
  }
}
