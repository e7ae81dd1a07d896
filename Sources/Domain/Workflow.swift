/// Where a thing stands on its way. The raw value is the text stored in SQL.
public protocol WorkflowState: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The name shown on screens.
  var title: String { get }
}

/// A step that moves a thing from one state to another, or is kept in its history.
public protocol WorkflowAction: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The words on the button, or in the history.
  var title: String { get }
}

/// Who takes a step.
public enum StepTaker: Hashable, Sendable {
  /// Somebody who holds the permission.
  case person
  /// The portal, while it works for somebody who holds the permission; no button offers it.
  case portal
  /// A person by a button, and the portal when the evidence says so.
  case either
}

/// One permitted step of a workflow: a row of its table. Made by the tables of this module alone, so that
/// whoever holds one holds a step that is listed.
public struct WorkflowTransition<State: WorkflowState, Action: WorkflowAction>: Hashable, Sendable {
  public let from: State
  public let action: Action
  public let to: State
  /// What whoever completes the step must hold. Where a second person is needed that is the one who
  /// approves.
  public let permission: Permission
  /// What must be written, as the label of its field; nil when nothing always has to be.
  public let requiredText: String?
  /// Whether somebody other than the one who proposed or prepared it must take it.
  public let needsSecondPerson: Bool
  public let taker: StepTaker
}

/// A state machine as one table of transitions: what is not listed cannot happen.
///
/// Buttons come from ``next(from:of:)``, what a button asks for is found with
/// ``transition(from:action:of:)``, and one function of the portal applies what was found.
public protocol Workflow: Sendable {
  associatedtype State: WorkflowState
  associatedtype Action: WorkflowAction
  /// What of a thing decides which steps it may take, such as the kind of a complaint; `Void` where all
  /// may take all.
  associatedtype Subject = Void

  typealias Transition = WorkflowTransition<State, Action>

  /// Where a thing begins.
  static var initial: State { get }

  /// Every step there is. There is at most one for a state, an action and a subject.
  static var transitions: [Transition] { get }

  /// Those of the picture; all, unless some only take others back.
  static var drawn: [Transition] { get }

  /// Whether such a thing may take the step at all.
  static func applies(_ transition: Transition, to subject: Subject) -> Bool

  /// Whether nothing more is owed there; a step may lead out all the same.
  static func isFinal(_ state: State) -> Bool
}

extension Workflow {
  public static var drawn: [Transition] { transitions }

  /// The steps that a thing may take now, in the order of the table.
  public static func next(from state: State, of subject: Subject) -> [Transition] {
    transitions.filter { $0.from == state && applies($0, to: subject) }
  }

  /// The step that an action means here; nil when the table has none, or none for such a thing.
  public static func transition(
    from state: State, action: Action, of subject: Subject
  ) -> Transition? {
    next(from: state, of: subject).first { $0.action == action }
  }

  /// The step of the table that the program takes by name. Whoever asks for one that is not listed has
  /// misread the table: that is a fault of the program, and it stops.
  public static subscript(from: State, action: Action) -> Transition {
    guard let found = transitions.first(where: { $0.from == from && $0.action == action }) else {
      preconditionFailure("\(Self.self) knows no \(action.rawValue) from \(from.rawValue)")
    }
    return found
  }

  /// The steps that somebody is offered now, as buttons: those that people take and this one may.
  public static func offered(
    from state: State, of subject: Subject, to principal: Principal
  ) -> [Transition] {
    next(from: state, of: subject).filter {
      $0.taker != .portal && principal.may($0.permission)
    }
  }

  /// The table as a Mermaid state diagram, for the documentation.
  public static var diagram: String {
    var lines = ["stateDiagram-v2", "  [*] --> \(initial.rawValue)"]
    lines += State.allCases.map { "  \($0.rawValue): \($0.rawValue) \($0.title)" }
    lines += drawn.map { transition in
      let second = transition.needsSecondPerson ? "（须第二人审批）" : ""
      let taker = transition.taker == .portal ? "（系统）" : ""
      return "  \(transition.from.rawValue) --> \(transition.to.rawValue): "
        + transition.action.title + second + taker
    }
    lines += State.allCases.filter(isFinal).map { "  \($0.rawValue) --> [*]" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A row of a table.
  static func step(
    _ from: State, _ action: Action, _ to: State, _ permission: Permission, text: String? = nil,
    needsSecondPerson: Bool = false, by taker: StepTaker = .person
  ) -> Transition {
    Transition(
      from: from, action: action, to: to, permission: permission, requiredText: text,
      needsSecondPerson: needsSecondPerson, taker: taker)
  }
}

extension Workflow where Subject == Void {
  public static func applies(_ transition: Transition, to subject: Subject) -> Bool { true }

  /// The steps that a thing may take now, in the order of the table.
  public static func next(from state: State) -> [Transition] { next(from: state, of: ()) }

  /// The step that an action means here; nil when the table has none.
  public static func transition(from state: State, action: Action) -> Transition? {
    transition(from: state, action: action, of: ())
  }

  /// The step of the table that the program takes by name. Whoever asks for one that is not listed has
  /// misread the table: that is a fault of the program, and it stops.
  public static subscript(from: State, action: Action) -> Transition {
    guard let found = transitions.first(where: { $0.from == from && $0.action == action }) else {
      preconditionFailure("\(Self.self) knows no \(action.rawValue) from \(from.rawValue)")
    }
    return found
  }

  /// The steps that somebody is offered now, as buttons.
  public static func offered(from state: State, to principal: Principal) -> [Transition] {
    offered(from: state, of: (), to: principal)
  }
}
