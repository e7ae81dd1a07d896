import Domain
import Pages
import Spreadsheet

/// What a run over a delivered file has found.
struct DeliveryOutcome: Sendable {
  var rows = 0
  var matched = 0
  var others = 0
  var bad = 0
  var undecided = 0
  /// Households that stay open: in a work list nothing is filled in, in an extract a row that names them
  /// cannot be read.
  var skipped = 0
  var log = ProblemLog()
}

extension DeliveryOutcome {
  /// What is said instead of all that is missing, where the file is another register's.
  func blocked(as type: CheckType, insteadOf wanted: CheckType) -> DeliveryOutcome {
    var outcome = DeliveryOutcome()
    outcome.log.block(
      RowProblem(
        sheet: "", row: 1, column: nil, cause: .anotherRegister, shown: "",
        message: type.mistaken(for: wanted)))
    return outcome
  }
}

extension ProblemCause {
  static let anotherRegister = ProblemCause("another_register", "这是别的数据")
}
