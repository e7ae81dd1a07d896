import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Spreadsheet
import Web

/// One row of the roster.
struct RosterLine: RowDecodable {
  let id: RosterEntryID
  let version: Int
  let estateID: EstateID
  let estate: String
  let route: String
  let building: String
  let unit: String
  let room: String
  let township: String
  let householdNumber: String
  let applicant: String?
  let team: String?
  let state: RosterState
  let attempts: Int
  let next: PlannedAttempt?
  let lastVisitedOn: Day?
  let risk: Int
  let signals: [RiskSignal]

  init(_ row: Row) throws {
    id = try row("id")
    version = try row("version")
    estateID = try row("estate_id")
    estate = try row("estate")
    route = try row("route")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    township = try row("township")
    householdNumber = try row("number")
    applicant = try row("applicant")
    team = try row("team")
    state = try row("state")
    attempts = try row("attempts")
    let slot = try row("next_slot", as: VisitSlot?.self)
    next = try row("next_on", as: Day?.self).flatMap { day in
      slot.map { PlannedAttempt(day: day, slot: $0) }
    }
    lastVisitedOn = try row("last_visited_on")
    risk = try row("risk")
    signals = (try row("signals", as: String?.self) ?? "").split(separator: ",")
      .compactMap { RiskSignal(rawValue: String($0)) }
  }

  var place: String { homeText(building: building, unit: unit, room: room) }

  var seen: SeenVersion<RosterEntryID> { SeenVersion(id, version: version) }

  /// As the order by risk has it: going up.
  var riskOrder: Int { -risk }

  /// When somebody goes again, and how often nobody was met.
  var attemptText: String? {
    guard attempts > 0 else { return nil }
    // A day does not break in two.
    let again = next.map {
      "，再访 \($0.day.iso.replacing("-", with: "\u{2011}")) \($0.slot.title)"
    }
    return "\(attempts) 次未遇\(again ?? "")"
  }
}

/// - Parameter rows: a FROM item named `r` whose rows are roster entries.
private func rosterLineRows(_ rows: SQL) -> SQL {
  """
  SELECT r.id, r.version, r.estate_id, e.name AS estate, r.route, m.building, m.unit, m.room,
    a.name AS township, h.number, h.applicant, t.name AS team, r.state, r.attempts, r.next_on,
    r.next_slot, r.last_visited_on, r.risk, array_to_string(r.risk_signals, ',') AS signals
  FROM \(rows)
  JOIN households h ON h.id = r.household_id
  JOIN homes m ON m.id = r.home_id
  JOIN estates e ON e.id = r.estate_id
  JOIN areas a ON a.code = r.area
  LEFT JOIN visit_teams t ON t.id = r.team_id
  """
}

/// Homes `m` of the roster `r`, in the order of the route.
func rosterLines(_ condition: SQL, limit: Int) -> Query<RosterLine> {
  Query(
    """
    \(rosterLineRows("roster_entries r")) WHERE \(condition)
    ORDER BY r.estate_id, r.route, r.id LIMIT \(limit)
    """)
}

/// 走访名单: who has to be visited, in the order of the route, or those first that most points to.
struct RosterList: RecordList {
  var asked: ListRequest<RosterFilter>

  let title = "走访名单"
  let sheetTitle = "走访名单"
  let entity = "roster_entries"
  let unit = "户"
  let tables: SQL = "roster_entries r"

  var lead: String {
    guard let roster = asked.choices.rosters.first else { return "一份履行中的租约是一户，逐户走访。" }
    return "\(roster.title)：\(roster.words)。"
  }

  // A page walks the index of its order, where one roster is looked at.
  var planning: Databases.Planning? { .inOrder }

  var order: ListOrder<RosterLine> {
    asked.filter.isByRisk
      ? .ascending(
        .key("(-r.risk)", \.riskOrder), .key("r.estate_id", \.estateID), Self.route,
        .key("r.id", \.id))
      : .ascending(.key("r.estate_id", \.estateID), Self.route, .key("r.id", \.id))
  }

  private static let route = ListOrder<RosterLine>.Key.key(
    "r.route", \.route, read: { PlainText(hex: $0)?.text }, write: { PlainText(text: $0).hex })

  /// A township reads along the index of its own homes.
  var basis: SQL {
    let rosters = asked.choices.rosters.map(\.id)
    let ofRoster: SQL =
      rosters.count == 1 ? "r.roster_id = \(rosters[0])" : "r.roster_id = ANY(\(list: rosters))"
    let area = asked.principal.area
    guard area.level == .township, asked.filter.township == nil else { return ofRoster }
    return "\(ofRoster) AND r.area = \(area)"
  }

  func query(_ part: ListPart) -> SQL {
    "\(rosterLineRows("(SELECT r.* FROM \(part.rows)) r")) ORDER BY \(part.order)"
  }

  var columns: [Column<RosterLine>] {
    [
      Column("房号", text: \.place),
      Column("项目", text: \.estate),
      Column("乡镇", text: \.township),
      Column("家庭编号", text: \.householdNumber),
      Column("承租人", text: { $0.applicant.map { Masking.maskedName($0) } }),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("小组", text: \.team),
      Column("未遇和再访", text: \.attemptText),
      Column("最近走访", day: \.lastVisitedOn),
      Column("线索", shown: signals),
    ]
  }

  private func signals(_ line: RosterLine) -> HTML {
    line.signals.isEmpty
      ? "—" : line.signals.map { tag($0.title, $0.tagKind) }.joined(separator: " ")
  }

  func link(_ line: RosterLine) -> Link? { Paths.deskRosterEntry.link(line.id) }

  var actions: HTML {
    var links = buttonLink("走访进度", Paths.deskVisitCoverage.link, isPrimary: false)
    let may = asked.principal.may
    if may(.planVisits) {
      links += buttonLink("走访小组", Paths.deskVisitTeams.link, isPrimary: false)
      links += buttonLink("分派", Paths.deskRosterAssignment.link, isPrimary: false)
    }
    links += buttonLink("打印走访表", Paths.deskRosterSheets.link, isPrimary: false)
    if may(.makeRoster), !asked.choices.rosters.isEmpty {
      links += buttonLink("更新名单", Paths.deskRosterMaking.link, isPrimary: false)
    }
    return links + exportLinks(asked.filter.link)
  }

  var empty: HTML {
    guard asked.choices.rosters.isEmpty else {
      return emptyState(
        "没有符合条件的房源", hint: "换一个筛选条件，或清除筛选查看全部。",
        action: buttonLink("查看全部", RosterFilter.list, isPrimary: false))
    }
    return asked.principal.may(.makeRoster)
      ? emptyState(
        "还没有走访名单", hint: "从政府投资公租房履行中的租约生成，一份租约一户，再分派给走访小组。",
        action: buttonLink("生成名单", Paths.deskRosterMaking.link))
      : emptyState("还没有走访名单", hint: "县住建局生成名单以后，要走访的家庭列在这里。")
  }
}

/// Text in an address, between points.
struct PlainText {
  let text: String

  init(text: String) { self.text = text }

  init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count.isMultiple(of: 2), digits.count <= 1_000 else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[place...place + 1], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16), byte != 0 else { return nil }
      bytes.append(byte)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self.text = text
  }

  var hex: String {
    text.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}

extension RosterState {
  var tagKind: TagKind {
    switch self {
    case .waiting: .info
    case .visited: .ok
    case .gone: .neutral
    }
  }
}

extension RiskSignal {
  var tagKind: TagKind { weight >= 30 ? .alert : weight >= 20 ? .warn : .neutral }
}
