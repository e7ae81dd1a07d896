import Domain
import Files
import HTML
import Pages
import Web

/// Asks for the code.
struct TrackCodePage {
  let view: FormView
  let csrf: String
  /// Whether half an hour had passed when something was sent.
  var isTimedOut = false

  var html: HTML {
    """
    \(pageHeader("查询办理", lead: "输入回执上的20位查询码，查看办理情况、补充材料。"))
    \(if: isTimedOut, timedOut)\
    \(view.form(action: Paths.complaintTrack.link, csrf: csrf, button: "查询", fields))
    <p class="hint">没有查询码？查询码只在提交后显示一次，我们没有保存，丢了无法找回。</p>
    """
  }

  private var fields: HTML {
    """
    \(view.input(
      "code", "查询码", hint: "20位数字，空格可以不输。", maxlength: 60, autocomplete: "off",
      inputmode: "numeric"))\
    \(ifLet: draft, { "<input type=\"hidden\" name=\"body\" value=\"\($0)\">" })
    """
  }

  private var draft: String? {
    view.fields["body"].flatMap { $0.isEmpty ? nil : $0 }
  }

  private var timedOut: HTML {
    notice(
      .warn,
      """
      <p>查询已超过半小时，刚才的内容<strong>还没有保存</strong>。请再输一次查询码，\
      \(if: draft == nil, "然后重新提交（照片要重新选择）。", else: "您写的留言会带过去。")</p>
      """)
  }
}

/// What became of a complaint, and what may be added to it.
struct TrackPage {
  let seen: TrackedView
  let message: FormView
  let photos: FormView
  let csrf: String
  let submission: Submission

  private var complaint: TrackedComplaint { seen.complaint }

  var html: HTML {
    """
    \(pageHeader("办理情况", lead: "编号 \(complaint.number)"))
    \(progress)\
    \(panel("您反映的情况", content))\
    \(panel("留言", conversation))\
    \(panel("补充照片", photoForm))
    <form class="no-print" method="post" action="\(path: Paths.complaintTrackExit)">\
    \(FormView.csrf(csrf))<p class="actions">\
    <button class="button button-secondary" type="submit">退出查询</button></p></form>
    """
  }

  private var progress: HTML {
    guard complaint.kind != .misconduct else {
      return notice(
        .neutral,
        "<p>已收到。这类举报只有纪检监察机关能看到，由他们依规处理；您可以在下面补充情况和照片。</p>")
    }
    return complaintStepper(
      complaint.state, received: complaint.receivedAt, decided: complaint.decidedAt,
      finished: complaint.finishedAt) + answer
  }

  private var answer: HTML {
    switch complaint.state {
    case .received:
      notice(.neutral, "<p>工作人员会在\(dueText)前告诉您是否受理。</p>")
    case .accepted:
      notice(.neutral, "<p>正在办理，\(dueText)前办结。</p>")
    case .notAccepted:
      notice(
        .warn,
        """
        <h2>不予受理的理由</h2><p class="typed-text">\(optional: complaint.reason)</p>\
        <p class="hint">有不同意见或新的情况，请在下面留言，可以要求重新办理。</p>
        """)
    case .finished:
      notice(
        .ok,
        """
        <h2>办理结果</h2><p class="typed-text">\(optional: complaint.result)</p>\
        <p class="hint">对结果有不同意见，请在下面留言说明，可以要求重新办理。</p>
        """)
    }
  }

  private var dueText: String {
    let clock = ComplaintClock(received: ShanghaiTime.day(of: complaint.receivedAt))
    return clock.due(in: complaint.state)?.chinese ?? ""
  }

  private var content: HTML {
    """
    \(definitionList([
      ("类型", "\(complaint.kind.title)"),
      ("地点", "\(complaintPlace(estate: complaint.estate, address: complaint.address))"),
      ("收到时间", "\(ShanghaiTime.hourText(complaint.receivedAt))"),
    ]))
    <p class="typed-text">\(complaint.description)</p>
    \(photoGrid(seen.photos, forCitizen: true) { Paths.complaintTrackPhoto.link($0) })
    """
  }

  private var conversation: HTML {
    """
    \(if: seen.messages.isEmpty, "<p class=\"hint\">还没有留言。工作人员有问题会在这里问您。</p>")\
    \(if: !seen.messages.isEmpty, messageList(seen.messages, forCitizen: true))\
    \(message.form(
      action: Paths.complaintTrackMessages.link, csrf: csrf, button: "发送留言",
      """
      <input type="hidden" name="\(Submission.field)" value="\(submission.text)">
      \(message.textarea(
        "body", "补充情况或回答问题", rows: 4, hint: "最多 1000 字，不记录准确时间。", maxlength: 1_000))
      """))
    """
  }

  private var photoForm: HTML {
    let left = ComplaintPhotos.most - seen.photos.filter(\.counts).count
    guard left > 0 else {
      return "<p class=\"hint\">照片已满 \(ComplaintPhotos.most) 张，不能再补。</p>"
    }
    return photos.form(
      action: Paths.complaintTrackPhotos.link, csrf: csrf, hasFiles: true, button: "补交照片",
      photosField(photos, left: left))
  }
}
