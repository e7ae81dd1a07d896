import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// What the phone takes along while it has signal: who is signed in, who may go along, and the homes to enter.
struct PhoneHomeHandlers: Sendable {
  /// Homes of one answer: a phone with little signal keeps what has come when the next one is cut off.
  static let pageLength = 500

  let services: Services

  private struct Session: Encodable {
    let account: String
    let name: String
    let csrf: String
    /// Milliseconds since 1970.
    let now: Int
    let colleagues: [Person]
  }

  private struct Person: Encodable {
    let id: String
    let name: String
  }

  private struct Homes: Encodable {
    let homes: [PhoneHome]
    /// Where the next ones begin; nil behind the last.
    let next: String?
  }

  /// `GET /desk/visits/phone/session`
  func showSession(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let known = try await services.databases.read(as: principal) { tx in
      try tx.all(colleagues(who: .recordVisits))
    }
    return try .json(
      Session(
        account: principal.accountID.description, name: principal.displayName, csrf: request.csrf,
        now: Int(request.now.timeIntervalSince1970 * 1000),
        colleagues: known.filter { $0.id != principal.accountID }.map {
          Person(id: $0.id.description, name: $0.option.label)
        }))
  }

  /// `GET /desk/visits/phone/homes?after=`
  func listHomes(_ request: WebRequest) async throws -> WebResponse {
    let actor = try request.actingPerson
    let after = request.query["after"].flatMap { RosterEntryID($0) }
    let entries = try await services.databases.transaction(as: actor.principal) { tx in
      let entries = try tx.all(phoneEntries(of: actor.principal, after: after))
      try tx.audit(
        AuditEvent(
          action: .loadPhone, entity: "roster_entries", after: ["homes": String(entries.count)]),
        by: actor.origin)
      return entries
    }
    let isWhole = actor.principal.may(.viewNames)
    return try .json(
      Homes(
        homes: entries.map {
          PhoneHome($0, for: actor.principal.accountID, namesAreWhole: isWhole)
        },
        next: entries.count == Self.pageLength ? entries.last?.id.description : nil))
  }
}

/// The homes that somebody enters: those of their teams; of who is in none, those that are nobody's yet. They come as one
/// walks through them.
private func phoneEntries(
  of principal: Principal, after: RosterEntryID?
) -> Query<RosterEntry> {
  let me = principal.accountID
  return rosterEntries(
    """
    (WITH mine AS MATERIALIZED (
      SELECT t.id, t.roster_id FROM visit_teams t
      JOIN visit_rosters o ON o.id = t.roster_id
      JOIN campaigns c ON c.id = o.campaign_id AND c.ended_on IS NULL
      WHERE t.disbanded_at IS NULL AND \(me) IN (t.first_id, t.second_id))
    SELECT e.* FROM roster_entries e
    JOIN visit_rosters o ON o.id = e.roster_id
    JOIN campaigns c ON c.id = o.campaign_id AND c.ended_on IS NULL
    WHERE e.state <> 'gone'
      AND (e.team_id IN (SELECT id FROM mine) OR e.team_id IS NULL AND NOT EXISTS (SELECT FROM mine))
      AND (\(optional: after)::bigint IS NULL OR (e.estate_id, e.route, e.id) > (
        SELECT a.estate_id, a.route, a.id FROM roster_entries a WHERE a.id = \(optional: after)))
    ORDER BY e.estate_id, e.route, e.id LIMIT \(PhoneHomeHandlers.pageLength)) r
    """)
}

/// A home as the phone keeps it.
private struct PhoneHome: Encodable {
  let entry: String
  let estate: String
  let place: String
  let number: String
  let applicant: String
  let members: Int
  let state: String
  let attempts: Int
  /// When somebody goes again, in words.
  let next: String?
  let signals: [String]
  let visitedOn: String?
  let team: String?
  /// Who goes along: an account, or a name.
  let second: String?
  let secondName: String?

  init(_ entry: RosterEntry, for account: AccountID, namesAreWhole: Bool) {
    self.entry = entry.id.description
    estate = entry.estateName
    place = entry.place
    number = entry.householdNumber
    let name = entry.applicant ?? ""
    applicant = namesAreWhole ? name : Masking.maskedName(name)
    members = entry.members
    state = entry.state.rawValue
    attempts = entry.attempts
    next = entry.next.map { "\($0.day) \($0.slot.title)" }
    signals = entry.signals.map(\.title)
    visitedOn = entry.lastVisitedOn?.description
    team = entry.teamName
    let isSecond = entry.second == account
    second = (isSecond ? entry.first : entry.second)?.description
    secondName = isSecond ? entry.firstName : entry.secondName
  }
}
