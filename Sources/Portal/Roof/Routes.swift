import API
import Accounts
import Campaigns
import Cases
import Clocks
import Complaints
import Counter
import Counties
import Deliveries
import Desk
import Domain
import Figures
import Findings
import HTML
import Imports
import Pages
import Register
import Reviews
import Visits
import Web

extension Portal {
  /// Every route: each room registers its own, in the order in which a fact walks through them.
  static func routes(_ portal: PortalServices, migrations: [String]) -> RouteTable {
    let services = portal.base
    var routes = RouteTable()
    DisclosureRoutes(services: services, releases: portal.releases, figures: portal.figures)
      .add(to: &routes)
    ComplaintRoutes(
      services: services, photos: portal.photos, limits: portal.limits, cases: .ofProblemList
    ).add(to: &routes)
    AccountRoutes(
      services: services, passwords: portal.passwords, passwordPolicy: portal.passwordPolicy,
      tokens: portal.tokens, actions: AuditCatalogue(auditActions), address: portal.address,
      leaving: [VisitRoutes.keyEnds]
    ).add(to: &routes)
    CountyRoutes(
      services: services, passwords: portal.passwords, passwordPolicy: portal.passwordPolicy,
      codes: portal.codes, address: portal.address
    ).add(to: &routes)
    ClockRoutes(
      services: services,
      sources: [
        CalendarSource { tx, principal, _ in try tx.campaignDays(for: principal) },
        CalendarSource { tx, principal, _ in try tx.caseDays(for: principal) },
      ],
      address: portal.address, recount: ClockRecount(by: CaseClockJob.self)
    ).add(to: &routes)
    DeskRoutes(services: services, estates: portal.estates, figures: portal.figures)
      .add(to: &routes)
    CampaignRoutes(services: services, cases: .ofProblemList).add(to: &routes)
    RegisterRoutes(
      services: services, estates: portal.estates, householdCounts: portal.householdCounts,
      homePart: .ofVisits
    ).add(to: &routes)
    ImportRoutes(services: services, jobs: portal.jobs).add(to: &routes)
    ReviewRoutes(
      services: services, estates: portal.estates, deliveryDone: portal.deliveryDone,
      answersChanged: portal.answersChanged
    ).add(to: &routes)
    DeliveryRoutes(
      services: services, jobs: portal.jobs, deliveryDone: portal.deliveryDone
    ).add(to: &routes)
    VisitRoutes(
      services: services, estates: portal.estates, photos: portal.photos, jobs: portal.jobs,
      visitsChanged: portal.answersChanged
    ).add(to: &routes)
    FindingRoutes(
      services: services, estates: portal.estates, jobs: portal.jobs,
      caseLink: { Paths.deskCase.link($0) }
    ).add(to: &routes)
    CaseRoutes(
      services: services, estates: portal.estates, caseCounts: portal.caseCounts,
      photos: portal.photos
    ).add(to: &routes)
    CounterRoutes(services: services, counter: portal.counter).add(to: &routes)
    APIRoutes(services: services, jobs: portal.jobs, counter: portal.counter)
      .add(to: &routes)
    addOperations(services, migrations, to: &routes)
    return routes
  }

  private static func addOperations(
    _ services: Services, _ migrations: [String], to routes: inout RouteTable
  ) {
    let health = HealthHandlers(services: services, migrations: migrations)
    routes.get(Paths.health, .public, health.showHealth)
    routes.get(Paths.ready, .public, health.showReadiness)
  }
}
