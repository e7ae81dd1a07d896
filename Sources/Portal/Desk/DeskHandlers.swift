import Campaigns
import Cases
import Domain
import Figures
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Register
import Reviews
import Visits
import Web

/// The home page of each role: what must I do today, what is late, how far are we.
struct DeskHandlers: Sendable {
  let services: Services
  let figures: DeskFigures

  func showDesk(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let current = try await figures.current(for: principal, at: request.now)
    var home = try await read(request, current)
    home.contact =
      services.site.settings(for: try request.principal).footerItems.first { $0.name == "联系方式" }?
      .text
    return try await services.deskPage(
      request, title: "首页",
      lead: "\(principal.displayName)，今天是 \(home.today.chinese)，"
        + "\(home.today.weekday.title)。", home.html)
  }

  private func read(_ request: WebRequest, _ current: [CurrentFigures]) async throws -> DeskHome {
    let principal = try request.principal
    let now = request.now
    return try await services.databases.read(as: principal) { tx in
      let today = ShanghaiTime.day(of: now)
      var home = DeskHome(principal: principal, today: today, now: now)
      home.current = current
      guard principal.may(.viewCampaign) else { return home }
      home.counts = try tx.one(deskCounts(today: today, for: principal))
      if FirstDayStep.isShown(to: principal) { home.firstDay = try tx.one(Desk.firstDay) }
      if principal.may(.viewComplaints) {
        home.overdueComplaints = try tx.all(openComplaintTimes)
          .count { $0.isOverdue(today: today) }
      }
      if principal.may(.noteCases) { home.dueCases = try tx.dueCases(for: principal, at: now) }
      if principal.role == .taskForce {
        home.overdueEstates = try tx.all(overdueByEstate(today: today))
      }
      if principal.may(.planVisits) { home.visits = try tx.visitDesk(for: principal, on: today) }
      if principal.may(.viewReviews) {
        home.rounds = try tx.progress(of: try tx.all(openRounds))
      }
      if let unit = principal.role.owingUnit, let campaign = current.first?.campaign {
        home.milestones = try tx.all(milestones(of: campaign.id))
          .filter { $0.doneOn == nil && $0.owedBy.contains(unit.rawValue) }
      }
      return home
    }
  }
}

extension Transaction {
  /// A few of the cases that are late, and of those that soon will be.
  fileprivate func dueCases(for principal: Principal, at now: Date) throws -> [CaseLine] {
    var (overdue, soon) = (CaseFilter(), CaseFilter())
    overdue.isOverdue = true
    soon.isDueSoon = true
    return try [overdue, soon].flatMap { filter in
      try all(firstCases(filter, as: principal, at: now, limit: 5))
    }
  }
}

extension Role {
  /// The unit in whose name the role's holders owe milestones.
  var owingUnit: OwingUnit? {
    switch self {
    case .housingOfficer, .housingLead: .housing
    case .civilAffairs: .civilAffairs
    case .naturalResources: .naturalResources
    case .publicSecurity: .publicSecurity
    case .townOfficer: .townships
    case .counterClerk, .taskForce, .inspector, .cityViewer, .systemAdmin, .securityAdmin,
      .auditAdmin:
      nil
    }
  }
}
