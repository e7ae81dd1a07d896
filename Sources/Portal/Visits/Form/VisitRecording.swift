import Clocks
import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// What became of a visit that was sent.
struct RecordedVisit: Sendable {
  let id: VisitID
  let area: AreaCode
  let household: HouseholdID
  /// False where it had arrived before.
  let isNew: Bool
  /// Visits of the same home by others since the form was opened: neither is lost.
  let others: [OtherVisit]
  /// The day on which the lease had ended; nil while it runs.
  let endedOn: Day?
}

/// A visit of the same home by somebody else.
struct OtherVisit: RowDecodable {
  let id: VisitID
  let by: String
  let at: Date

  init(_ row: Row) throws {
    id = try row("id")
    by = try row("recorded_by_name")
    at = try row("visited_at")
  }

  var words: String { "\(by) \(ShanghaiTime.dateTimeText(at)) 也走访过" }
}

extension Transaction {
  /// Writes a visit: the visit, what it says of the home, what is broken there, marks, and its audit event, or nothing.
  /// The same key again is the same visit, however often it is sent.
  ///
  /// - Throws: `WebError.notFound` where the home is out of sight.
  func record(
    _ typed: TypedVisit, at id: RosterEntryID, by actor: ActingPerson, keys: KeyRing
  ) throws -> RecordedVisit {
    // Whoever sends at the same time to the same home comes after.
    try execute("SELECT FROM roster_entries WHERE id = \(id) FOR NO KEY UPDATE")
    let entry = try found(rosterEntry(id))
    let calendar = try workCalendar(for: entry.area)
    if let known = try visit(of: actor.principal.accountID, key: typed.key) {
      return try recorded(known, entry, isNew: false)
    }
    let visit = try insert(typed, entry, in: calendar, by: actor, keys: keys)
    try settleEntry(id, in: calendar)
    try moveWatch(of: entry.home, after: typed.slot(in: calendar), in: calendar)
    if let repair = typed.repair { try note(repair, entry, visit, by: actor) }
    try mark(visit, typed, by: actor)
    try audit(
      AuditEvent(
        action: .recordVisit, entity: "visits", entityID: visit.description,
        after: ["met": typed.met.rawValue, "home_use": typed.use?.rawValue ?? ""]),
      by: actor.origin)
    return try recorded(visit, entry, isNew: true)
  }

  /// A visit that arrived before, by its key; nil where it did not.
  func arrivedVisit(of account: AccountID, key: UUID) throws -> RecordedVisit? {
    guard let known = try visit(of: account, key: key) else { return nil }
    let entry = try found(
      rosterEntries(
        """
        (SELECT e.* FROM visits v JOIN roster_entries e ON e.id = v.entry_id WHERE v.id = \(known)) r
        """))
    return try recorded(known, entry, isNew: false)
  }

  private func visit(of account: AccountID, key: UUID) throws -> VisitID? {
    try first(
      Query<VisitID>(
        "SELECT id FROM visits WHERE recorded_by = \(account) AND key = \(key.uuidString)::uuid"))
  }

  private func recorded(
    _ visit: VisitID, _ entry: RosterEntry, isNew: Bool
  ) throws -> RecordedVisit {
    let others = try all(
      Query<OtherVisit>(
        """
        SELECT o.id, o.recorded_by_name, o.visited_at FROM visits v
        JOIN visits o ON o.entry_id = v.entry_id AND o.recorded_by <> v.recorded_by
        WHERE v.id = \(visit) AND o.state <> 'void'
          AND o.recorded_at >= coalesce(v.started_at, v.visited_at) ORDER BY o.id
        """))
    return RecordedVisit(
      id: visit, area: entry.area, household: entry.household, isNew: isNew, others: others,
      endedOn: entry.endedOn)
  }

  private func insert(
    _ typed: TypedVisit, _ entry: RosterEntry, in calendar: WorkCalendar, by actor: ActingPerson,
    keys: KeyRing
  ) throws -> VisitID {
    let sealed =
      typed.personal.isEmpty
      ? nil
      : try keys.seal(
        try JSONEncoder().encode(typed.personal), for: .visitPersonal, of: entry.household)
    return try one(
      Query<VisitID>(
        """
        INSERT INTO visits (area, campaign_id, household_id, entry_id, lease_id, home_id, team_id, key,
          recorded_by, recorded_by_name, recorded_at, started_at, visited_on, visited_at,
          clock_off_seconds, slot, second_id, second_name, met, home_use, id_checked, occupants,
          empty_since, empty_reason, water, electricity, gas, is_redecorated, recording_number, renews,
          arrears_fen, arrears_by, personal_sealed, latitude, longitude, photos_taken)
        VALUES (\(entry.area), \(entry.campaign), \(entry.household), \(entry.id), \(entry.lease),
          \(entry.home), \(optional: entry.team), \(typed.key.uuidString)::uuid,
          \(actor.principal.accountID), \(actor.principal.displayName), \(actor.now),
          \(optional: typed.startedAt), \(ShanghaiTime.day(of: typed.visitedAt)), \(typed.visitedAt),
          \(optional: typed.clockOff), \(typed.slot(in: calendar).slot), \(optional: typed.second?.account),
          \(optional: typed.second?.name), \(typed.met), \(optional: typed.use), \(typed.isIDChecked),
          \(optional: typed.occupants), \(optional: typed.emptySince), \(optional: typed.emptyReason),
          \(optional: typed.water), \(optional: typed.electricity), \(optional: typed.gas),
          \(typed.isRedecorated), \(optional: typed.recordingNumber), \(typed.renews),
          \(optional: typed.arrears?.count), \(optional: typed.arrearsBy), \(optional: sealed),
          \(optional: typed.place?.latitude)::integer / 10000.0,
          \(optional: typed.place?.longitude)::integer / 10000.0, \(list: typed.photos)::bytea[])
        RETURNING id
        """))
  }

  /// Whoever was at a home on watch has been there: the next visit is a rhythm away, at hours that differ.
  private func moveWatch(
    of home: HomeID, after visit: PlannedAttempt, in calendar: WorkCalendar
  ) throws {
    let others = VisitSlot.allCases.filter { $0 != visit.slot }
    // Which of the two others, nobody can tell beforehand: a watch comes without notice.
    let slot = others.randomElement() ?? .evening
    let rhythm = try first(
      Query<Int>(
        "SELECT rhythm_days::integer FROM home_watches WHERE home_id = \(home) AND ended_at IS NULL"
      ))
    guard let rhythm else { return }
    let day = AttemptPlan.day(of: slot, after: visit.day + (rhythm - 1), in: calendar)
    try execute(
      """
      UPDATE home_watches SET next_on = \(day), next_slot = \(slot), version = version + 1
      WHERE home_id = \(home) AND ended_at IS NULL
      """)
  }

  private func note(
    _ repair: TypedRepair, _ entry: RosterEntry, _ visit: VisitID, by actor: ActingPerson
  ) throws {
    try execute(
      """
      INSERT INTO repair_notes (area, home_id, visit_id, kind, words, is_urgent, entered_by,
        entered_by_name, entered_at)
      VALUES (\(entry.area), \(entry.home), \(visit), \(repair.kind), \(repair.words), \(repair.isUrgent),
        \(actor.principal.accountID), \(actor.principal.displayName), \(actor.now))
      """)
  }
}

extension TypedVisit {
  /// When it was, as the plan of attempts counts it.
  func slot(in calendar: WorkCalendar) -> PlannedAttempt {
    let day = ShanghaiTime.day(of: visitedAt)
    return PlannedAttempt(
      day: day,
      slot: VisitSlot(on: day, hour: ShanghaiTime.hour(of: visitedAt), in: calendar))
  }
}
