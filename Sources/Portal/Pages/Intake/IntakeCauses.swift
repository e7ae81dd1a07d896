public import Spreadsheet

extension ProblemCause {
  public static let householdUnknown = ProblemCause("household_unknown", "登记里没有这户家庭")
}
