package import Domain
import Ground
package import HTML
package import Pages
import Postgres
import Register

/// Whose a home of the roster is.
package enum RosterHolder: String, CaseIterable, Sendable {
  case mine
  case nobody

  var title: String {
    switch self {
    case .mine: "由我走访"
    case .nobody: "还没有分派"
    }
  }
}

/// When somebody goes again to a home where nobody was met.
package enum RosterDue: String, CaseIterable, Sendable {
  case today
  case week

  var title: String {
    switch self {
    case .today: "今天到期"
    case .week: "七日内到期"
    }
  }
}

/// In which order the roster is gone through, but for that of the route: only those are shown that something points to.
package enum RosterOrder: String, CaseIterable, Sendable {
  case risk

  var title: String { "有线索的，按风险从高到低" }
}

/// What the roster's filter offers, and which roster it is of.
package struct RosterChoices: Sendable {
  var estates: [EstateChoice] = []
  var teams: [TeamChoice] = []
  var rosters: [VisitRoster] = []

  fileprivate var estateOptions: [(value: String, text: String)] {
    estates.map { ($0.id.description, $0.name) }
  }

  fileprivate var teamOptions: [(value: String, text: String)] {
    teams.map { ($0.id.description, $0.words) }
  }
}

package struct RosterFilter: ListFilter {
  package typealias Choices = RosterChoices

  /// An estate with building, unit and room, or part of it.
  var address: String?
  package var township: AreaCode?
  package var estate: EstateID?
  package var team: VisitTeamID?
  package var holder: RosterHolder?
  /// Nil for all; the list begins with those where somebody has to go.
  package var state: RosterState? = .waiting
  package var due: RosterDue?
  var signal: RiskSignal?
  package var order: RosterOrder?

  package init() {}

  package static var list: Link { Paths.deskRoster.link }

  package static let fields: [FilterField<RosterFilter>] = [
    .words(\.address, "address", "地址", hint: "安居苑3-1-502", max: 100) { words, asked in
      "r.home_id IN (SELECT m.id FROM homes m WHERE \(homesNamed(words, among: asked.choices.estates)))"
    },
    .area(\.township, "township", "乡镇", among: \.estates.townships) { "r.area = \($0)" },
    .record(\.estate, "estate", "项目", among: \.estateOptions) { "r.estate_id = \($0)" },
    .record(\.team, "team", "小组", among: \.teamOptions) { "r.team_id = \($0)" },
    .choice(\.holder, "holder", "谁去", titled: \.title) { holder, asked in
      switch holder {
      case .mine: "r.team_id IN (\(teams(of: asked.principal)))"
      case .nobody: "r.team_id IS NULL"
      }
    },
    .choice(\.state, "state", "状态", titled: \.title, usual: .waiting) { "r.state = \($0)" },
    .choice(\.due, "due", "约定再访", titled: \.title) { due, asked in
      "r.state = 'waiting' AND r.next_on <= \(due == .today ? asked.today : asked.today + 7)"
    },
    .choice(\.signal, "signal", "线索", titled: \.title) { "\($0)::text = ANY(r.risk_signals)" },
    .choice(\.order, "order", "顺序", titled: \.title, any: "按楼栋路线") { _ in "r.risk > 0" },
  ]

  /// Whether those come first that most points to.
  var isByRisk: Bool { order == .risk && state == .waiting }
}
