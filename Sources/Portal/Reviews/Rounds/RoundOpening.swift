import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// A round about to be opened.
struct NewRound: Sendable {
  let title: String
  let campaign: CampaignID
  let area: AreaCode
  let dues: [Bureau: Day]

  init?(_ checker: inout FormChecker, today: Day, principal: Principal) {
    let title = checker.column("title", "名称", max: 100)
    let campaign = checker.value("campaign", "行动", message: "请选择行动") { CampaignID($0) }
    let area = checker.value("area", "范围", message: "请选择范围") { text in
      AreaCode(text).flatMap { principal.area.contains($0) ? $0 : nil }
    }
    var dues: [Bureau: Day] = [:]
    for bureau in Bureau.allCases {
      guard let day = checker.day(bureau.dueField, "\(bureau.title)答复期限") else { continue }
      if day < today { checker.fail(bureau.dueField, "\(bureau.title)答复期限已经过去，请填今天或以后的日期") }
      dues[bureau] = day
    }
    guard checker.isValid, let title, let campaign, let area else { return nil }
    self.title = title
    self.campaign = campaign
    self.area = area
    self.dues = dues
  }
}

extension Bureau {
  /// The name of the form field for the bureau's due day.
  var dueField: String { "due_\(rawValue)" }
}

/// What opening a round came to.
struct OpenedRound: Sendable {
  let id: ReviewRoundID
  let households: Int
  /// Whether the same form had opened it before.
  let isRepeated: Bool
}

extension Transaction {
  /// Opens a round: freezes who is asked about, counts it, and says until when each bureau answers.
  func openRound(_ new: NewRound, by editor: Editor) throws -> OpenedRound {
    try allowLongWork()
    // Two that open overlapping rounds at once would not see each other's.
    let province = String(new.area.rawValue.prefix(2))
    guard
      try one(
        Query<Bool>("SELECT pg_try_advisory_xact_lock(hashtext('review'), hashtext(\(province)))"))
    else { throw EditProblem.field("area", "另一轮复核正在建立名单，请过一分钟再试") }
    if let repeated = try refuseOverlap(new, editor) { return repeated }
    try checkCampaign(new)
    let id = try insertRound(new, editor)
    let scope = try one(
      Query<CampaignScope>("SELECT scope FROM campaigns WHERE id = \(new.campaign)"))
    let households = try freezeFrame(of: id, in: new.area, scope)
    guard households > 0 else {
      throw EditProblem.field("area", "这个范围里没有在租的\(scope.title)家庭，没有可以复核的对象")
    }
    try execute("SELECT count_review_progress(\(id))")
    try insertDues(new, id)
    try audit(
      AuditEvent(
        action: .openReview, entity: "review_rounds", entityID: id.description,
        after: new.audited(households: households)), by: editor.origin)
    return OpenedRound(id: id, households: households, isRepeated: false)
  }

  /// A million households take longer than a page may, and under row-level security the planner takes
  /// every table for nearly empty: it would look each home up by itself.
  private func allowLongWork() throws {
    try execute(
      """
      SELECT set_config('statement_timeout', '300s', true), set_config('work_mem', '64MB', true),
        set_config('enable_nestloop', 'off', true)
      """)
  }

  private func refuseOverlap(_ new: NewRound, _ editor: Editor) throws -> OpenedRound? {
    guard let other = try all(openRounds(overlapping: new.area)).first else { return nil }
    if other.area == new.area, other.title == new.title, other.campaign == new.campaign,
      other.openedByName == editor.principal.displayName, other.openedOn == editor.today
    {
      let households = try progress(of: [other]).first?.households ?? 0
      return OpenedRound(id: other.id, households: households, isRepeated: true)
    }
    throw EditProblem.field(
      "area", "“\(other.title)”（\(other.areaName)）还没有结束，和这个范围重叠；一个家庭同时只能在一轮复核里，请先结束它")
  }

  private func checkCampaign(_ new: NewRound) throws {
    let isRunning = try first(
      Query<Bool>(
        """
        SELECT ended_on IS NULL FROM campaigns
        WHERE id = \(new.campaign) AND \(new.area)::text ^@ area::text
        """))
    guard isRunning == true else {
      throw EditProblem.field("campaign", "这个行动不包括所选的范围，或者已经结束，请重新选择")
    }
  }

  private func insertRound(_ new: NewRound, _ editor: Editor) throws -> ReviewRoundID {
    try one(
      Query(
        """
        INSERT INTO review_rounds (area, campaign_id, title, opened_on, opened_by, opened_by_name)
        VALUES (\(new.area), \(new.campaign), \(new.title), \(editor.today),
          \(editor.principal.accountID), \(editor.principal.displayName))
        RETURNING id
        """))
  }

  /// Households that live now in the estates of the area that the campaign looks at, each with its estate.
  private func freezeFrame(
    of round: ReviewRoundID, in area: AreaCode, _ scope: CampaignScope
  ) throws -> Int {
    try execute(
      """
      INSERT INTO review_households (round_id, household_id, area, estate_id)
      SELECT \(round), h.id, h.area, m.estate_id
      FROM leases l
      JOIN homes m ON m.id = l.home_id
      JOIN estates e ON e.id = m.estate_id
      JOIN households h ON h.id = l.household_id
      WHERE l.state = 'running' AND e.area ^@ \(area)::text
        AND (e.ownership = 'government' OR \(scope == .all)::boolean)
      """)
  }

  private func insertDues(_ new: NewRound, _ round: ReviewRoundID) throws {
    let bureaus = Bureau.allCases.filter { new.dues[$0] != nil }
    try execute(
      """
      INSERT INTO review_dues (round_id, area, bureau, due_on)
      SELECT \(round), \(new.area), bureau, due_on
      FROM unnest(\(list: bureaus)::text[], \(list: bureaus.compactMap { new.dues[$0] })::date[])
        AS d (bureau, due_on)
      """)
  }
}

extension NewRound {
  fileprivate func audited(households: Int) -> [String: String] {
    var after = [
      "title": title, "area": area.rawValue, "campaign": campaign.description,
      "households": String(households),
    ]
    for (bureau, day) in dues { after[bureau.dueField] = day.iso }
    return after
  }
}
