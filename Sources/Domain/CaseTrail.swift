/// The way that a case has gone, from its history: what was taken back is not part of it, and a pause is over once it is
/// resumed.
public struct CaseTrail: Hashable, Sendable {
  /// The steps that hold, each from where it led on.
  public private(set) var moves: [CaseMove] = []

  public init() {}

  public init(_ events: some Sequence<(action: CaseAction?, from: CaseState?, to: CaseState)>) {
    for event in events { add(action: event.action, from: event.from, to: event.to) }
  }

  /// How it came to where it stands.
  public var last: CaseMove? { moves.last }

  /// The states that it has been in, the first first.
  public var states: [CaseState] { moves.map(\.from) }

  /// - Parameter action: nil for an entry that the workflow does not know.
  public mutating func add(action: CaseAction?, from: CaseState?, to: CaseState) {
    guard let from, from != to, let action else { return }
    switch action {
    case .takeBack, .resume: _ = moves.popLast()
    default: moves.append(CaseMove(from: from, action: action))
    }
  }
}
