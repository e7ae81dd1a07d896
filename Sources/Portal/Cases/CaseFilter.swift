package import Domain
package import HTML
package import Pages
package import Postgres
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

/// Who has a case.
package enum CaseHolder: String, CaseIterable, Sendable {
  case mine
  case nobody

  var title: String {
    switch self {
    case .mine: "由我经办"
    case .nobody: "还没有交办"
    }
  }
}

package struct CaseFilter: ListFilter {
  package typealias Choices = [EstateChoice]

  package var standing: CaseStanding?
  package var state: CaseState?
  var nature: ExitNature?
  var route: CaseRoute?
  package var estate: EstateID?
  var township: AreaCode?
  package var holder: CaseHolder?
  /// Only cases past the day of what is owed first, the longest overdue first.
  package var isOverdue = false
  /// Only cases on which something is owed soon, the nearest first.
  package var isDueSoon = false
  /// Only cases that were to be done by now, as somebody planned them.
  var isBehindPlan = false
  var isInHardship = false
  /// Those that count in a number of the annex, and as of the end of which day.
  var annex: AnnexPart?
  var until: Day?

  /// So many days before its due day a case is due soon.
  package static let soonDays = 7

  package init() {}

  package static var list: Link { Paths.deskCases.link }

  /// Whether they are looked at by their due day.
  var isByDueDay: Bool { isOverdue || isDueSoon }

  package static let fields: [FilterField<CaseFilter>] =
    [
      .choice(\.standing, "status", "办理情况", titled: \.title) { standing in
        switch standing {
        case .open: "c.state <> ALL(\(list: CaseState.ended))"
        case .closed: "c.state = ANY(\(list: CaseState.ended))"
        }
      },
      .choice(\.state, "state", "状态", titled: \.title) { "c.state = \($0)" },
      .choice(\.nature, "nature", "退出性质", titled: \.markedTitle) { "c.nature = \($0)" },
      .choice(\.route, "route", "处理途径", titled: \.title) { "c.route = \($0)" },
      .estate(\.estate) { "c.estate_id = \($0)" },
      .township(\.township) { caseIsIn($0) },
      .choice(\.holder, "holder", "经办", titled: \.title) { holder, asked in
        switch holder {
        case .mine: "c.assigned_to = \(asked.principal.accountID)"
        case .nobody: "c.assigned_to IS NULL"
        }
      },
    ] + days

  /// The condition that a case (`c`) waits for the home to come back, or for the matter to be put right.
  package static var isWaiting: SQL { "c.state = ANY(\(list: CaseState.waiting))" }

  /// The condition that a case (`c`) is overdue: by the campaign's day or by a clock of the law, whichever comes first.
  package static func overdue(on today: Day) -> SQL {
    "c.owed_on < \(today) AND \(isWaiting)"
  }

  package static func dueSoon(on today: Day) -> SQL {
    "c.owed_on BETWEEN \(today) AND \(today + soonDays) AND \(isWaiting)"
  }

  private static let days: [FilterField<CaseFilter>] = [
    .flag(\.isOverdue, "overdue", "期限", "已逾期") { overdue(on: $0.today) },
    .flag(\.isDueSoon, "soon", "临期", "七日内到期") { dueSoon(on: $0.today) },
    .flag(\.isBehindPlan, "behind", "计划", "已过计划时间") { asked in
      "c.planned_on < \(asked.today) AND \(isWaiting)"
    },
    .flag(\.isInHardship, "hardship", "困难情形", "有困难情形") { _ in "c.in_hardship" },
    .choice(\.annex, "annex", "整改情况表", titled: \.title) { part, asked in
      CaseMoment(asked.filter.until, today: asked.today).counts(in: part)
    },
    .day(\.until, "until", "情况表截止日期", isShownEmpty: false) { _, _ in "true" },
  ]
}
