/// The prepared statements of one connection, the least recently used going first.
final class StatementCache {
  /// Statements are the same if their text and the types of their parameters are.
  struct Key: Hashable {
    let text: String
    let types: [UInt32]
  }

  final class Statement {
    let name: String
    fileprivate var lastUse: UInt64 = 0
    private var columns: Columns?

    init(name: String) { self.name = name }

    /// The columns of its results, which the server keeps the same as long as it is prepared.
    func columns(of result: OpaquePointer) -> Columns {
      if let columns { return columns }
      let columns = Columns(result)
      self.columns = columns
      return columns
    }
  }

  private let capacity: Int
  private var statements: [Key: Statement] = [:]
  private var uses: UInt64 = 0
  private var names: UInt64 = 0
  /// Whether statements are left on the server that are not known here any more.
  private(set) var needsReset = false

  init(capacity: Int) { self.capacity = capacity }

  func find(_ key: Key) -> Statement? {
    guard let statement = statements[key] else { return nil }
    uses += 1
    statement.lastUse = uses
    return statement
  }

  /// A statement with a name of its own, not yet kept.
  func newStatement() -> Statement {
    names += 1
    return Statement(name: "portal_\(names)")
  }

  /// Keeps a statement; the name of the one that has to make room for it, if any.
  func insert(_ statement: Statement, for key: Key) -> String? {
    uses += 1
    statement.lastUse = uses
    statements[key] = statement
    guard statements.count > capacity,
      let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse })
    else { return nil }
    statements[oldest.key] = nil
    return oldest.value.name
  }

  /// Forgets all statements; the server's are to be deallocated before the next transaction.
  func forgetAll() {
    statements = [:]
    needsReset = true
  }

  /// To be called when the server has been told to deallocate all statements.
  func reset() {
    statements = [:]
    needsReset = false
  }
}
