import Domain
import Ground
import HTML
import Pages
import Reviews
import Web

/// Where a file is chosen.
struct DeliveryFormPage {
  let bureau: Bureau
  let rounds: [ReviewRound]
  let today: Day
  let view: FormView
  let csrf: String

  var html: HTML {
    panel(
      "选择文件",
      view.form(
        action: Paths.deskDeliveries.link, csrf: csrf, hasFiles: true, button: "上传并比对",
        typeField(view, bureau.sources)
          + view.input(
            "as_of", "数据截止日期", type: .date, value: today.iso, hint: "这份数据反映到哪一天为止的情况")
          + roundField(view, rounds)
          + view.checkbox(
            "complete", "全量数据",
            hint: "本单位登记的全部数据。没有出现的家庭也随之答复：没有房、没有车的是“无异常”，查不到人的是“查无此人”"
              + (bureau.sources.contains { $0.presence == .clear } ? "，配租名单里没有的是“有情况”" : ""))
          + view.files(
            "file", "文件", accept: ".xlsx,.csv", multiple: false,
            hint: "XLSX 或 CSV，不超过 1 GB；列的先后不限，要有身份证号", required: true)))
      + explanation
  }

  private var explanation: HTML {
    panel(
      "怎么比对",
      """
      <p>按身份证号与在保家庭比对。<strong>不是在保家庭成员的行不保存</strong>，只计数。没有身份证号的行，按姓名和出生日期找，由您逐行认定。</p>
      <p>\(roundText)比对完先看结果，确认以后才生效。</p>
      """)
  }

  private var roundText: String {
    rounds.isEmpty
      ? "现在没有进行中的资格复核，这份数据作为定期交换。" : "这份数据答复进行中的资格复核：\(rounds.map(\.title).joined(separator: "、"))。"
  }
}

/// Which of the bureau's checks; of an extract that nobody owes also who gives it.
func typeField(_ view: FormView, _ types: [CheckType]) -> HTML {
  view.radios(
    "type", "核查项目",
    options: types.map { type in
      let origin = type.givenBy.map { "（\($0)提供）" } ?? ""
      return (
        type.rawValue, "\(type.title)\(origin)：\(type.fields.map(\.title).joined(separator: "、"))"
      )
    })
}

/// Which round, where several run.
func roundField(_ view: FormView, _ rounds: [ReviewRound]) -> HTML {
  guard rounds.count > 1 else { return HTML() }
  return view.select(
    "round", "答复哪一轮资格复核",
    options: rounds.map { ($0.id.description, "\($0.areaName) \($0.title)") })
}
