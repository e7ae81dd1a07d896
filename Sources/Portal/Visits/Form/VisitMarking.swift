import Domain
import Foundation
import Ground
import Postgres

// What makes somebody look at a visit again. Marks judge nobody, and stand beside the visit for who reviews it.
extension Transaction {
  /// Marks a visit that was just written.
  func mark(_ id: VisitID, _ typed: TypedVisit, by actor: ActingPerson) throws {
    var marks: [(VisitMark, String)] = []
    if let off = typed.clockOff, abs(off) > VisitMark.clockSeconds {
      marks.append((.clockOff, "手机时间\(off > 0 ? "快" : "慢") \(abs(off) / 60) 分钟，已按服务器时间改正"))
    }
    let hours = Int(actor.now.timeIntervalSince(typed.visitedAt) / 3600)
    if hours >= VisitMark.lateHours { marks.append((.late, "填写后 \(hours) 小时才送达")) }
    if let count = try visitsAround(id) {
      marks.append((.tooQuick, "前后 \(VisitMark.quickMinutes) 分钟内登记了 \(count) 户"))
    }
    if let metres = try distance(of: id) { marks.append((.farAway, "离这个项目其他走访的位置约 \(metres) 米")) }
    for (mark, details) in marks { try add(mark, details, to: id) }
  }

  func add(_ mark: VisitMark, _ details: String, to id: VisitID) throws {
    try execute(
      """
      INSERT INTO visit_marks (visit_id, area, mark, details)
      SELECT id, area, \(mark), \(details) FROM visits WHERE id = \(id)
      ON CONFLICT DO NOTHING
      """)
  }

  /// How many homes its visitor wrote about in so few minutes; nil where that is no wonder.
  private func visitsAround(_ id: VisitID) throws -> Int? {
    let count = try one(
      Query<Int>(
        """
        SELECT count(DISTINCT o.entry_id) FROM visits v
        JOIN visits o ON o.recorded_by = v.recorded_by AND o.state <> 'void'
          AND o.visited_at BETWEEN v.visited_at - \(VisitMark.quickMinutes) * interval '1 minute'
            AND v.visited_at + \(VisitMark.quickMinutes) * interval '1 minute'
        WHERE v.id = \(id)
        """))
    return count >= VisitMark.quickVisits ? count : nil
  }

  /// Metres from the middle of where others of the estate were written; nil where it is near, or not known.
  private func distance(of id: VisitID) throws -> Int? {
    let metres =
      try first(
        Query<Int?>(
          """
          SELECT CASE WHEN count(*) >= \(VisitMark.placeVisits) THEN round(111195 * sqrt(
            power(v.latitude - percentile_cont(0.5) WITHIN GROUP (ORDER BY o.latitude), 2)
            + power((v.longitude - percentile_cont(0.5) WITHIN GROUP (ORDER BY o.longitude))
              * cos(radians(v.latitude::double precision)), 2)))::integer END
          FROM visits v
          JOIN roster_entries e ON e.id = v.entry_id
          JOIN roster_entries n ON n.roster_id = e.roster_id AND n.estate_id = e.estate_id
          JOIN visits o ON o.entry_id = n.id AND o.id <> v.id AND o.latitude IS NOT NULL AND o.state <> 'void'
          WHERE v.id = \(id) AND v.latitude IS NOT NULL
          GROUP BY v.id, v.latitude, v.longitude
          """)) ?? nil
    return metres.flatMap { $0 > VisitMark.farMetres ? $0 : nil }
  }

  /// Marks a visit one of whose photos another one has too, and the other.
  func markSamePhotos(of id: VisitID) throws {
    let same = try all(
      Query<VisitID>(
        """
        SELECT DISTINCT o.visit_id FROM files f
        JOIN files o ON o.original_sha256 = f.original_sha256 AND o.visit_id <> f.visit_id
          AND o.visit_id IS NOT NULL
        JOIN visits v ON v.id = o.visit_id AND v.state <> 'void'
        WHERE f.visit_id = \(id) ORDER BY 1
        """))
    for other in same {
      try add(.samePhoto, "与走访 \(other) 有相同的照片", to: id)
      try add(.samePhoto, "与走访 \(id) 有相同的照片", to: other)
    }
  }
}
