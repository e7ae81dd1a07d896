public import HTML

/// A document for paper: A4, a serif face, tables with full borders, a place for the seal. On
/// screen it lies as a white sheet with a bar above it that is not printed.
public struct PrintPage {
  public let title: String
  public let site: SiteSettings
  /// The page to go back to.
  public let back: Link
  /// The sheets' content, below the title.
  public let body: HTML
  /// Who seals, such as 清流县住房和城乡建设局; no seal place when absent.
  public var sealedBy: String?
  /// The day beside the seal, in words, such as 2021年8月25日.
  public var day: String?
  /// Of an official document (公文), which is set as GB/T 9704-2012 says; nil for other sheets.
  public var official: OfficialHead?
  /// Whether the paper lies across.
  public var isWide: Bool

  public init(
    title: String, site: SiteSettings, back: Link, body: HTML, sealedBy: String? = nil,
    day: String? = nil, official: OfficialHead? = nil, isWide: Bool = false
  ) {
    self.title = title
    self.site = site
    self.back = back
    self.body = body
    self.sealedBy = sealedBy
    self.day = day
    self.official = official
    self.isWide = isWide
  }

  public var html: HTML {
    document(
      title: official?.name ?? title,
      surface: official == nil ? "print" : "print print-official", site: site,
      body: """
        <header class="print-bar no-print"><a href="\(path: back)">返回</a>\
        <button class="button" type="button" data-print hidden>打印</button>\
        <span class="hint">A4 纸，用浏览器的“打印”（Ctrl+P）</span></header>
        <main id="main" class="sheet\(if: official != nil, " official")\(if: isWide, " sheet-wide")">
        \(ifLet: official, { $0.html })<h1>\(title)</h1>
        \(body)
        \(ifLet: sealedBy, seal)
        </main>
        """)
  }

  /// What stands above the title of an official document.
  public struct OfficialHead: Sendable {
    /// What the page is called in the browser, and so the file that it is saved as.
    public let name: String
    public let html: HTML

    public init(name: String, html: HTML) {
      self.name = name
      self.html = html
    }
  }

  private func seal(_ name: String) -> HTML {
    """
    <div class="seal-place"><p>\(name)</p><p>（加盖公章）</p>\
    \(ifLet: day, { "<p>\($0)</p>" })</div>
    """
  }
}
