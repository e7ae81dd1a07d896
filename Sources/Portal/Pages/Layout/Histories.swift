import HTML

/// Something that happened to a record.
struct TimelineEvent {
  /// When, as shown.
  let time: String
  let title: String
  /// Who did it.
  var actor: String?
  var detail = HTML()
  var kind = TagKind.neutral
}

/// Events from the newest or from the oldest, as given.
func timeline(_ events: [TimelineEvent]) -> HTML {
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
struct Step {
  enum State: String {
    case done, current, upcoming

    var word: String {
      switch self {
      case .done: "已完成"
      case .current: "当前"
      case .upcoming: "未到"
      }
    }
  }

  let title: String
  let state: State
  /// Such as the day it was reached, or the clock that runs.
  var note: String?
}

/// Where something stands, and what comes next.
func stepper(_ steps: [Step], label: String = "办理进度") -> HTML {
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
func definitionList(_ items: [(String, HTML)]) -> HTML {
  let pairs = items.map { name, value -> HTML in
    "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
  }
  return "<dl class=\"definitions\">\(pairs)</dl>\n"
}
