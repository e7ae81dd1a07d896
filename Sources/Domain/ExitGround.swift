/// What follows from a ground: the way that a case goes, and what it cites. The portal's own row of the table; a county's
/// legal office confirms or corrects it in settings.
///
/// Source: 《公共租赁住房管理办法》 (住建部令第11号) arts. 27, 29, 31, 35.
public struct ExitGround: Hashable, Sendable {
  public let nature: ExitNature
  public let route: CaseRoute
  /// The articles; empty where none names the ground.
  public let articles: String
  /// Whether the case must cite a local rule or a clause of the contract, as no article names the ground.
  public let needsLocalRule: Bool
  /// The local rule that the county cites for it; empty where it has said none.
  public let localRule: String
  /// What the county wants to be in a case before its steps.
  public let evidence: StepEvidence

  public init(
    nature: ExitNature, route: CaseRoute, articles: String, needsLocalRule: Bool = false,
    localRule: String = "", evidence: StepEvidence = StepEvidence()
  ) {
    self.nature = nature
    self.route = route
    self.articles = articles
    self.needsLocalRule = needsLocalRule
    self.localRule = localRule
    self.evidence = evidence
  }

  /// The portal's row for a nature.
  public static func of(_ nature: ExitNature) -> ExitGround {
    switch nature {
    case .purchasedHome: row(nature, .civil, "《公共租赁住房管理办法》第三十一条")
    case .overLimit: row(nature, .civil, "", needsLocalRule: true)
    case .sublet, .lent: row(nature, .administrative, "《公共租赁住房管理办法》第二十七条第一款第一项")
    case .vacant: row(nature, .administrative, "《公共租赁住房管理办法》第二十七条第一款第五项")
    case .arrears: row(nature, .civil, "《公共租赁住房管理办法》第二十九条")
    case .deceit: row(nature, .administrative, "《公共租赁住房管理办法》第三十五条")
    case .other: row(nature, .administrative, "", needsLocalRule: true)
    }
  }

  private static func row(
    _ nature: ExitNature, _ route: CaseRoute, _ articles: String, needsLocalRule: Bool = false
  ) -> ExitGround {
    ExitGround(
      nature: nature, route: route, articles: articles, needsLocalRule: needsLocalRule)
  }
}
