import Domain
import HTML
import Pages
import Web

/// The form of `/complaints/new`.
struct ComplaintFormPage {
  let view: FormView
  let estates: [ComplaintEstate]
  let submission: Submission
  let csrf: String
  let ticket: WorkTicket
  /// How much work the form has to do first, where there is a flood.
  var bits: Int?
  /// Seconds after which it need not, when it came back for that.
  var wait: Int?

  var html: HTML {
    """
    \(pageHeader("我要举报", lead: "不用注册。默认匿名：不记录您的网络地址和准确时间。提交后给您回执和查询码。"))
    \(ifLet: wait, waitNotice)\
    \(view.form(
      action: Paths.complaints.link, csrf: csrf, hasFiles: true, button: "提交举报",
      attributes: work, fields))
    """
  }

  private var work: HTML { bits.map { " data-work=\"\($0)\"" } ?? HTML() }

  private var fields: HTML {
    """
    <input type="hidden" name="\(Submission.field)" value="\(submission.text)">
    <input type="hidden" name="\(WorkTicket.field)" value="\(ticket.text)">
    <input type="hidden" name="\(WorkTicket.answerField)" value="">
    <p class="hint" data-work-status role="status"></p>
    \(view.radios("kind", "您要反映什么", options: Self.kindOptions))\
    \(placeFields(view, estates: estates))\
    \(descriptionField(view))\
    \(photosField(view))\
    \(identityFields(view))
    """
  }

  private static var kindOptions: [(value: String, label: String)] {
    ComplaintKind.allCases.map { ($0.rawValue, "\($0.title)：\($0.explanation)") }
  }
}

/// Says what to do. What was typed stands in the form below it.
func waitNotice(_ seconds: Int) -> HTML {
  notice(
    .warn,
    """
    <p>刚才提交的人太多，这次<strong>还没有保存</strong>。您填写的内容都在下面，请再按一次“提交举报”：\
    手机会先自己算几秒钟（用来挡住机器刷屏），然后自动提交。</p>\
    <p class="hint">如果按了没有反应，请等 \(max(1, (seconds + 59) / 60)) 分钟后再按一次，不用计算也能提交。</p>
    """)
}

/// Where it is: both for citizens and for staff.
func placeFields(_ view: FormView, estates: [ComplaintEstate]) -> HTML {
  let options =
    estates.map { (value: $0.id.description, label: $0.name) }
    + [(value: ComplaintForm.otherEstate, label: "不在列表中")]
  return """
    \(view.select(
      "estate", "小区（项目）", options: options, prompt: "请选择（不清楚可不选）",
      hint: "前四类举报，小区和地址至少填一项；其他几类可以不填。", required: false))\
    \(view.input(
      "address", "地址", hint: "能写多细写多细，例如 3栋2单元501室。", required: false,
      maxlength: ComplaintForm.longestAddress, autocomplete: "off"))
    """
}

func descriptionField(_ view: FormView) -> HTML {
  view.textarea(
    "description", "情况说明",
    hint: "写清楚这些最有用：是谁（不知道姓名可写特征）、从什么时候开始、您怎么知道的、还有谁可以作证。最多 2000 字。",
    maxlength: ComplaintForm.longestDescription)
}

func photosField(_ view: FormView, left: Int = ComplaintPhotos.most) -> HTML {
  view.files(
    ComplaintPhotos.field, "照片", accept: ComplaintPhotos.accept,
    hint: "最多 \(left) 张，每张不超过 10 MB，可以是 JPEG、PNG、WebP、HEIC。查看用的照片会去掉拍摄地点、时间等信息。")
}

func identityFields(_ view: FormView) -> HTML {
  """
  <fieldset class="fieldset"><legend>要不要留姓名和电话</legend>
  <p class="hint">不留就是匿名，同样会办理。想让我们打电话答复，就把两项都填上；\
  姓名和电话加密后另外保存，办理的人看不到。</p>
  \(view.input("name", "姓名", required: false, maxlength: 30, autocomplete: "name"))\
  \(view.input("phone", "电话", type: .tel, required: false, maxlength: 40))\
  </fieldset>

  """
}
