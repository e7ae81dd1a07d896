import Domain
import HTML
import Pages
import Web

/// Error pages in the portal's layouts: staff keep the desk's look, everybody else the public one.
/// They ask the database for nothing, as one of them says that it is away.
func errorPages(site: SiteStore) -> ErrorPages {
  ErrorPages { page, request in
    guard let principal = request.visitorPrincipal else {
      return PublicPage(
        title: page.title, current: nil, site: site.settings, body: page.body
      ).html
    }
    let home = NavigationItem("首页", principal.role.home.link)
    return DeskPage(
      title: page.title, lead: page.advice, navigation: [home], principal: principal,
      areaName: site.name(of: principal.area), csrf: request.csrf,
      site: site.settings(for: principal), body: page.details
    ).html
  }
}

extension ErrorPage {
  /// Without heading and advice, which the desk's page header shows.
  fileprivate var details: HTML {
    """
    \(ifLet: reference, { "<p>参考编号：<strong>\($0)</strong>，联系我们时请报此编号。</p>" })
    \(content)
    """
  }
}
