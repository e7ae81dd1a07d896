import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

struct VisitFilter: ListFilter {
  typealias Choices = [EstateChoice]

  var state: VisitState?
  var township: AreaCode?
  var estate: EstateID?
  var use: VisitUse?
  var mark: VisitMark?
  /// Those that wait for the confirmation of who looks.
  var isMine = false
  var from: Day?

  static var list: Link { Paths.deskVisits.link }

  static let fields: [FilterField<VisitFilter>] = [
    .choice(\.state, "state", "状态", titled: \.title) { "v.state = \($0)" },
    .township(\.township) { "v.area = \($0)" },
    .estate(\.estate) { "m.estate_id = \($0)" },
    .choice(\.use, "use", "使用情况", titled: \.title) { "v.home_use = \($0)" },
    .choice(\.mark, "mark", "标记", titled: \.title) {
      "EXISTS (SELECT FROM visit_marks k WHERE k.visit_id = v.id AND k.mark = \($0))"
    },
    .flag(\.isMine, "mine", "确认", "等我确认") { asked in
      "v.second_id = \(asked.principal.accountID) AND v.confirmed_at IS NULL AND v.state <> 'void'"
    },
    .day(\.from, "from", "从哪天起") { day, _ in "v.visited_on >= \(day)" },
  ]
}

struct VisitListLine: RowDecodable {
  let id: VisitID
  let place: String
  let householdNumber: String
  let applicant: String?
  let visitedOn: Day
  let slot: VisitSlot?
  let by: String?
  let secondName: String?
  let isConfirmed: Bool
  let met: VisitMet
  let use: VisitUse?
  let photos: Int
  let marks: [VisitMark]
  let state: VisitState

  init(_ row: Row) throws {
    id = try row("id")
    place = try row("place")
    householdNumber = try row("number")
    applicant = try row("applicant")
    visitedOn = try row("visited_on")
    slot = try row("slot")
    by = try row("recorded_by_name")
    secondName = try row("second_name")
    isConfirmed = try row("is_confirmed")
    met = try row("met")
    use = try row("home_use")
    photos = try row("photos")
    marks = (try row("marks", as: String?.self) ?? "").split(separator: ",")
      .compactMap { VisitMark(rawValue: String($0)) }
    state = try row("state")
  }
}

/// 走访记录: what was seen, newest first.
struct VisitList: RecordList {
  var asked: ListRequest<VisitFilter>

  let title = "走访记录"
  let lead = "每一次走访看到了什么，审核到哪一步。"
  let entity = "visits"
  let unit = "次"

  let order = ListOrder<VisitListLine>.descending(
    .key("v.visited_on", \.visitedOn), .key("v.id", \.id))
  let tables: SQL = "visits v LEFT JOIN homes m ON m.id = v.home_id"

  func query(_ part: ListPart) -> SQL {
    """
    SELECT v.id, coalesce(e.name || ' ' || m.building || '-' || m.unit || '-' || m.room, '') AS place,
      h.number, h.applicant, v.visited_on, v.slot, v.recorded_by_name, v.second_name,
      v.second_id IS NULL OR v.confirmed_at IS NOT NULL AS is_confirmed, v.met, v.home_use, v.state,
      (SELECT count(*) FROM files f WHERE f.visit_id = v.id) AS photos,
      (SELECT string_agg(k.mark, ',' ORDER BY k.mark) FROM visit_marks k WHERE k.visit_id = v.id) AS marks
    FROM (SELECT v.* FROM \(part.rows)) v
    JOIN households h ON h.id = v.household_id
    LEFT JOIN homes m ON m.id = v.home_id LEFT JOIN estates e ON e.id = m.estate_id
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<VisitListLine>] {
    [
      Column("房号", text: { $0.place.isEmpty ? "—" : $0.place }),
      Column("家庭编号", text: \.householdNumber),
      Column("承租人", text: { $0.applicant.map { Masking.maskedName($0) } }),
      Column("走访日期", day: \.visitedOn),
      Column("时段", text: { $0.slot?.title }),
      Column("走访人", text: visitors),
      Column("见到", text: { $0.met.title }),
      Column("使用情况", shown: use),
      Column("照片", number: \.photos),
      Column("标记", shown: { $0.marks.map { tag($0.title, .warn) }.joined(separator: " ") }),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
    ]
  }

  private func visitors(_ line: VisitListLine) -> String {
    let names = [line.by, line.secondName].compactMap(\.self).joined(separator: "、")
    return line.isConfirmed ? names : names + "（待确认）"
  }

  private func use(_ line: VisitListLine) -> HTML {
    line.use.map { tag($0.title, $0.tagKind) } ?? "—"
  }

  func link(_ line: VisitListLine) -> Link? { Paths.deskVisit.link(line.id) }

  var empty: HTML {
    emptyState(
      "没有符合条件的走访记录", hint: "在走访名单里打开一户，登记走访；或换一个筛选条件。",
      action: buttonLink("走访名单", Paths.deskRoster.link, isPrimary: false))
  }
}

extension VisitState {
  var tagKind: TagKind {
    switch self {
    case .submitted: .info
    case .returned: .warn
    case .accepted: .ok
    case .void: .neutral
    }
  }
}

extension VisitUse {
  /// What is not the tenant's own living there stands out.
  var tagKind: TagKind {
    switch self {
    case .tenant: .ok
    case .sublet, .lent, .other: .alert
    case .empty: .warn
    }
  }
}
