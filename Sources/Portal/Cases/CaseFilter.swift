package import Domain
package import HTML
package import Pages
import Postgres
package import Register

/// Whether a case still owes something.
package enum CaseStanding: String, CaseIterable, Sendable {
  case open
  case closed

  var title: String {
    switch self {
    case .open: "办理中"
    case .closed: "已了结"
    }
  }
}

package struct CaseFilter: ListFilter {
  package typealias Choices = [EstateChoice]

  var standing: CaseStanding?
  package var state: CaseState?
  var nature: ExitNature?
  package var estate: EstateID?
  var township: AreaCode?
  /// Only cases past their due day, the longest overdue first.
  package var isOverdue = false

  package init() {}

  package static var list: Link { Paths.deskCases.link }

  package static let fields: [FilterField<CaseFilter>] = [
    .choice(\.standing, "status", "办理情况", titled: \.title) { standing in
      switch standing {
      case .open: "c.state <> ALL(\(list: CaseState.ended))"
      case .closed: "c.state = ANY(\(list: CaseState.ended))"
      }
    },
    .choice(\.state, "state", "状态", titled: \.title) { "c.state = \($0)" },
    .choice(\.nature, "nature", "退出性质", titled: \.markedTitle) { "c.nature = \($0)" },
    .estate(\.estate) { "c.estate_id = \($0)" },
    .township(\.township) { "c.area = \($0)" },
    .flag(\.isOverdue, "overdue", "期限", "已逾期") { asked in
      "c.due_on < \(asked.today) AND c.state = ANY(\(list: CaseState.waiting))"
    },
  ]
}
