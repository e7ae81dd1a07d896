public import Domain
public import Ground
public import HTML
public import HTTPTypes
public import Logging
public import Web

/// What the handlers of every room work with. Made once, by the roof; what one room alone needs, it is given
/// beside this.
public struct Services: Sendable {
  public let databases: Databases
  public let keys: KeyRing
  public let site: SiteStore
  public let navigation: any Navigation
  public let logger: Logger

  public init(
    databases: Databases, keys: KeyRing, site: SiteStore, navigation: any Navigation, logger: Logger
  ) {
    self.databases = databases
    self.keys = keys
    self.site = site
    self.navigation = navigation
    self.logger = logger
  }
}

/// Gives the entries at the left of every desk page.
public protocol Navigation: Sendable {
  /// Never fails: where counts cannot be had, the entries stand without them.
  func items(for principal: Principal, path: String) async -> [NavigationItem]
}

extension Services {
  /// A page of the public side.
  public func publicPage(
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
  public func deskPage(
    _ request: WebRequest, title: String, lead: String, breadcrumbs: [(String, Link)] = [],
    status: HTTPResponse.Status = .ok, actions: HTML = HTML(), scripts: [String] = [],
    _ body: HTML
  ) async throws -> WebResponse {
    let principal = try request.principal
    let items = await navigation.items(for: principal, path: request.path)
    return .page(
      DeskPage(
        title: title, lead: lead, breadcrumbs: breadcrumbs, navigation: items,
        principal: principal, areaName: site.name(of: principal.area), csrf: request.csrf,
        site: site.settings(for: principal), flash: request.flash,
        actions: actions, scripts: scripts.map(request.asset), body: body
      ).html, status: status)
  }
}
