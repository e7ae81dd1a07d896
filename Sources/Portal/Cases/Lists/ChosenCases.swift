import Domain
import Ground
import Pages
import Postgres
import Web

/// Cases that somebody chose to do something with together.
typealias CaseSelection = ListSelection<CaseID>

extension CaseSelection {
  /// The most of a filter: each of them is written to by itself.
  static var mostCases: Int { 1_000 }

  /// What a form carries.
  init(_ fields: FormFields) throws {
    try self.init(fields, of: "问题清单")
    guard things.count <= Self.mostCases else { throw WebError.badRequest(Self.tooMany) }
  }

  static var tooMany: String { "筛选出的问题超过 1,000 件，一次处理不了，请按乡镇、项目或状态再筛选。" }
}

/// What is done with several cases at once.
enum CaseTask: Sendable {
  case assignment
  case notice
}

/// A case that was chosen, with what decides whether it may be done.
struct ChosenCase: RowDecodable {
  let line: CaseLine
  let route: CaseRoute?
  let isProposed: Bool

  init(_ row: Row) throws {
    line = try CaseLine(row)
    route = try row("route")
    isProposed = try row("is_proposed")
  }

  var seen: SeenVersion<CaseID> { SeenVersion(line.id, version: line.version) }

  /// Why it cannot be done, in words; nil where it can.
  func obstacle(to task: CaseTask) -> String? {
    switch task {
    case .assignment: line.state.isClosed ? "已经了结，不用交办" : nil
    case .notice:
      if line.state != .verified {
        "现在是“\(line.state.title)”，不能送达告知"
      } else if isProposed {
        "有一步正在等待审批，审批以后才能送达告知"
      } else {
        nil
      }
    }
  }
}

func chosenCases(_ ids: [CaseID]) -> Query<ChosenCase> {
  Query(
    """
    SELECT c.id, c.number, c.nature, c.state, c.state_since, c.owed_on, c.version, c.in_hardship,
      c.planned_on, a.display_name AS assignee, e.name AS estate, h.building, h.unit, h.room,
      f.applicant, c.route, EXISTS (
        SELECT FROM case_proposals p WHERE p.case_id = c.id AND p.outcome IS NULL) AS is_proposed
    FROM cases c
    JOIN estates e ON e.id = c.estate_id
    JOIN homes h ON h.id = c.home_id
    LEFT JOIN households f ON f.id = c.household_id
    LEFT JOIN accounts a ON a.id = c.assigned_to
    WHERE c.id = ANY(\(list: ids))
    ORDER BY c.id DESC
    """)
}

/// What of a filter still owes something.
func openCases(_ asked: ListRequest<CaseFilter>, limit: Int) -> Query<CaseID> {
  Query(
    """
    SELECT c.id FROM cases c
    WHERE \(asked.condition) AND c.state <> ALL(\(list: CaseState.ended))
    ORDER BY c.id DESC LIMIT \(limit)
    """)
}

/// What became of several cases.
struct CasesDone: Sendable {
  var done: [String] = []
  /// Those that were left, with the reason.
  var left: [(number: String, reason: String)] = []

  /// What is said of those that were left: the first ones by reason, so that a message stays one.
  var leftText: String {
    guard !left.isEmpty else { return "" }
    let reasons = Dictionary(grouping: left, by: \.reason).sorted {
      $0.value.count > $1.value.count
    }
    let texts = reasons.prefix(3).map { reason, cases in
      let numbers = cases.prefix(5).map(\.number).joined(separator: "、")
      return "\(numbers)\(cases.count > 5 ? " 等 \(cases.count) 件" : "")（\(reason)）"
    }
    return "留下 \(left.count) 件没有办：\(texts.joined(separator: "；"))\(reasons.count > 3 ? " 等" : "")。"
  }
}

/// Why nothing is done. Thrown inside the transaction, which it takes back.
enum CaseChoiceProblem: Error {
  /// These are not as they were when they were chosen, or are not there any more.
  case overtaken([CaseID])
  /// Some cannot be done, and all or none were asked for; or none can.
  case left(CasesDone)
}

extension Transaction {
  /// Does the same with each of the chosen cases: each has its own entry in its history and in the log.
  ///
  /// - Parameters:
  ///   - isWhole: whether nothing is done unless all are.
  ///   - write: why a case cannot be done after all, in words; nil when it is done.
  func work(
    _ chosen: CaseSelection, _ task: CaseTask, isWhole: Bool,
    _ write: (WorkedCase) throws -> String?
  ) throws -> CasesDone {
    _ = try all(
      Query<CaseID>(
        "SELECT id FROM cases WHERE id = ANY(\(list: chosen.ids)) ORDER BY id FOR NO KEY UPDATE"))
    let wanted = Set(chosen.things)
    let lines = try all(chosenCases(chosen.ids))
    let (standing, changed) = (
      lines.filter { wanted.contains($0.seen) }, lines.filter { !wanted.contains($0.seen) }
    )
    if !chosen.isWholeFilter, standing.count < wanted.count {
      let ids = Set(standing.map(\.line.id))
      throw CaseChoiceProblem.overtaken(chosen.ids.filter { !ids.contains($0) })
    }
    var result = CasesDone(left: changed.map { ($0.line.number, "您打开页面以后有了变化") })
    for one in standing {
      let reason = try one.obstacle(to: task) ?? write(try workedCase(one.line.id))
      if let reason {
        result.left.append((one.line.number, reason))
      } else {
        result.done.append(one.line.number)
      }
    }
    if result.done.isEmpty || isWhole && !result.left.isEmpty {
      throw CaseChoiceProblem.left(result)
    }
    return result
  }
}
