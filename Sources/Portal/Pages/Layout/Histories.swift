public import HTML

/// Something that happened to a record.
public struct TimelineEvent: Sendable {
  /// When, as shown.
  public let time: String
  public let title: String
  /// Who did it.
  public var actor: String?
  public var detail = HTML()
  public var kind = TagKind.neutral

  public init(
    time: String, title: String, actor: String? = nil, detail: HTML = HTML(),
    kind: TagKind = TagKind.neutral
  ) {
    self.time = time
    self.title = title
    self.actor = actor
    self.detail = detail
    self.kind = kind
  }
}

/// Events from the newest or from the oldest, as given.
public func timeline(_ events: [TimelineEvent]) -> HTML {
  let items = events.map { event -> HTML in
    """
    <li class="timeline-\(event.kind.rawValue)">\
    <p class="timeline-head"><strong>\(event.title)</strong>\
    \(ifLet: event.actor, { " <span class=\"timeline-actor\">\($0)</span>" }) \
    <span class="timeline-time">\(event.time)</span></p>\
    \(if: !event.detail.isEmpty, "<div class=\"timeline-detail\">\(event.detail)</div>")</li>

    """
  }
  return "<ol class=\"timeline\">\(items)</ol>\n"
}

/// One station on the way of a case or a complaint.
public struct Step {
  public enum State: String, Sendable {
    case done, current, upcoming

    var word: String {
      switch self {
      case .done: "已完成"
      case .current: "当前"
      case .upcoming: "未到"
      }
    }
  }

  public let title: String
  public let state: State
  /// Such as the day it was reached, or the clock that runs.
  public var note: String?

  public init(title: String, state: State, note: String? = nil) {
    self.title = title
    self.state = state
    self.note = note
  }
}

/// Where something stands, and what comes next.
public func stepper(_ steps: [Step], label: String = "办理进度") -> HTML {
  let items = steps.map { step -> HTML in
    """
    <li class="step step-\(step.state.rawValue)"\
    \(attribute: "aria-current", step.state == .current ? "step" : nil)>\
    <span class="step-title">\(step.title)</span>\
    <span class="visually-hidden">（\(step.state.word)）</span>\
    \(ifLet: step.note, { "<span class=\"step-note\">\($0)</span>" })</li>
    """
  }
  return "<ol class=\"stepper\" aria-label=\"\(label)\">\(items)</ol>\n"
}

/// Names and what they stand for, side by side.
public func definitionList(_ items: [(String, HTML)]) -> HTML {
  let pairs = items.map { name, value -> HTML in
    "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
  }
  return "<dl class=\"definitions\">\(pairs)</dl>\n"
}
