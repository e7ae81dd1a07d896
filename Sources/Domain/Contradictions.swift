/// A row of the table of rule R8: what two sources say that cannot both be true.
///
/// Source: the domain's rule that a contradiction is a finding, and stays one until somebody has decided.
public struct Contradiction: Sendable {
  /// The subject of its findings is this, or begins with it and a colon.
  public let code: String
  /// Where the two statements come from, besides the register and visits.
  public let checks: [CheckType]
  /// What the one source says, and what the other says of the same person, couple or home.
  public let one: String
  public let other: String
  /// Where both are said of a household.
  let cases: @Sendable (HouseholdEvidence) -> [Case]

  /// A contradiction of one household.
  struct Case {
    let subject: String
    let explanation: String
    /// Where it does not rest on all checks of the row.
    var checks: [CheckType]?
    var visits: [VisitID] = []
  }

  /// All of them. What is not here does not contradict: a property register that knows of no home beside a
  /// contract signed last month is what a purchase looks like.
  public static let table: [Contradiction] = [
    Contradiction(
      code: "answers", checks: CheckType.allCases, one: "一个单位对一项核查的答复",
      other: "同一单位在同一轮里对同一项的另一种答复", cases: { $0.changedAnswers() }),
    Contradiction(
      code: CheckType.otherHousing.rawValue, checks: [.otherHousing], one: "公租房信息系统：承租公租房",
      other: "住房保障数据：还享受另一处公租房或廉租房", cases: { $0.doubleProtection() }),
    Contradiction(
      code: "died_married", checks: [.householdRegistration, .marriage], one: "公安部门：已死亡注销",
      other: "民政部门：死亡以后仍登记为已婚", cases: { $0.deadAndMarried() }),
    Contradiction(
      code: "died_alive", checks: [.householdRegistration], one: "公安部门：已死亡注销",
      other: "公安部门同一份数据：户籍正常或迁出", cases: { $0.deadAndAlive() }),
    Contradiction(
      code: "widowed_alive", checks: [.marriage, .householdRegistration], one: "民政部门：丧偶",
      other: "公安部门：配偶的户籍正常或迁出", cases: { $0.widowedOfTheLiving() }),
    Contradiction(
      code: "couple", checks: [.marriage], one: "民政部门：夫妻一方已婚", other: "民政部门：另一方离异或未婚",
      cases: { $0.coupleAtOdds() }),
    Contradiction(
      code: "visits_at_odds", checks: [], one: "一次入户走访：转租或出借", other: "另一次入户走访：本人居住",
      cases: { $0.visitsAtOdds() }),
    Contradiction(
      code: "lived_in_but_unused", checks: [.utilities], one: "入户走访：本人居住",
      other: "水电数据：连续多月几乎没有用水用电", cases: { $0.livedInButUnused() }),
    Contradiction(
      code: "empty_but_used", checks: [.utilities], one: "入户走访：空置", other: "水电数据：当月有用水用电",
      cases: { $0.emptyButUsed() }),
  ]

  /// Whether a finding R8 with this subject is one of the table.
  ///
  /// - Parameter subject: as it is stored.
  public static func isListed(_ subject: String) -> Bool {
    let code = subject.prefix { $0 != ":" }
    return table.contains { $0.code == code }
  }
}
