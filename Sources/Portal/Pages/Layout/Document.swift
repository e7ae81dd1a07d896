public import HTML

/// The frame of every page: head, skip link, demo ribbon, and what the surface puts between.
///
/// - Parameter surface: the class of `body` that the stylesheet builds on: `public`, `desk`,
///   `print`.
/// - Parameter scripts: addresses of those that this page needs besides.
func document(
  title: String, surface: String, site: SiteSettings, scripts: [String] = [], body: HTML
) -> HTML {
  page(
    title: title, surface: surface, site: site, style: "/portal.css",
    scripts: ["/portal.js"] + scripts, body: body)
}

/// A page whose style sheet and scripts its room names one by one, for one that opens without signal.
public func bareDocument(
  title: String, surface: String, site: SiteSettings, style: String, scripts: [String], body: HTML
) -> HTML {
  page(
    title: title, surface: surface, site: site, style: style, scripts: scripts, body: body)
}

private func page(
  title: String, surface: String, site: SiteSettings, style: String, scripts: [String], body: HTML
) -> HTML {
  let name = site.countyName + site.title
  return """
    <!doctype html>
    <html lang="zh-CN">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title.isEmpty ? name : "\(title) - \(name)")</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="\(style)">
    \(scripts.map { "<script src=\"\($0)\" defer></script>\n" as HTML })\
    </head>
    <body class="\(surface)">
    <a class="skip-link" href="#main">跳到正文</a>
    \(if: site.isDemo, demoRibbon())\
    \(body)
    </body>
    </html>

    """
}

private func demoRibbon() -> HTML {
  """
  <aside class="demo-ribbon" aria-label="演示">\
  <strong>演示数据</strong> 人员、房屋、数字均为虚构</aside>

  """
}

/// The portal's sign: a house with a tick in it. Drawn in the text's colour.
public func logo() -> HTML {
  """
  <svg class="logo" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">\
  <path class="logo-line" d="M5 19.5 20 6.5l15 13M9.5 16v17.5h21V16"/>\
  <path class="logo-line" d="m14.5 24 4 4 7.5-8"/></svg>
  """
}

/// The message that says what has just been done.
func flashMessage(_ text: String?) -> HTML {
  guard let text, !text.isEmpty else { return HTML() }
  return "<p class=\"flash\" role=\"status\">\(text)</p>"
}
