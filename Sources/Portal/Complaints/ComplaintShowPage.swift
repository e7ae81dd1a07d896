import Domain
import Files
import Ground
import HTML
import Pages
import Web

/// Everything about one complaint that the desk sees.
struct ComplaintView: Sendable {
  let detail: ComplaintDetail
  let photos: [StoredFile]
  let messages: [ComplaintMessage]
  let events: [StepEvent]
  let colleagues: [Colleague]
  /// What follows from it in the problem list.
  let cases: HTML
}

/// The forms of the page; one of them may have come back with errors.
enum ComplaintTask: Sendable, Equatable {
  case step(ComplaintAction)
  case assign
  case message

  var idPrefix: String {
    switch self {
    case .step(let action): "\(action.rawValue)-"
    case .assign: "assign-"
    case .message: "message-"
    }
  }
}

/// The page of one complaint.
struct ComplaintShowPage {
  let seen: ComplaintView
  let principal: Principal
  let csrf: String
  let failed: (ComplaintTask, FormChecker)?
  let today: Day

  private var detail: ComplaintDetail { seen.detail }

  var html: HTML {
    """
    \(complaintStepper(
      detail.state, received: detail.receivedAt, decided: detail.decidedAt,
      finished: detail.finishedAt))\
    \(panel("举报内容", complaintContent(detail, photos: seen.photos) {
      Paths.deskComplaintPhoto.link($0)
    } + clockLine))\
    \(actions)\
    \(seen.cases)\
    <div id="messages">\(panel("与举报人的留言", conversation))</div>
    \(panel("办理经过", history))
    """
  }

  private var clockLine: HTML {
    let clock = ComplaintClock(received: ShanghaiTime.day(of: detail.receivedAt))
    return definitionList([
      (
        "期限",
        complaintDue(
          state: detail.state, received: detail.receivedAt, decided: detail.decidedAt,
          finished: detail.finishedAt, today: today)
      ),
      ("应答复是否受理", "\(clock.acceptanceDue.chinese)前（收到之日起15天）"),
      ("应办结", "\(clock.finishDue.chinese)前（60天；经批准可延长一次，不超过30天）"),
      ("经办人", "\(assigneeName ?? "未交办")"),
    ])
  }

  private var assigneeName: String? {
    guard let account = detail.assignedTo else { return nil }
    return seen.colleagues.first { $0.id == account }?.name ?? "其他同事"
  }

  // MARK: Actions

  private var actions: HTML {
    let steps = ComplaintWorkflow.offered(from: detail.state, of: detail.kind, to: principal)
      .map(stepForm)
    let all = steps + (principal.may(.handleComplaints) ? [assignForm] : [])
    guard !all.isEmpty else { return HTML() }
    return panel("办理", all.joined())
  }

  private func view(_ task: ComplaintTask) -> FormView {
    guard let failed, failed.0 == task else { return FormView(idPrefix: task.idPrefix) }
    return FormView(failed.1, idPrefix: task.idPrefix)
  }

  private var hidden: HTML {
    """
    <input type="hidden" name="version" value="\(detail.version)">
    <input type="hidden" name="from" value="\(detail.state.rawValue)">

    """
  }

  private func stepForm(_ transition: ComplaintTransition) -> HTML {
    let view = view(.step(transition.action))
    let text = transition.requiredText.map { label in
      view.textarea(
        "text", label, rows: 3, hint: transition.action.textHint, maxlength: 2_000)
    }
    return view.form(
      action: transition.action.path.link(detail.id), csrf: csrf,
      button: transition.action.title, hidden + (text ?? HTML()))
  }

  private var assignForm: HTML {
    let view = view(.assign)
    return view.form(
      action: Paths.deskComplaintAssignment.link(detail.id), csrf: csrf, button: "交办",
      hidden
        + view.select(
          "assignee", "交给谁办", options: seen.colleagues.map(\.option),
          value: detail.assignedTo?.description))
  }

  // MARK: Messages and history

  private var conversation: HTML {
    let list =
      seen.messages.isEmpty
      ? "<p class=\"hint\">还没有留言。需要举报人补充情况，可以在这里问。</p>\n"
      : messageList(seen.messages, forCitizen: false)
    guard principal.may(.handleComplaints) else { return list }
    let view = view(.message)
    let submission = Submission(typed: view.fields[Submission.field])
    return list
      + view.form(
        action: Paths.deskComplaintMessages.link(detail.id), csrf: csrf, button: "发送留言",
        """
        <input type="hidden" name="\(Submission.field)" value="\(submission.text)">
        \(view.textarea(
          "body", "给举报人的留言", rows: 3,
          hint: "举报人凭查询码看到，署名显示为“工作人员”。不要写第三人的个人信息。", maxlength: 1_000))
        """)
  }

  private var history: HTML {
    let received = TimelineEvent(
      time: ShanghaiTime.hourText(detail.receivedAt), title: "收到（\(detail.channel.title)）")
    return timeline([received] + seen.events.map(complaintTimelineEvent))
  }
}

/// What was said, where, with its photos; not who said it.
func complaintContent(
  _ detail: ComplaintDetail, photos: [StoredFile], link: (FileID) -> Link
) -> HTML {
  """
  \(definitionList([
    ("类型", tag(detail.kind.title)),
    ("来源", "\(detail.channel.title)"),
    ("地点", "\(complaintPlace(estate: detail.estate, address: detail.address))"),
    ("收到时间", "\(ShanghaiTime.hourText(detail.receivedAt))"),
    ("举报人", detail.isNamed ? "已实名，身份另行加密保存" : "匿名"),
  ]))
  <p class="typed-text">\(detail.description)</p>
  \(photoGrid(photos, forCitizen: false, link: link))
  """
}

func complaintTimelineEvent(_ event: StepEvent) -> TimelineEvent {
  TimelineEvent(
    time: ShanghaiTime.dateTimeText(event.at), title: ComplaintAction.title(of: event),
    actor: event.accountName,
    detail: event.note.map { "<p class=\"typed-text\">\($0)</p>" } ?? HTML())
}

/// What the page of a change that came too late says.
func complaintConflict(
  _ complaint: ComplaintID, events: [StepEvent], typed: String?
) -> HTML {
  """
  <p>您打开页面以后，这件举报已有变化：</p>
  \(timeline(events.map(complaintTimelineEvent)))
  \(ifLet: typed, { "<h2>您刚才填写的（没有保存）</h2><p class=\"typed-text\">\($0)</p>" })
  <p>\(buttonLink("查看最新情况", Paths.deskComplaint.link(complaint)))</p>
  """
}

extension ComplaintAction {
  /// How the history names that somebody was given it: no step of the way.
  static let assignment = "assign"

  /// What was done, in words.
  static func title(of event: StepEvent) -> String {
    event.action == assignment ? "交办" : Self(rawValue: event.action)?.title ?? event.action
  }

  /// Where its form goes.
  fileprivate var path: PagePathOf<ComplaintID> {
    switch self {
    case .accept: Paths.deskComplaintAcceptance
    case .decline: Paths.deskComplaintRefusal
    case .finish: Paths.deskComplaintResult
    case .reopen: Paths.deskComplaintReopening
    }
  }

  fileprivate var textHint: String {
    switch self {
    case .accept, .reopen: "写明为什么。"
    case .decline: "举报人凭查询码会看到，请写明依据和可以找哪个部门。"
    case .finish: "举报人凭查询码会看到。写明查了什么、结果怎样，不要写第三人的个人信息。"
    }
  }
}
