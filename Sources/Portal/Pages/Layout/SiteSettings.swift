/// What a county's installation says about itself on every page.
public struct SiteSettings: Sendable, Hashable {
  /// The county's name, such as 清流县.
  public let countyName: String
  /// The portal's name.
  public let title: String
  /// The bureaus that run the campaign, in the order of the notice.
  public let bureaus: [String]
  /// Whether everybody and everything in the database is made up; every page then says so.
  public let isDemo: Bool
  /// What government sites carry at their foot, each with its name; only what is set.
  public let footerItems: [FooterItem]

  public struct FooterItem: Sendable, Hashable {
    public let name: String
    public let text: String
  }

  /// The same installation, headed by another area's name.
  func headed(_ name: String) -> SiteSettings {
    SiteSettings(
      countyName: name, title: title, bureaus: bureaus, isDemo: isDemo, footerItems: footerItems)
  }

  private init(
    countyName: String, title: String, bureaus: [String], isDemo: Bool, footerItems: [FooterItem]
  ) {
    self.countyName = countyName
    self.title = title
    self.bureaus = bureaus
    self.isDemo = isDemo
    self.footerItems = footerItems
  }

  static let defaultTitle = "公租房租后管理点题整治"

  /// Before the county is known: a new installation, or a database that has not answered yet.
  static let unnamed = SiteSettings(countyName: "", bureaus: [])

  /// - Parameters:
  ///   - organiser: 主办单位, like the next four absent when unset or empty.
  ///   - contact: 联系方式
  ///   - siteCode: 网站标识码
  ///   - icpRecord: ICP 备案号
  ///   - policeRecord: 公安备案号
  init(
    countyName: String, title: String = defaultTitle, bureaus: [String],
    organiser: String? = nil, contact: String? = nil, siteCode: String? = nil,
    icpRecord: String? = nil, policeRecord: String? = nil, isDemo: Bool = false
  ) {
    self.countyName = countyName
    self.title = title
    self.bureaus = bureaus
    self.isDemo = isDemo
    footerItems = [
      ("主办单位", organiser), ("联系方式", contact), ("网站标识码", siteCode),
      ("ICP备案号", icpRecord), ("公安备案号", policeRecord),
    ].compactMap { name, text in
      guard let text, !text.isEmpty else { return nil }
      return FooterItem(name: name, text: text)
    }
  }
}
