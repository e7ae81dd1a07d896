package import Domain
import Ground
package import HTML
import Pages
import Register
import Spreadsheet
import Web

/// The county's setting, sending a workbook in, and the households without authorisations.
struct AuthorisationPage: Sendable {
  /// So many households are listed; all are counted.
  private static let shown = 200

  let setting: AuthorisationSetting?
  let principal: Principal
  let view: FormView
  let problems: [RowProblem]
  private var households: [(id: HouseholdID, number: String, names: [String])] = []
  private var count = 0
  private var last: HouseholdID?

  init(
    setting: AuthorisationSetting?, principal: Principal, view: FormView, problems: [RowProblem]
  ) {
    self.setting = setting
    self.principal = principal
    self.view = view
    self.problems = problems
  }

  /// Members come household by household.
  mutating func add(_ member: UnauthorisedMember) {
    if last != member.household {
      count += 1
      last = member.household
      guard count <= Self.shown else { return }
      households.append((member.household, member.householdNumber, [member.name]))
    } else if count <= Self.shown {
      households[households.count - 1].names.append(member.name)
    }
  }

  func html(csrf: String) -> HTML {
    view.summary + missing + problemPanel + workbook(csrf: csrf) + settings(csrf: csrf)
  }

  private var missing: HTML {
    let more = count > Self.shown ? "，这里列出前 \(Self.shown) 户" : ""
    return panel(
      "没有授权书的家庭",
      figureCards([
        figureCard(
          "缺授权书", value: grouped(count), denominator: "户", note: "有成年成员没有签，或者已经到期\(more)",
          kind: count > 0 ? .warn : .ok)
      ])
        + dataTable(
          caption: "没有授权书的家庭",
          columns: [
            Column<(id: HouseholdID, number: String, names: [String])>("家庭编号") { "\($0.number)" },
            Column("缺谁的") { "\($0.names.joined(separator: "、"))" },
          ], rows: households, link: { Paths.deskHousehold.link($0.id) },
          empty: emptyState("在租家庭的成年成员都有有效的授权书")))
  }

  private var problemPanel: HTML {
    guard !problems.isEmpty else { return HTML() }
    return panel(
      "有问题的行",
      dataTable(
        caption: "有问题的行",
        columns: [
          Column<RowProblem>("行", numeric: true) { "\($0.row)" },
          Column("列") { "\($0.column ?? "—")" }, Column("问题") { "\($0.message)" },
        ], rows: problems, empty: HTML()))
  }

  private func workbook(csrf: String) -> HTML {
    guard principal.may(.answerChecks) else { return HTML() }
    return panel(
      "用表格登记",
      actions: buttonLink(
        "下载模板", Paths.deskAuthorisationTemplate.link, isPrimary: false),
      view.form(
        action: Paths.deskAuthorisations.link, csrf: csrf, hasFiles: true, button: "上传并登记",
        view.files(
          "file", "文件", accept: ".xlsx,.csv", multiple: false,
          hint: "XLSX 或 CSV，不超过 20 MB；按身份证号找人，不是在保家庭成员的行不保存", required: true)))
  }

  private func settings(csrf: String) -> HTML {
    let now: HTML =
      setting.map { setting -> HTML in
        """
        <p>\(words(setting.mayCheckWithout))（\(setting.document)，\(setting.setByName) \
        \(tableTime(setting.setAt)) 设置）。</p>

        """
      } ?? "<p>还没有设置：没有授权书也可以核对，页面会提示。</p>\n"
    guard principal.may(.setThresholds) else { return panel("没有授权书怎么办", now) }
    return panel(
      "没有授权书怎么办",
      now
        + view.form(
          action: Paths.deskAuthorisationSetting.link, csrf: csrf, button: "设置",
          view.radios(
            "without", "没有授权书的家庭", options: [("yes", words(true)), ("no", words(false))],
            value: setting.map { $0.mayCheckWithout ? "yes" : "no" })
            + view.input("document", "依据文件", value: setting?.document, maxlength: 200)))
  }

  private func words(_ may: Bool) -> String {
    may ? "没有授权书也可以核对收入和资产，页面提示" : "没有授权书不得核对收入和资产，答复不写入"
  }
}

/// Where one authorisation is entered.
func authorisationForm(
  _ members: [MaskedPerson], of household: HouseholdID, today: Day, _ view: FormView, csrf: String
) -> HTML {
  panel(
    "授权书",
    view.form(
      action: Paths.deskHouseholdAuthorisation.link(household), csrf: csrf, hasFiles: true,
      button: "登记",
      view.select(
        "person", "谁签的",
        options: members.map {
          ($0.person.id.description, "\($0.name)（\($0.person.relation.title)）")
        })
        + view.input("signed_on", "签署日期", type: .date, value: today.iso)
        + view.input(
          "runs_out_on", "到期日期", type: .date, hint: "没有写明期限的不填", required: false)
        + view.files(
          "scan", "扫描件", accept: ".jpg,.jpeg,.png,.pdf", multiple: false,
          hint: "JPG、PNG 或 PDF，不超过 10 MB；加密保存", required: false)
        + view.input(
          "paper_note", "纸质件存放处", hint: "有扫描件的可以不填", required: false, maxlength: 200)))
}

/// What a household's page says of its authorisations.
package func authorisationPanel(
  _ given: [Authorisation], missing: [UnauthorisedMember], of household: HouseholdID, on day: Day,
  mayRecord: Bool
) -> HTML {
  let names = missing.map(\.name).joined(separator: "、")
  return panel(
    "授权书",
    actions: mayRecord
      ? buttonLink(
        "登记授权书", Paths.deskHouseholdAuthorisation.link(household), isPrimary: false) : HTML(),
    (missing.isEmpty
      ? HTML() : notice(.warn, "<p>没有有效的授权书：\(names)。核对收入和资产要有每个成年成员的授权书。</p>"))
      + dataTable(
        caption: "授权书",
        columns: [
          Column<Authorisation>("成员") { "\(Masking.maskedName($0.personName))" },
          Column("签署日期") { "\($0.signedOn.iso)" }, Column("到期日期") { "\($0.runsOutOn?.iso ?? "—")" },
          Column("状态") { $0.holds(on: day) ? tag("有效", .ok) : tag("已到期", .warn) },
          Column("材料") { one in
            """
            \(if: one.hasScan, "<a href=\"\(path: Paths.deskAuthorisationScan.link(one.id))\">扫描件</a> ")\
            \(one.paperNote ?? "")
            """
          },
          Column("登记") { "\($0.recordedByName) \(tableTime($0.recordedAt))" },
        ], rows: given, empty: emptyState("没有登记过授权书")))
}

/// What is said where a check rests on authorisations that are not there.
func authorisationNotice(_ missing: [UnauthorisedMember], mayCheck: Bool) -> HTML {
  guard !missing.isEmpty else { return HTML() }
  let names = missing.map(\.name).joined(separator: "、")
  return notice(
    mayCheck ? .warn : .alert,
    "<p><strong>这一户没有 \(names) 的有效授权书。</strong>"
      + (mayCheck ? "本县规定可以核对，请尽快补签。</p>" : "本县规定没有授权书不得核对，答复不能写入。</p>"))
}
