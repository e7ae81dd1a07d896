import Spreadsheet

/// What a check finds: all of it counted by cause, and of each cause the first rows in full.
struct ProblemLog: Sendable {
  /// So many rows of one cause are kept; nobody mends a sheet by reading more.
  static let keptPerCause = 1_000
  static let keptInAll = 10_000

  struct Cause: Hashable, Sendable {
    let severity: ProblemSeverity
    let cause: ProblemCause
  }

  private(set) var counts: [Cause: Int] = [:]
  private(set) var rows: [RowProblem] = []
  private var kept: [Cause: Int] = [:]
  /// Whether something is wrong with the file as a whole, so that not even its good rows can be taken.
  private(set) var isBlocked = false

  var errors: Int { total(.error) }
  var warnings: Int { total(.warning) }

  private func total(_ severity: ProblemSeverity) -> Int {
    counts.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 }
  }

  /// The causes, errors first, the most frequent first.
  var causes: [(cause: Cause, count: Int)] {
    counts.map { ($0.key, $0.value) }.sorted { left, right in
      if left.0.severity != right.0.severity { return left.0.severity == .error }
      return (right.1, left.0.cause.code) < (left.1, right.0.cause.code)
    }
  }

  mutating func add(_ problem: RowProblem) {
    let cause = Cause(severity: problem.severity, cause: problem.cause)
    counts[cause, default: 0] += 1
    keep(problem, cause)
  }

  /// Takes what a query found: how many rows in all, and the first of them.
  mutating func add(_ found: [RowProblem], of total: Int) {
    guard let first = found.first else { return }
    let cause = Cause(severity: first.severity, cause: first.cause)
    counts[cause, default: 0] += total
    for problem in found { keep(problem, cause) }
  }

  /// Takes what is wrong with the file as a whole.
  mutating func block(_ problem: RowProblem) {
    add(problem)
    if problem.severity == .error { isBlocked = true }
  }

  private mutating func keep(_ problem: RowProblem, _ cause: Cause) {
    guard rows.count < Self.keptInAll, kept[cause, default: 0] < Self.keptPerCause else { return }
    kept[cause, default: 0] += 1
    rows.append(problem)
  }
}

extension ProblemCause {
  static let townshipUnknown = ProblemCause("township_unknown", "没有这个乡镇")
  static let townshipAmbiguous = ProblemCause("township_ambiguous", "有同名的乡镇")
  static let rowTwice = ProblemCause("row_twice", "同一内容在文件里出现两次")
  static let estateUnknown = ProblemCause("estate_unknown", "登记里没有这个项目")
  static let estateAmbiguous = ProblemCause("estate_ambiguous", "有同名的项目")
  static let homeUnknown = ProblemCause("home_unknown", "登记里没有这套房源")
  static let homeLeased = ProblemCause("home_leased", "房源有履行中的租约，状态却不是已出租")
  static let homeVacant = ProblemCause("home_vacant", "房源登记为空置，将改为已出租")
  static let homeNotFree = ProblemCause("home_not_free", "房源正在维修或待收回")
  static let householdUnknown = ProblemCause("household_unknown", "登记里没有这户家庭")
  static let householdAmbiguous = ProblemCause("household_ambiguous", "这个申请人有几户家庭")
  static let householdMissing = ProblemCause("household_missing", "没有写明是哪户家庭")
  static let householdDisagrees = ProblemCause("household_disagrees", "家庭编号与申请人身份证号对不上")
  static let householdMerged = ProblemCause("household_merged", "家庭已并入其他家庭")
  static let householdRows = ProblemCause("household_rows", "同一家庭各行内容不一致")
  static let applicantMissing = ProblemCause("applicant_missing", "家庭没有申请人")
  static let applicantTwice = ProblemCause("applicant_twice", "家庭有两个申请人")
  static let personTwice = ProblemCause("person_twice", "同一人在一户里出现两次")
  static let personElsewhere = ProblemCause("person_elsewhere", "同一人在两户家庭")
  static let personHasLeft = ProblemCause("person_has_left", "登记为已离开的成员，导入不会改变")
  static let leavingIncomplete = ProblemCause("leaving_incomplete", "离开日期和离开原因应同时填写")
  static let mergedUnknown = ProblemCause("merged_unknown", "没有要并入的家庭")
  static let leaseDates = ProblemCause("lease_dates", "租约日期前后不对")
  static let leaseState = ProblemCause("lease_state", "租约状态与终止日期不一致")
  static let leaseOverlaps = ProblemCause("lease_overlaps", "租期与另一份租约重叠")
  static let contractElsewhere = ProblemCause("contract_elsewhere", "合同编号已用于另一房源或家庭")
}
