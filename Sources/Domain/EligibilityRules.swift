/// The rules that turn evidence into doubts (疑点): pure, and the same whatever the order of records.
///
/// Source: 清建〔2021〕35号, part two (一) and (二) 1: 家庭住房、收入、资产等条件发生变化，不再符合配租条件; the lines
/// are those of a county and year, each with its document.
public enum EligibilityRules {
  /// What the rules say of a household, in the order of rules and subjects.
  public static func findings(_ facts: HouseholdFacts, _ lines: EligibilityLines) -> [RuleFinding] {
    []
  }

  /// Whether what a register says of a household is a hit: what the rules of this check speak on.
  ///
  /// - Parameters:
  ///   - records: of this type, about this household.
  ///   - members: those who have not left.
  ///   - lines: where a line is missing, measured checks are no hit.
  public static func isHit(
    _ type: CheckType, _ records: [PersonRecord], members: [MemberFacts], county: AreaCode,
    _ lines: EligibilityLines
  ) -> Bool {
    false
  }
}
