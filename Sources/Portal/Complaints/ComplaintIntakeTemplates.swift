import Domain
import HTML
import Pages
import Web

/// The form of `/desk/complaints/new`.
struct ComplaintIntakePage {
  let view: FormView
  let estates: [ComplaintEstate]
  let submission: Submission
  let csrf: String

  var html: HTML {
    """
    \(notice(
      .warn,
      """
      <p>反映工作人员违规违纪的，这里不登记。请对方在公开页面“我要举报”选择“工作人员违规违纪”提交，\
      或直接向纪检监察机关反映：这类举报只有纪检监察机关能看到。</p>
      """))\
    \(view.form(
      action: Paths.deskComplaints.link, csrf: csrf, hasFiles: true, button: "登记并打印回执",
      fields))
    """
  }

  private var fields: HTML {
    """
    <input type="hidden" name="\(Submission.field)" value="\(submission.text)">
    \(view.radios("channel", "来源", options: Self.channels))\
    \(view.radios("kind", "反映的类型", options: Self.kinds))\
    \(placeFields(view, estates: estates))\
    \(descriptionField(view))\
    \(photosField(view))\
    \(identityFields(view))
    """
  }

  private static var channels: [(value: String, label: String)] {
    [ComplaintChannel.phone, .letter, .visit].map { ($0.rawValue, $0.title) }
  }

  private static var kinds: [(value: String, label: String)] {
    ComplaintKind.allCases.filter { !$0.isForInspectorsOnly }
      .map { ($0.rawValue, "\($0.title)：\($0.explanation)") }
  }
}

/// The sheet that the caller takes along.
func receiptSheet(_ receipt: ComplaintReceipt, _ code: FollowUpCode) -> HTML {
  """
  <p>您反映的情况已经登记。凭下面的查询码，可以在本平台“查询办理”查看办理情况、补充材料。</p>
  <p class="code-label">查询码</p>
  <p class="follow-up-code">\(code.grouped)</p>
  <p>查询码只显示这一次，平台没有保存，丢失无法找回；请妥善保管，不要告诉别人。</p>
  \(receiptDetails(receipt, isOpen: true))
  """
}
