import Domain
import Ground
import HTML
import Pages
import Register
import Web

/// Where a bureau answers one check of one household.
struct CheckAnswerPage: Sendable {
  let sheet: CheckSheet
  let address: CheckAddress
  let state: CheckFormState
  let principal: Principal
  let csrf: String
  let today: Day

  var lead: String {
    let home = sheet.home.map { "\($0.estateName) \($0.place)" } ?? "没有在租的房屋"
    let due = sheet.round.dues[sheet.bureau].map { "，期限 \($0.iso)" } ?? ""
    return "\(sheet.round.title)\(due) · \(home) · 这一项还有 \(grouped(sheet.open)) 户待答复"
  }

  var html: HTML {
    others + notices + authorisationNotice(sheet.unauthorised, mayCheck: sheet.mayCheckWithout)
      + panel(
        "家庭成员",
        actions: buttonLink("家庭档案", Paths.deskHousehold.link(sheet.household.id), isPrimary: false),
        memberTable)
      + earlier + panel("答复", form)
  }

  /// The bureau's other checks of this household.
  private var others: HTML {
    let items = sheet.bureau.checks.map { type -> HTML in
      let word = (sheet.answers.inForce(type, in: sheet.round.id)?.line.result ?? .pending).word
      return """
        <li><a href="\(path: address.link(sheet.household.id, type, in: sheet.round.id))"\
        \(attribute: "aria-current", type == sheet.type ? "page" : nil)>\(type.title) \
        \(tag(word.0, word.1))</a></li>
        """
    }
    return "<nav class=\"tabs\" aria-label=\"本单位的核查事项\"><ul>\(items)</ul></nav>\n"
  }

  // MARK: What to know before answering

  private var notices: HTML {
    switch state {
    case .overtaken(_, let typed): overtaken(typed)
    case .closed: closed("您填写的内容没有保存。")
    default: sheet.round.isOpen ? HTML() : closed("")
    }
  }

  private func closed(_ more: String) -> HTML {
    notice(
      .alert, "<p><strong>\(AnswerRefusal.roundClosed.message)。</strong>\(more)</p>")
  }

  private func overtaken(_ typed: TypedAnswer) -> HTML {
    guard let current = sheet.current else { return HTML() }
    let mine = typed.records.map { one -> HTML in
      let words = one.record.shown.map { "\($0.title) \($0.text)" }.joined(separator: "，")
      return "<p>\(one.person.flatMap { sheet.names[$0] }.map { "\($0)：" } ?? "")\(words)</p>"
    }
    let rows: [(String, HTML, HTML)] = [
      ("结果", "\(current.line.result.title)", "\(typed.result.title)"),
      ("数据截至", "\(current.line.asOf.iso)", "\(typed.asOf.iso)"),
      ("情况", current.values(sheet.names), mine.joined()),
    ]
    return notice(
      .alert,
      """
      <p><strong>\(current.line.accountName) 在 \(tableTime(current.line.deliveredAt)) \
      已经答复了这一项，您的答复还没有保存。</strong></p>
      \(dataTable(
        caption: "两份答复的差别",
        columns: [
          Column("比较") { "\($0.0)" }, Column("已有的答复") { $0.1.isEmpty ? "—" : $0.1 },
          Column("您的答复") { $0.2.isEmpty ? "—" : $0.2 },
        ], rows: rows, empty: HTML()))
      <p>您填写的内容都在下面。如果仍以您的为准，请写明原因再提交一次；两份答复都会保留。</p>
      """)
  }

  private var memberTable: HTML {
    dataTable(
      caption: "家庭成员",
      columns: [
        Column<MaskedPerson>("姓名") { "\($0.name)" },
        Column("关系") { "\($0.person.relation.title)" },
        Column("身份证号") { number($0) },
        Column("登记的婚姻状况") { "\($0.person.maritalStatus.title)" },
        Column("登记的户籍地") {
          "\($0.person.registeredName ?? $0.person.registeredAt?.rawValue ?? "未登记")"
        },
      ], rows: sheet.members, empty: emptyState("没有在册的成员"))
  }

  /// Masked; whole with a reason, which for this work is the same every time.
  private func number(_ person: MaskedPerson) -> HTML {
    guard principal.may(.revealPersonalData) else { return "\(person.idNumber)" }
    let form = revealForm(
      .idNumber, of: person.name, person: person.person.id, csrf: csrf,
      reason: "资格复核：核查\(sheet.type.title)",
      next: address.link(sheet.household.id, sheet.type, in: sheet.round.id))
    return "\(person.idNumber) \(form)"
  }

  /// What the bureau has said so far, here and in earlier rounds.
  private var earlier: HTML {
    let answers = sheet.answers.byType[sheet.type] ?? []
    guard !answers.isEmpty else { return HTML() }
    return panel(
      "本单位此前的答复",
      dataTable(
        caption: "本单位此前的答复",
        columns: [
          Column("时间") { "\(tableTime($0.line.deliveredAt))" },
          Column("结果") { $0.tags }, Column("内容") { $0.words(sheet.names) },
          Column("数据截至") { "\($0.line.asOf.iso)" }, Column("来源") { $0.source },
          Column("改答原因") { "\($0.line.reason ?? "—")" },
          Column("轮次") { "\($0.line.roundTitle ?? "定期交换")" },
        ], rows: answers, empty: HTML()))
  }

  private var form: HTML {
    guard sheet.round.isOpen || !state.view.fields.isEmpty else {
      return emptyState("这一轮资格复核已经结束", hint: "不再接收答复；已有的答复在上面。")
    }
    return CheckAnswerForm(
      sheet: sheet, address: address, state: state, csrf: csrf, today: today
    ).html
  }
}
