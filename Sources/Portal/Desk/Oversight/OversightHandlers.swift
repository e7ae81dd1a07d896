import Campaigns
import Complaints
import Domain
import Figures
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// The dashboard of the discipline commission and the task force. It changes nothing; that an
/// inspector looked is recorded.
struct OversightHandlers: Sendable {
  let services: Services
  let figures: DeskFigures

  func showOversight(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let current = try await figures.current(for: principal, at: request.now)
    let today = ShanghaiTime.day(of: request.now)
    let read: @Sendable (Transaction) throws -> OversightPage = { tx in
      OversightPage(
        principal: principal, today: today, current: current,
        counts: try tx.one(deskCounts(today: today, for: principal)),
        overdue: try tx.all(overdueByEstate(today: today)), releases: try tx.all(releases()))
    }
    let page: OversightPage
    if principal.role == .inspector {
      let origin = try request.auditOrigin
      page = try await services.databases.transaction(as: principal) { tx in
        try tx.audit(AuditEvent(action: .viewOversight, entity: "oversight"), by: origin)
        return try read(tx)
      }
    } else {
      page = try await services.databases.read(as: principal, read)
    }
    return try await services.deskPage(
      request, title: "监督", lead: "整治进展、逾期情况和历次公布，只读。", page.html)
  }
}

/// What an overseer sees.
struct OversightPage: Sendable {
  let principal: Principal
  let today: Day
  let current: [CurrentFigures]
  let counts: DeskCounts
  let overdue: [EstateCases]
  let releases: [ReleaseLine]

  var html: HTML {
    misconduct + figures + overduePanel(overdue, linked: principal.may(.viewCases))
      + estates + panel("历次公布", releaseHistory)
  }

  private var misconduct: HTML {
    guard principal.may(.viewMisconduct) else { return HTML() }
    return panel(
      "违规违纪举报",
      figureCards([
        figureCard(
          "反映工作人员的举报", value: grouped(counts.misconductComplaints), denominator: "件",
          note: "只有纪检监察组看得到", kind: counts.misconductComplaints > 0 ? .warn : .neutral,
          link: Paths.oversightComplaints.link)
      ]))
  }

  private var figures: HTML {
    guard !current.isEmpty else { return panel("进展", emptyState("还没有整治行动")) }
    return current.map { one in
      let total = one.figures.total
      return panel(
        "\(one.campaign.areaName)进展：\(stageText(one.stages, on: today))",
        figureCards([
          card("已复核", total.reviewed, of: total.households, "户"),
          card("已走访", total.visited, of: total.households, "户"),
          card("发现问题", total.found, of: total.households, "户"),
          card("已清退", total.cleared, of: total.found, "件"),
          card("逾期问题", counts.overdueCases, of: counts.waitingCases, "件在办"),
          card(
            "举报按时答复", one.figures.complaintsInTime, of: one.figures.complaintsReceived, "件"),
        ]) + progressBars(total))
    }.joined()
  }

  private func card(_ title: String, _ value: Int, of total: Int, _ unit: String) -> HTML {
    figureCard(title, value: grouped(value), denominator: "/ \(grouped(total)) \(unit)")
  }

  private var estates: HTML {
    current.map { panel("\($0.campaign.areaName)各项目", fullTable($0.figures)) }.joined()
  }

  private var releaseHistory: HTML {
    releases.isEmpty
      ? emptyState("还没有公布过", hint: "公布由一人准备、另一人发布，每一次都记在这里。")
      : releaseTable("历次公布", releases)
  }
}
