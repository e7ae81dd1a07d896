public import HTML

/// The three things a citizen comes for.
public enum PublicDoor: CaseIterable, Sendable {
  case report, progress, track

  public var title: String {
    switch self {
    case .report: "我要举报"
    case .progress: "整治进展"
    case .track: "查询办理"
    }
  }

  public var link: Link {
    switch self {
    case .report: Paths.complaintNew.link
    case .progress: Paths.progress.link
    case .track: Paths.complaintTrack.link
    }
  }
}

/// A page for citizens: one column, large text, the three doors at the top.
public struct PublicPage {
  let title: String
  /// The door that this page is behind, marked in the header.
  let current: PublicDoor?
  let site: SiteSettings
  let body: HTML
  let flash: String?
  /// Whether the column is wider, for pages with tables and charts.
  let isWide: Bool

  /// - Parameter title: empty on the home page, which has the portal's own name.
  public init(
    title: String, current: PublicDoor?, site: SiteSettings, body: HTML, flash: String? = nil,
    wide: Bool = false
  ) {
    self.title = title
    self.current = current
    self.site = site
    self.body = body
    self.flash = flash
    self.isWide = wide
  }

  public var html: HTML {
    document(
      title: title, surface: isWide ? "public public-wide" : "public", site: site,
      body: """
        \(header)
        <main id="main" class="page">
        \(flashMessage(flash))\(body)
        </main>
        \(footer)
        """)
  }

  private var header: HTML {
    """
    <header class="site-header">
    <div class="site-header-inner">
    <a class="site-name" href="\(path: Paths.home)">\(logo())\
    <span class="site-words">\
    \(if: !site.countyName.isEmpty, "<span class=\"site-county\">\(site.countyName)</span> ")\
    <span class="site-title">\(site.title)</span></span></a>
    \(if: !site.bureaus.isEmpty, bureaus)
    </div>
    <nav class="doors" aria-label="主要服务"><ul>\(PublicDoor.allCases.map(doorItem))</ul></nav>
    </header>
    """
  }

  private var bureaus: HTML {
    "<p class=\"site-bureaus\">\(site.bureaus, { "<span>\($0)</span> " })</p>"
  }

  private func doorItem(_ door: PublicDoor) -> HTML {
    """
    <li><a href="\(path: door.link)"\
    \(attribute: "aria-current", door == current ? "true" : nil)>\(door.title)</a></li>
    """
  }

  private var footer: HTML {
    let items = site.footerItems.map { item -> HTML in
      "<li><span class=\"footer-name\">\(item.name)</span> \(item.text)</li>"
    }
    return """
      <footer class="site-footer"><div class="site-footer-inner">
      \(if: !items.isEmpty, "<ul class=\"footer-items\">\(items)</ul>")
      <p><a href="\(path: Paths.login)">工作人员登录</a></p>
      </div></footer>
      """
  }
}
