/// The authorisation (授权书) on which checking a household's income and assets (家庭经济状况核对) rests: one of every
/// grown member.
///
/// Source: 《社会救助暂行办法》 art. 58 and 民政部《低收入家庭认定办法》, by which 家庭经济状况核对 asks for the family's written
/// authorisation; 《个人信息保护法》 art. 29: 处理敏感个人信息应当取得个人的单独同意.
public enum Authorisations {
  /// The checks that rest on it.
  public static let needed: Set<CheckType> = [.income, .assets]

  /// Whether somebody is grown on a day: 18 years (《民法典》 art. 17). Whose day of birth is not known counts as grown.
  public static func isGrown(born: Day?, on day: Day) -> Bool {
    born.map { $0.adding(months: 18 * 12) <= day } ?? true
  }
}
