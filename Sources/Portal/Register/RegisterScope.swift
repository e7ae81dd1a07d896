import Domain
import Postgres

/// The rows of one area as a range of an index.
///
/// Row-level security keeps everybody to their area in any case, but as a test of each row: in a
/// province, a county's list would read through all the counties before it.
struct RegisterScope: Sendable {
  let area: AreaCode

  /// The condition on a column of area codes. The code, digits without a zero in front, is written
  /// out: the planner then knows how much an area holds, and keeps one plan for its first page.
  func holds(_ column: SQL) -> SQL {
    guard let code = Int(area.rawValue) else { return "false" }
    // A colon stands right after the digits.
    return "\(column) >= '\(constant: code)' AND \(column) < '\(constant: code):'"
  }
}
