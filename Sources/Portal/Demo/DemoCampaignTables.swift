import Domain
import Foundation
import Postgres

// The passes that write the campaign, its visits and its cases.
extension DemoCounty {
  static let campaign = 1

  func writeCampaign(_ tx: Transaction) throws {
    let template = calendar.plan
    try tx.copyIn("COPY campaigns (id, area, title, document_number, clear_by) FROM STDIN") {
      try $0.row(
        Self.campaign, Self.area, template.title, template.documentNumber, template.clearBy.iso)
    }
    try tx.copyIn(
      "COPY campaign_stages (campaign_id, area, position, title, starts_on, ends_on) FROM STDIN"
    ) { writer in
      for (index, stage) in template.stages.enumerated() {
        try writer.row(
          Self.campaign, Self.area, index + 1, stage.title, stage.startsOn.iso, stage.endsOn.iso)
      }
    }
    try tx.copyIn(
      "COPY milestones (campaign_id, area, position, title, due_on, owed_by, done_on) FROM STDIN"
    ) { writer in
      for (index, milestone) in template.milestones.enumerated() {
        try writer.row(
          Self.campaign, Self.area, index + 1, milestone.title, milestone.dueOn.iso,
          milestone.owedBy.map(\.rawValue),
          index < 2 ? (milestone.dueOn - 2).iso : nil)
      }
    }
  }

  func writeVisits(_ tx: Transaction) throws {
    try tx.copyIn(
      "COPY visits (area, campaign_id, household_id, visited_on, met, home_use) FROM STDIN"
    ) { writer in
      try forEachHousehold { household, home in
        guard let visit = household.visit else { return }
        try writer.row(
          Self.township(ofEstate: home.estate), Self.campaign, household.ordinal + 1,
          moved(visit.day), visit.met.rawValue, visit.use?.rawValue)
      }
    }
  }

  func writeCases(_ tx: Transaction) throws {
    let dueOn = calendar.plan.clearBy.iso
    try tx.copyIn(
      """
      COPY cases (id, area, campaign_id, number, household_id, home_id, estate_id, nature, state,
        opened_on, state_since, due_on, cleared_on, route, vacated_on, next_due_on, next_clock)
      FROM STDIN
      """
    ) { writer in
      try forEachCase { demoCase, household, home in
        try writer.row(
          demoCase.ordinal + 1, Self.township(ofEstate: home.estate), Self.campaign,
          number(of: demoCase), household.ordinal + 1, home.ordinal + 1, home.estate + 1,
          demoCase.nature.rawValue, demoCase.state.rawValue, moved(demoCase.openedOn),
          moved(demoCase.stateSince), dueOn, demoCase.clearedOn.map(moved),
          demoCase.state.isVerified ? demoCase.route.rawValue : nil,
          demoCase.vacatedOn.map(moved), demoCase.state.clockRuns ? dueOn : nil,
          demoCase.state.clockRuns ? ClockCode.campaign.rawValue : nil)
      }
    }
    try tx.copyIn(
      """
      COPY case_events (area, case_id, at, account_name, action, from_state, to_state, details)
      FROM STDIN
      """
    ) { writer in
      try forEachCase { demoCase, _, home in
        let area = Self.township(ofEstate: home.estate)
        try writer.row(
          area, demoCase.ordinal + 1, time(demoCase.openedOn, 9), DemoAccounts.officer,
          "open", nil, CaseWorkflow.initial.rawValue, "{}")
        for (index, step) in demoCase.steps.enumerated() {
          try writer.row(
            area, demoCase.ordinal + 1, time(step.day, 10 + index),
            step.transition.needsSecondPerson ? DemoAccounts.lead : DemoAccounts.officer,
            step.transition.action.rawValue, step.transition.from.rawValue,
            step.transition.to.rawValue,
            try json(demoCase.details(step, moved: calendar.moved)))
        }
      }
    }
  }

  private func forEachCase(
    _ body: (DemoCase, DemoHousehold, DemoHomes.Home) throws -> Void
  ) throws {
    try forEachHousehold { household, home in
      if let demoCase = household.demoCase { try body(demoCase, household, home) }
    }
  }

  private func json(_ said: [String: String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(said), as: UTF8.self)
  }

  private func number(of demoCase: DemoCase) -> String {
    "WT\(calendar.plan.issuedOn.year)-\(padded(demoCase.ordinal + 1, 6))"
  }

  private func time(_ day: Day, _ hour: Int) -> Date {
    ShanghaiTime.date(on: calendar.moved(day), hour: hour)
  }
}
