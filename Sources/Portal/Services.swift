import Domain
import HTML
import HTTPTypes
import Logging
import Web

/// What handlers work with. Made once, by ``Portal``.
struct Services: Sendable {
  let databases: Databases
  let keys: KeyRing
  let site: SiteStore
  let releases: ReleaseCache
  let photos: PhotoCleaner
  let passwords: PasswordHasher
  let passwordPolicy: PasswordPolicy
  let navigation: DeskNavigation
  let estates: EstateOverview
  let caseCounts: CaseCounts
  let householdCounts: HouseholdCounts
  let imports: ImportJobs
  let deliveries: DeliveryJobs
  let counter: CounterDesk
  let tokens: PortalTokenStore
  let ruleRuns: RuleRunJobs
  /// What follows when an answer has come into force that no job of deliveries brought.
  let deliveryDone: DeliveryDone
  let limits: FloodLimits
  let logger: Logger
}

extension Services {
  /// A page of the public side.
  func publicPage(
    _ request: WebRequest, title: String, door: PublicDoor? = nil, wide: Bool = false,
    status: HTTPResponse.Status = .ok, _ body: HTML
  ) -> WebResponse {
    .page(
      PublicPage(
        title: title, current: door, site: site.settings, body: body, flash: request.flash,
        wide: wide
      ).html, status: status)
  }

  /// A page behind sign-in, with the navigation of the role.
  func deskPage(
    _ request: WebRequest, title: String, lead: String, breadcrumbs: [(String, Link)] = [],
    status: HTTPResponse.Status = .ok, actions: HTML = HTML(), _ body: HTML
  ) async throws -> WebResponse {
    let principal = try request.principal
    let items = await navigation.items(for: principal, path: request.path)
    return .page(
      DeskPage(
        title: title, lead: lead, breadcrumbs: breadcrumbs, navigation: items,
        principal: principal, csrf: request.csrf, site: site.settings, flash: request.flash,
        actions: actions, body: body
      ).html, status: status)
  }
}
