import Domain
import HTML
import Pages
import Reviews
import Web

/// Work lists, out and in.
struct WorkListPage {
  /// Tells the fields of the second form from those of the first.
  static let returnPrefix = "return-"

  let bureau: Bureau
  let rounds: [ReviewRound]
  /// Checks that wait, by kind.
  let open: [CheckType: Int]
  let places: [WorkListPlace]
  /// Of the form that came back with errors; its prefix says which.
  let view: FormView
  let csrf: String

  var html: HTML {
    guard !rounds.isEmpty else {
      return emptyState(
        "现在没有进行中的资格复核", hint: "县住建局开始一轮复核以后，可以在这里导出待核查的家庭。登记数据可以随时报送。",
        action: buttonLink("报送登记数据", Paths.deskDeliveryNew.link))
    }
    return out + back
  }

  private var isReturn: Bool { view.fields["as_of"] != nil }
  private var outView: FormView { isReturn ? FormView() : view }
  private var returnView: FormView {
    isReturn ? view : FormView(idPrefix: Self.returnPrefix)
  }

  private var out: HTML {
    panel(
      "导出",
      """
      <p>表格里有<strong>完整的身份证号</strong>，仅供本单位核查使用；导出人和时间写在文件属性里，并记入审计。用完请删除。</p>
      \(outView.form(
        action: Paths.deskWorkLists.link, csrf: csrf, button: "导出核查清单",
        outView.radios(
          "type", "核查项目",
          options: bureau.checks.map { ($0.rawValue, "\($0.title)：\(grouped(open[$0] ?? 0)) 户待核查") })
          + roundField(outView, rounds)
          + outView.select(
            "township", "乡镇", options: places.townships, prompt: "全部乡镇",
            hint: "分几个人查时，可以按乡镇或项目分开导出", required: false)
          + outView.select(
            "estate", "项目", options: places.estates, prompt: "全部项目", required: false)))
      """)
  }

  private var back: HTML {
    panel(
      "传回填好的清单",
      returnView.form(
        action: Paths.deskWorkListReturns.link, csrf: csrf, hasFiles: true, button: "上传并检查",
        typeField(returnView, bureau.checks)
          + returnView.input(
            "as_of", "数据截止日期", type: .date, hint: "这些结果反映到哪一天为止的情况；个别家庭不同的，填在表里")
          + roundField(returnView, rounds)
          + returnView.files(
            "file", "文件", accept: ".xlsx,.csv", multiple: false,
            hint: "填好的核查清单，没有填的家庭跳过，可以分几次传", required: true)))
  }
}
