import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// A watch over a home.
struct HomeWatch: RowDecodable {
  let id: HomeWatchID
  let area: AreaCode
  let home: HomeID
  let place: String
  let reason: WatchReason
  let rhythmDays: Int
  let startedBy: String
  let startedAt: Date
  let next: PlannedAttempt
  let version: Int
  let endedBy: String?
  let endedAt: Date?
  let endReason: String?
  /// How often somebody was there since it began, and when last.
  let visits: Int
  let lastOn: Day?
  private let noteSealed: [UInt8]?

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    home = try row("home_id")
    place = try row("place")
    reason = try row("reason")
    rhythmDays = try row("rhythm_days")
    startedBy = try row("started_by_name")
    startedAt = try row("started_at")
    next = PlannedAttempt(day: try row("next_on"), slot: try row("next_slot"))
    version = try row("version")
    endedBy = try row("ended_by_name")
    endedAt = try row("ended_at")
    endReason = try row("end_reason")
    visits = try row("visits")
    lastOn = try row("last_on")
    noteSealed = try row("note_sealed")
  }

  func note(_ keys: KeyRing) throws -> String? {
    try noteSealed.map { try keys.openText($0, for: .watchNote, of: home) }
  }

  static let columns: SQL = """
    w.id, w.area, w.home_id, e.name || ' ' || m.building || '-' || m.unit || '-' || m.room AS place,
    w.reason, w.rhythm_days::integer AS rhythm_days, w.started_by_name, w.started_at, w.next_on,
    w.next_slot, w.version, w.ended_by_name, w.ended_at, w.end_reason, w.note_sealed,
    (SELECT count(*) FROM visits v WHERE v.home_id = w.home_id AND v.state <> 'void'
      AND v.visited_at >= w.started_at AND v.visited_at <= coalesce(w.ended_at, 'infinity')) AS visits,
    (SELECT max(v.visited_on) FROM visits v WHERE v.home_id = w.home_id AND v.state <> 'void'
      AND v.visited_at >= w.started_at AND v.visited_at <= coalesce(w.ended_at, 'infinity')) AS last_on
    """
  static let joins: SQL = "JOIN homes m ON m.id = w.home_id JOIN estates e ON e.id = m.estate_id"
}

private func watches(_ condition: SQL) -> Query<HomeWatch> {
  Query(
    """
    SELECT \(HomeWatch.columns) FROM home_watches w \(HomeWatch.joins)
    WHERE \(condition) ORDER BY w.id DESC
    """)
}

func watch(_ id: HomeWatchID) -> Query<HomeWatch> { watches("w.id = \(id)") }
func watches(of home: HomeID) -> Query<HomeWatch> { watches("w.home_id = \(home)") }

/// A watch as it was typed.
struct TypedWatch: Sendable {
  let reason: WatchReason
  let rhythmDays: Int
  let note: String?
}

extension Transaction {
  /// Puts a home on watch. The first visit is soon, at hours outside the office's.
  func startWatch(
    _ typed: TypedWatch, of home: HomeID, in calendar: WorkCalendar, by editor: Editor
  ) throws -> HomeWatchID {
    let slot: VisitSlot = .evening
    let day = AttemptPlan.day(of: slot, after: editor.today, in: calendar)
    let note = try typed.note.map { try editor.keys.seal(Data($0.utf8), for: .watchNote, of: home) }
    let id = try first(
      Query<HomeWatchID>(
        """
        INSERT INTO home_watches (area, home_id, reason, note_sealed, rhythm_days, started_by,
          started_by_name, started_at, next_on, next_slot)
        SELECT area, id, \(typed.reason), \(optional: note), \(typed.rhythmDays)::smallint,
          \(editor.principal.accountID), \(editor.principal.displayName), \(editor.now), \(day), \(slot)
        FROM homes WHERE id = \(home)
        ON CONFLICT (home_id) WHERE ended_at IS NULL DO NOTHING RETURNING id
        """))
    guard let id else { throw EditProblem.field("reason", "这套房已经在重点监控中，别人刚刚列入了") }
    try audit(
      AuditEvent(
        action: .startWatch, entity: "home_watches", entityID: id.description,
        after: [
          "home": home.description, "reason": typed.reason.rawValue,
          "rhythm_days": String(typed.rhythmDays),
        ]), by: editor.origin)
    return id
  }

  func endWatch(
    _ id: HomeWatchID, version: Int, reason: String, by editor: Editor
  ) throws {
    let ended = try execute(
      """
      UPDATE home_watches SET ended_by_name = \(editor.principal.displayName), ended_at = \(editor.now),
        end_reason = \(reason), version = version + 1
      WHERE id = \(id) AND version = \(version) AND ended_at IS NULL
      """)
    guard ended == 1 else { throw EditProblem.overtaken }
    try audit(
      AuditEvent(action: .endWatch, entity: "home_watches", entityID: id.description),
      by: editor.origin)
  }
}
