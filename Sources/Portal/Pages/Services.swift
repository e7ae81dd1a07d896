package import Domain
package import Ground
package import HTML
package import HTTPTypes
package import Logging
package import Web

/// What the handlers of every room work with. Made once, by the roof; what one room alone needs, it is given
/// beside this.
package struct Services: Sendable {
  package let databases: Databases
  package let keys: KeyRing
  package let site: SiteStore
  package let navigation: any Navigation
  package let logger: Logger

  package init(
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
package protocol Navigation: Sendable {
  /// Never fails: where counts cannot be had, the entries stand without them.
  func items(for principal: Principal, path: String) async -> [NavigationItem]
}

extension Services {
  /// A page of the public side.
  package func publicPage(
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
  package func deskPage(
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
