import Domain
import Files
import Foundation
import Ground
import HTML
import Pages
import Web

/// What the form of a visit is drawn with.
struct VisitFormSeen: Sendable {
  /// Who may go along.
  let colleagues: [Colleague]
  /// Who goes along as the team says, with an account or without.
  let second: AccountID?
  let secondName: String?
  let now: Date
}

/// The photos of a visit.
enum VisitPhotos {
  static let field = "photos"
  static let signature = "signature"
  static let intake = FileIntake(
    field: field, takesDocuments: false,
    limits: UploadLimits(files: 10, fileBytes: 15 << 20, parts: 120, excess: .report))
}

/// The fields of a visit, phone first: what is always asked in sight, what is seldom needed folded. The same on the desk
/// and on the phone without signal.
struct VisitFields {
  let view: FormView
  let seen: VisitFormSeen

  var html: HTML {
    """
    <input type="hidden" name="key" value="\(view.fields["key"] ?? UUID().uuidString)">
    <input type="hidden" name="opened_at" value="\(view.fields["opened_at"] ?? openedAt)">
    <input type="hidden" name="latitude" value="\(view.fields["latitude"] ?? "")">
    <input type="hidden" name="longitude" value="\(view.fields["longitude"] ?? "")">
    \(whenAndWho)\(whatWasSeen)\(empty)\(folded)\(photos)
    """
  }

  private var openedAt: String { String(Int(seen.now.timeIntervalSince1970 * 1000)) }

  private var whenAndWho: HTML {
    let iso = ShanghaiTime.isoText(seen.now)
    let options = seen.colleagues.map(\.option) + [(value: "", label: "没有账号，填写姓名")]
    return """
      <div class="field-row">
      \(view.input("visited_on", "走访日期", type: .date, value: String(iso.prefix(10))))\
      \(view.input(
        "visited_time", "走访时间", value: String(iso.dropFirst(11).prefix(5)), maxlength: 8,
        autocomplete: "off"))
      </div>
      \(view.select(
        "second", "同行人", options: options, value: seen.second?.description ?? "", prompt: nil,
        hint: "走访要两个人。同行人用自己的账号确认。", required: false))\
      \(view.input(
        "second_name", "同行人姓名", value: seen.second == nil ? seen.secondName : nil,
        hint: "同行人没有账号时填写，如村（居）干部。", required: false, maxlength: 40))
      """
  }

  private var whatWasSeen: HTML {
    """
    \(view.radios("met", "见到了谁", options: options(VisitMet.allCases.map { ($0.rawValue, $0.title) })))\
    \(view.checkbox("id_checked", "已查看身份证件"))\
    \(view.radios(
      "home_use", "房屋使用情况", options: options(VisitUse.allCases.map { ($0.rawValue, $0.title) }),
      hint: "无人在家、看不出来的，可以不选。", required: false))\
    \(view.input(
      "occupants", "居住人数", type: .number, required: false, maxlength: 2))\
    \(view.textarea(
      "occupants_words", "实际居住人", rows: 2, hint: "住的不是承租人时必填：是谁、与承租人什么关系、付不付租金。",
      required: false, maxlength: 300))
    """
  }

  private var empty: HTML {
    """
    <div data-when="home_use=empty">
    \(view.input("empty_since", "从哪天起空置", type: .date, hint: "邻居或物业说的也可以，不知道就不填。", required: false))\
    \(view.select(
      "empty_reason", "空置原因", options: options(VacancyReason.allCases.map { ($0.rawValue, $0.title) }),
      prompt: "不清楚", required: false))\
    \(view.textarea("empty_proof", "原因的证明", rows: 2, hint: "如务工合同、住院证明。", required: false, maxlength: 300))
    </div>
    """
  }

  private func options(_ pairs: [(String, String)]) -> [(value: String, label: String)] {
    pairs.map { (value: $0.0, label: $0.1) }
  }

  private var folded: HTML {
    fold(
      "家庭、工作变化和车辆", ["family_change", "work_change", "vehicles"],
      """
      \(view.textarea("family_change", "家庭变化", rows: 2, hint: "婚姻、生育、死亡、迁出等。", required: false, maxlength: 300))\
      \(view.textarea("work_change", "工作变化", rows: 2, required: false, maxlength: 300))\
      \(view.textarea("vehicles", "看到的车辆", rows: 2, hint: "车牌号和车型。", required: false, maxlength: 300))
      """)
      + fold(
        "水电气表读数", ["water", "electricity", "gas"],
        """
        <div class="field-row">\(meter("water", "水表（吨）"))\(meter("electricity", "电表（度）"))\
        \(meter("gas", "燃气表（m³）"))</div>
        """)
      + fold(
        "装修改动和损坏", ["is_redecorated", "decoration", "repair_kind", "repair_words"],
        """
        \(view.checkbox("is_redecorated", "装修有改动"))\
        \(view.textarea("decoration", "改动了什么", rows: 2, required: false, maxlength: 300))\
        \(view.select(
          "repair_kind", "损坏部位", options: options(RepairKind.allCases.map { ($0.rawValue, $0.title) }),
          prompt: "没有损坏", required: false))\
        \(view.textarea(
          "repair_words", "损坏情况", rows: 2, hint: "登记后转给产权单位维修。", required: false, maxlength: 500))\
        \(view.checkbox("repair_urgent", "紧急，有安全隐患"))
        """)
      + fold(
        "现场办结", ["renews", "arrears", "arrears_by"],
        """
        \(view.checkbox("renews", "同意续租，已告知办理手续"))\
        <div class="field-row">\(view.input("arrears", "承诺交清欠租（元）", required: false, maxlength: 12, inputmode: "decimal"))\
        \(view.input("arrears_by", "哪天交清", type: .date, required: false))</div>
        """)
      + fold(
        "录音编号和备注", ["recording_number", "notes"],
        """
        \(view.input("recording_number", "录音录像编号", required: false, maxlength: 40, autocomplete: "off"))\
        \(view.textarea("notes", "备注", rows: 3, required: false, maxlength: 1000))
        """)
  }

  private func meter(_ name: String, _ label: String) -> HTML {
    view.input(
      name, label, required: false, maxlength: 12, autocomplete: "off", inputmode: "decimal")
  }

  /// Open where something was typed, or is wrong.
  private func fold(_ title: String, _ names: [String], _ body: HTML) -> HTML {
    let isOpen = names.contains { !(view.fields[$0] ?? "").isEmpty || view.errors[$0] != nil }
    return """
      <details class="fold"\(attribute: "open", if: isOpen)><summary>\(title)</summary>
      <div class="fold-body">\(body)</div></details>

      """
  }

  private var photos: HTML {
    """
    \(view.files(
      VisitPhotos.field, "现场照片", accept: VisitPhotos.intake.accept, hint: VisitPhotos.intake.hint))\
    <div class="field signature" data-signature="\(VisitPhotos.signature)" hidden>
    <span class="label">当事人签名（可以不签）</span>
    <canvas width="600" height="220" aria-label="签名板"></canvas>
    <button type="button" class="button button-secondary" data-clear>重签</button></div>
    """
  }
}
