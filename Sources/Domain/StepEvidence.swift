/// Which kinds of files a county wants to see in a case before a step is taken (要件), beyond what the step's form asks for
/// itself. The county's legal office says so for each ground; the portal's own rows want none.
public struct StepEvidence: Hashable, Sendable {
  /// The steps before which a county may want something to be there, in the order in which a case meets them.
  public static let steps: [CaseAction] = [
    .verify, .serveNotice, .decide, .startMoving, .recordRefusal, .demand, .applyToCourt, .sue,
    .correct, .vacate, .close,
  ]

  private var kinds: [CaseAction: Set<FileKind>] = [:]

  public init() {}

  /// - Parameter stored: a step and a kind each, such as `decide:hearing`; what is not known is left out.
  public init(stored: some Sequence<String>) {
    for text in stored {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, let action = CaseAction(rawValue: parts[0]),
        Self.steps.contains(action), let kind = FileKind(rawValue: parts[1])
      else { continue }
      kinds[action, default: []].insert(kind)
    }
  }

  /// As it is stored, always in the same order.
  public var stored: [String] {
    Self.steps.flatMap { step in self[step].map { "\(step.rawValue):\($0.rawValue)" } }
  }

  public var isEmpty: Bool { kinds.isEmpty }

  /// What is wanted before a step, in the order of the kinds.
  public subscript(step: CaseAction) -> [FileKind] {
    FileKind.allCases.filter { kinds[step]?.contains($0) == true }
  }

  /// What a case that has these kinds still lacks before a step.
  public func missing(_ step: CaseAction, among files: Set<FileKind>) -> [FileKind] {
    self[step].filter { !files.contains($0) }
  }

  /// All of it, a step each: 作出书面决定：证据、陈述申辩材料.
  public var lines: [String] {
    Self.steps.filter { !self[$0].isEmpty }.map { step in
      "\(step.title)：\(self[step].map(\.title).joined(separator: "、"))"
    }
  }
}
