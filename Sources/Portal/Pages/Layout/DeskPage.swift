public import Domain
public import HTML

/// One entry of the desk's navigation.
public struct NavigationItem: Sendable {
  let title: String
  let link: Link
  let isCurrent: Bool
  /// How many wait there; nothing is shown for `nil` and zero.
  let count: Int?

  public init(_ title: String, _ link: Link, isCurrent: Bool = false, count: Int? = nil) {
    self.title = title
    self.link = link
    self.isCurrent = isCurrent
    self.count = count
  }
}

/// A page for staff: who is signed in at the top, the tasks at the left, dense text.
public struct DeskPage {
  public let title: String
  /// What the page is about, in one line.
  public var lead = ""
  /// The pages above this one, from the top.
  var breadcrumbs: [(String, Link)] = []
  public var navigation: [NavigationItem] = []
  public let principal: Principal
  /// The name of the area that the account sees; the county's name when absent.
  var areaName: String?
  /// The token for the sign-out form.
  public let csrf: String
  public let site: SiteSettings
  var flash: String?
  /// Buttons and links at the right of the title.
  var actions = HTML()
  /// Addresses of scripts that the page needs besides.
  var scripts: [String] = []
  public let body: HTML

  public init(
    title: String, lead: String = "", breadcrumbs: [(String, Link)] = [],
    navigation: [NavigationItem] = [], principal: Principal, areaName: String? = nil, csrf: String,
    site: SiteSettings, flash: String? = nil, actions: HTML = HTML(), scripts: [String] = [],
    body: HTML
  ) {
    self.title = title
    self.lead = lead
    self.breadcrumbs = breadcrumbs
    self.navigation = navigation
    self.principal = principal
    self.areaName = areaName
    self.csrf = csrf
    self.site = site
    self.flash = flash
    self.actions = actions
    self.scripts = scripts
    self.body = body
  }

  public var html: HTML {
    document(
      title: title, surface: "desk", site: site, scripts: scripts,
      body: """
        \(topBar)
        <div class="desk-frame">
        \(if: !navigation.isEmpty, sideNavigation)\
        <main id="main" class="desk-main">
        \(pageHeader(title, lead: lead, breadcrumbs: breadcrumbs, actions: actions))\
        \(flashMessage(flash))\(body)
        </main>
        </div>
        """)
  }

  private var topBar: HTML {
    """
    <header class="top-bar">
    <a class="desk-name" href="\(path: principal.role.home.link)">\(logo())\
    <span class="desk-county">\(site.countyName)</span> \
    <span class="desk-title">\(site.title)</span></a>
    <div class="who"><span class="who-role">\(principal.role.title)</span> \
    <span class="who-area">\(areaName ?? site.countyName)</span> \
    <span class="who-name">\(principal.displayName)</span>
    <form method="post" action="\(path: Paths.logout)">\
    <input type="hidden" name="csrf" value="\(csrf)">\
    <button class="top-bar-button" type="submit">退出</button></form></div>
    </header>
    """
  }

  /// On a phone the list folds away behind the checkbox, without JavaScript.
  private var sideNavigation: HTML {
    """
    <nav class="side-nav" aria-label="工作导航">
    <input class="nav-toggle" type="checkbox" id="nav-toggle" aria-label="展开或收起导航">
    <label class="nav-label" for="nav-toggle">\(navigationLabel)</label>
    <ul>\(navigation.map(navigationItem))</ul>
    </nav>

    """
  }

  private var navigationLabel: HTML {
    let current = navigation.first { $0.isCurrent }?.title
    return "<span class=\"nav-icon\" aria-hidden=\"true\"></span>导航\(ifLet: current, { "：\($0)" })"
  }

  private func navigationItem(_ item: NavigationItem) -> HTML {
    let count = item.count.flatMap { $0 > 0 ? $0 : nil }
    return """
      <li><a href="\(path: item.link)"\(attribute: "aria-current", item.isCurrent ? "page" : nil)>\
      \(item.title)\
      \(ifLet: count, { "<span class=\"nav-count\">\($0)<span class=\"visually-hidden\"> 件待办</span></span>" })\
      </a></li>
      """
  }
}
