import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// 文书模板: which texts hold in this county, and who wrote them.
struct TemplateHandlers: Sendable {
  let services: Services

  /// `GET /desk/templates`
  func showTemplates(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let county = try templateCounty(principal)
    let (set, office) = try await services.databases.read(as: principal) { tx in
      (try tx.all(setTemplates(of: county)), try tx.documentOffice(of: county))
    }
    let mayChange = principal.may(.setExitGrounds)
    return try await services.deskPage(
      request, title: "文书模板", lead: "每一种文书的正文和占位；本县没有写过的，用门户自带的正文。",
      breadcrumbs: [("问题（整改）清单", Paths.deskCases.link)],
      panel("各种文书", templateTable(set, mayChange: mayChange))
        + panel(
          "落款和文号",
          actions: mayChange
            ? buttonLink("修改", Paths.deskDocumentOffice.link, isPrimary: false) : HTML(),
          officeList(office)))
  }
}

func templateCounty(_ principal: Principal) throws -> AreaCode {
  guard let county = principal.area.county else {
    throw WebError.badRequest("文书模板是每个县自己的，请用县级账号查看。")
  }
  return county
}

private func templateTable(_ set: [SetTemplate], mayChange: Bool) -> HTML {
  let holding = Dictionary(set.map { ($0.kind, $0) }) { first, _ in first }
  return dataTable(
    caption: "文书模板",
    columns: [
      Column<DocumentKind>("文书") { "\($0.title)" },
      Column("什么时候拟写") { kind in
        "\(kind == .transfer ? "核实以后" : kind.form.states.map(\.title).joined(separator: "、"))"
      },
      Column("正文") { kind in
        holding[kind].map { "第 \($0.sequence) 版" } ?? "门户自带"
      },
      Column("修改") { kind in
        holding[kind].map { "\($0.setByName)，\(ShanghaiTime.dateTimeText($0.setAt))" } ?? "—"
      },
    ], rows: DocumentKind.allCases, link: { mayChange ? Paths.deskTemplate.link($0) : nil },
    empty: HTML())
}

private func officeList(_ office: DocumentOffice) -> HTML {
  func shown(_ text: String) -> HTML { text.isEmpty ? tag("没有填", .warn) : "\(text)" }
  return definitionList([
    ("机关名称", "\(office.organ)"),
    (
      "文号的样子",
      "\(DocumentNumber(organMark: office.organMark, kind: .demand, year: 2021, number: 12).text)"
    ),
    ("机关地址", shown(office.organAddress)), ("统一社会信用代码", shown(office.organCode)),
    ("负责人", shown(office.organHead)), ("联系人", shown(office.contact)),
    ("联系电话", shown(office.phone)), ("法院", "\(office.court)"), ("复议机关", "\(office.reviewOrgan)"),
    (
      "确认",
      office.setByName.map { "\($0)，\(office.setAt.map { ShanghaiTime.dateTimeText($0) } ?? "")" }
        ?? tag("还没有确认", .warn)
    ),
  ])
}

struct TemplateSeen: Sendable {
  let held: HeldTemplate
  let history: [SetTemplate]
  let office: DocumentOffice
}

/// `/desk/templates/:kind`
func templateForm(_ services: Services) -> EditForm<DocumentKind, TemplateSeen, String, Void> {
  EditForm(
    services, taken: ["document_templates_key": ("body", "别人刚刚改过这个模板，请回到文书模板核对")],
    load: { tx, kind, asked in
      let county = try templateCounty(asked.principal)
      let history = try tx.all(setTemplates(of: county, kind))
      return TemplateSeen(
        held: HeldTemplate(kind, history.first), history: history,
        office: try tx.documentOffice(of: county))
    },
    page: { seen, frame in
      EditPage(
        title: "\(seen.id.title)模板", lead: "正文里用 {{占位}} 写明要填的地方；一行是一段。",
        breadcrumbs: [("文书模板", Paths.deskTemplates.link)], templateBody(seen, frame))
    },
    read: { checker, seen in
      guard
        let body = checker.stored(
          checker.paragraph("body", "正文", max: 5000, min: 20), "body", "正文", most: 5000)
      else { return nil }
      do {
        _ = try DocumentTemplate(body, knowing: seen.id.form.placeholders)
      } catch let problems as DocumentTemplateProblems {
        checker.fail("body", problems.message)
      }
      return body
    },
    write: { tx, body, edit in
      let (editor, county) = (edit.editor, try templateCounty(edit.editor.principal))
      let held = try tx.heldTemplate(edit.id, in: county)
      guard held.body != body else { throw EditProblem.field("body", "正文和现在用的一样，不用保存") }
      try tx.execute(
        """
        INSERT INTO document_templates (area, kind, sequence, body, set_by, set_by_name, set_at)
        VALUES (\(county), \(edit.id), \(held.sequence + 1), \(body), \(editor.principal.accountID),
          \(editor.principal.displayName), \(editor.now))
        """)
      try tx.audit(
        AuditEvent(
          action: .setTemplate, entity: "document_templates", entityID: edit.id.rawValue,
          before: ["template": String(held.sequence)],
          after: ["template": String(held.sequence + 1)]), by: editor.origin)
    },
    done: { _, _, kind in (Paths.deskTemplate.link(kind), "已保存，以后拟写的\(kind.title)用这一版。") })
}

private func templateBody(_ seen: EditSeen<DocumentKind, TemplateSeen>, _ frame: EditFrame) -> HTML
{
  let form = seen.id.form
  let known = form.placeholders.map { place -> HTML in
    "<code>{{\(place.name)}}</code>\(if: form.required.contains(place), "（必填）")"
  }
  let asked = form.contents.map { "<li>\($0.title)（\($0.source)）</li>" as HTML }
  let preview = (try? seen.held.template.text([:], required: Set(form.placeholders))) ?? ""
  let changes = seen.history.map { set in
    TimelineEvent(
      time: ShanghaiTime.dateTimeText(set.setAt), title: "第 \(set.sequence) 版",
      actor: set.setByName,
      detail:
        "<details><summary>正文</summary><pre class=\"template-text\">\(set.body)</pre></details>")
  }
  return panel(
    "正文",
    frame.form(
      action: Paths.deskTemplate.link(seen.id), button: "保存为新的一版",
      frame.view.textarea(
        "body", "正文", rows: 24, value: seen.held.body,
        hint: "“一、”“（一）”开头的行是标题；“|”隔开的是表格的行；“<”开头的行顶格；占位都没有内容的行会略去", maxlength: 5000)))
    + panel(
      "可以用的占位",
      "<p>\(known.joined(separator: "、"))</p>\n<p class=\"hint\">签发以前核对正文里有没有：</p><ul>\(asked)</ul>\n"
    )
    + panel(
      "预览（\(seen.held.sequence == 0 ? "门户自带" : "第 \(seen.held.sequence) 版")）",
      DocumentSheet(
        kind: seen.id,
        number: DocumentNumber(
          organMark: seen.office.organMark, kind: seen.id, year: 2021, number: 12
        ).text,
        organ: seen.office.organ, day: "2021年8月25日", body: preview
      ).preview)
    + panel("修改记录", changes.isEmpty ? emptyState("没有改过，用的是门户自带的正文") : timeline(changes))
}
