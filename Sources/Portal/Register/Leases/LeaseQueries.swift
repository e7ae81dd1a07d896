package import Domain
import Foundation
package import Postgres

/// A lease with its home and household.
package struct LeaseDetail: RowDecodable {
  package let id: LeaseID
  let area: AreaCode
  package let home: HomeID
  package let estate: EstateID
  package let estateName: String
  package let building: String
  let unit: String
  package let room: String
  let household: HouseholdID
  let householdNumber: String
  /// Not yet masked; nil when the household has nobody left.
  let applicant: String?
  package let contractNumber: String
  let contractVersion: String
  package let startsOn: Day
  package let endsOn: Day
  package let monthlyRent: Hundredths
  let deposit: Hundredths
  package let state: LeaseState
  package let endedOn: Day?
  package let endedReason: String?
  let version: Int

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    home = try row("home_id")
    estate = try row("estate_id")
    estateName = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    household = try row("household_id")
    householdNumber = try row("household_number")
    applicant = try row("applicant")
    contractNumber = try row("contract_number")
    contractVersion = try row("contract_version")
    startsOn = try row("starts_on")
    endsOn = try row("ends_on")
    monthlyRent = try row("monthly_rent")
    deposit = try row("deposit")
    state = try row("state")
    endedOn = try row("ended_on")
    endedReason = try row("ended_reason")
    version = try row("version")
  }

  package var place: String { homeText(building: building, unit: unit, room: room) }

  /// Until when the household lived, or may live, there.
  var lastDay: Day { endedOn ?? endsOn }
}

private func leaseSQL(where condition: SQL) -> SQL {
  """
  SELECT l.id, l.area, l.home_id, h.estate_id, e.name AS estate, h.building, h.unit, h.room,
    l.household_id, f.number AS household_number, p.name AS applicant, l.contract_number,
    l.contract_version, l.starts_on, l.ends_on, l.monthly_rent, l.deposit, l.state, l.ended_on,
    l.ended_reason, l.version
  FROM leases l
  JOIN homes h ON h.id = l.home_id
  JOIN estates e ON e.id = h.estate_id
  JOIN households f ON f.id = l.household_id
  LEFT JOIN LATERAL (
    SELECT name FROM persons
    WHERE household_id = l.household_id AND relation = 'applicant'
    ORDER BY left_on NULLS FIRST, id LIMIT 1) p ON true
  WHERE \(condition)
  ORDER BY l.state = 'running' DESC, l.starts_on DESC, l.id DESC
  """
}

func leaseDetail(_ id: LeaseID) -> Query<LeaseDetail> { Query(leaseSQL(where: "l.id = \(id)")) }

/// The running lease first, then the ended ones, the newest first.
package func leases(of household: HouseholdID) -> Query<LeaseDetail> {
  Query(leaseSQL(where: "l.household_id = \(household)"))
}

func leases(of home: HomeID) -> Query<LeaseDetail> {
  Query(leaseSQL(where: "l.home_id = \(home)"))
}

/// Leases that stand in the way of a term: of the same home or the same household, at the same time.
/// A running lease occupies its home until somebody ends it, whatever its contract says. On the day on
/// which one household leaves the next may come.
///
/// - Parameters:
///   - lastDay: nil when the lease would run.
///   - own: the lease itself, when it is being changed.
func overlappingLeases(
  home: HomeID, household: HouseholdID, from firstDay: Day, until lastDay: Day?,
  besides own: LeaseID? = nil
) -> Query<LeaseDetail> {
  let end: SQL = lastDay.map { "\($0)::date" } ?? "'infinity'::date"
  return Query(
    leaseSQL(
      where: """
        (l.home_id = \(home) OR l.household_id = \(household))
        AND l.id IS DISTINCT FROM \(optional: own)
        AND l.starts_on < \(end) AND coalesce(l.ended_on, 'infinity'::date) > \(firstDay)
        """))
}
