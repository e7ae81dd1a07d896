/// What holds of all that was entered about a case: neither what was taken back, nor a pause that is over, nor, once a
/// case is at its beginning again, what was entered on the way that it went before.
///
/// A decision that was revoked and a case that was opened again after it was closed go on from their verification: how
/// and when the matter was discovered holds, while notice, hearing, decision and return are still to come.
public struct CaseCourse<Entry> {
  fileprivate struct Step {
    let entry: Entry
    let isMove: Bool
    let to: CaseState
  }

  private var steps: [Step] = []

  public init() {}

  /// The entries that hold, the first first.
  public var entries: [Entry] { steps.map(\.entry) }

  /// - Parameter action: nil for an entry that the workflow does not know.
  public mutating func add(
    _ entry: Entry, action: CaseAction?, from: CaseState?, to: CaseState
  ) {
    switch action {
    case .takeBack, .resume:
      while let last = steps.popLast(), !last.isMove {}
      return
    case .reopen, .revokeDecision: goBack(to: to)
    default: break
    }
    steps.append(Step(entry: entry, isMove: from != to, to: to))
  }

  /// Leaves what was entered until the case first came to where it stands again.
  private mutating func goBack(to state: CaseState) {
    let first = steps.firstIndex { $0.isMove && $0.to == state }
    steps.removeSubrange((first.map { $0 + 1 } ?? 0)...)
  }
}

extension CaseCourse: Sendable where Entry: Sendable {}
extension CaseCourse.Step: Sendable where Entry: Sendable {}

extension Sequence where Element == [CaseDate: Day] {
  /// The days that hold, of what was said first to last: of one that was said twice, the later.
  public var holding: [CaseDate: Day] {
    reduce(into: [:]) { $0.merge($1) { _, later in later } }
  }
}
