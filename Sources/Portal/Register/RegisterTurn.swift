package import Domain
import Pages
package import Postgres

// Who writes a whole file into a county's register, or takes one back, does so alone: what it has read of the register
// is so until it is done, and the next one reads what it wrote. Rows that are not there yet cannot be locked, and a
// household without a number has nothing that a constraint could know it by.
extension Transaction {
  /// Waits until nobody else writes a file into the county, or somebody's edit of people is done; held until the end.
  package func takeRegister(of area: AreaCode) throws {
    guard let county = area.county else {
      // A city's: nobody in any county.
      try execute("SELECT pg_advisory_xact_lock(\(constant: registerTurn), 0)")
      return
    }
    try execute("SELECT pg_advisory_xact_lock_shared(\(constant: registerTurn), 0)")
    try execute(
      "SELECT pg_advisory_xact_lock(\(constant: registerTurn), \(constant: county.number))")
  }

  /// For an edit of one person, beside other edits: nobody waits for a file of a hundred thousand rows, or is overlooked
  /// by it.
  ///
  /// - Throws: `EditProblem` at a field where a file is being written.
  func enterRegister(of area: AreaCode, field: String) throws {
    let county = (area.county ?? area).number
    let isFree = try one(
      Query<Bool>(
        """
        SELECT pg_try_advisory_xact_lock_shared(\(constant: registerTurn), 0)
          AND pg_try_advisory_xact_lock_shared(\(constant: registerTurn), \(constant: county))
        """))
    guard isFree else { throw EditProblem.field(field, "正在写入一次导入，请等它写完（一般不到一分钟）再保存") }
  }
}

/// What the locks are told from those of others by.
private let registerTurn = 7433

extension AreaCode {
  fileprivate var number: Int { Int(rawValue) ?? 0 }
}
