import Campaigns
import Cases
import Counter
import Domain
import Figures
import Foundation
import HTML
import Pages
import Register
import Reviews
import Visits

/// What the home page of a role is drawn from. What a role has no use for is not read.
struct DeskHome: Sendable {
  let principal: Principal
  let today: Day
  let now: Date
  var counts: DeskCounts?
  /// Complaints whose next answer is late.
  var overdueComplaints = 0
  /// The review's rounds that run, and how far each bureau is.
  var rounds: [RoundProgress] = []
  /// What the person's unit owes, and has not done.
  var milestones: [Milestone] = []
  var overdueEstates: [EstateCases] = []
  /// Cases past their due day and near it.
  var dueCases: [CaseLine] = []
  var current: [CurrentFigures] = []
  /// How far the visits are; nil where there is no roster, or for who has no part in them.
  var visits: VisitDesk?
  /// What an empty county still needs; nil for who takes none of its steps.
  var firstDay: FirstDay?
  /// Who is asked when something is unclear.
  var contact: String?

  var html: HTML {
    switch principal.role {
    case .housingOfficer, .housingLead: housing
    case .civilAffairs, .naturalResources, .publicSecurity: bureau
    case .townOfficer: township
    case .taskForce: taskForce
    case .cityViewer: city
    case .counterClerk: clerk
    // Their home is another page, so that nothing of the county's work stands here.
    case .inspector, .systemAdmin, .securityAdmin, .auditAdmin: HTML()
    }
  }

  private var housing: HTML {
    (firstDay?.html(for: principal) ?? HTML())
      + panel(
        "今天要办",
        figureCards(
          counterCards + complaintCards + findingCards + caseCards + visitCards + releaseCards)
      ) + duePanel + roundPanels + ownChecks + progressPanel + milestonePanel
  }

  private var bureau: HTML {
    ownChecks + milestonePanel + panel("问题", figureCards(caseCards)) + progressPanel
  }

  private var township: HTML {
    panel("今天要办", figureCards((visits == nil ? [unvisitedCard] : visitCards) + caseCards))
      + duePanel + milestonePanel + progressPanel
  }

  private var taskForce: HTML {
    panel("今天要看", figureCards(releaseCards + complaintCards + caseCards))
      + roundPanels + overduePanel(overdueEstates, linked: true) + progressPanel
      + current.map { panel("\($0.campaign.areaName)各项目", fullTable($0.figures)) }.joined()
  }

  private var city: HTML {
    panel("各县进展", countyTable)
      + current.map { panel("\($0.campaign.areaName)阶段", stageStepper($0.stages, on: today)) }
      .joined()
  }

  private var clerk: HTML {
    let stages = current.map { one in
      panel(
        one.campaign.title,
        "<p>当前阶段：<strong>\(stageText(one.stages, on: today))</strong></p>"
          + stageStepper(one.stages, on: today))
    }
    return stages.joined()
      + panel(
        "窗口现在怎样配合",
        """
        <p>办理房屋交易合同网签备案或不动产登记前，先在“窗口核查”问一次申请人是否为公租房保障对象；\
        是保障对象的，由县住建局先行处理，放行后再办。</p>
        <p>\(buttonLink("窗口核查", Paths.deskCounter.link))</p>
        <p>联系方式：\(contact ?? "请向本单位管理员索取县住建局的联系电话")</p>
        <p><a href="\(path: Paths.progress)">整治进展</a></p>
        """)
  }
}
