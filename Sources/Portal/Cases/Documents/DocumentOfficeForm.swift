import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A field of who sends documents, with the column that holds it.
private struct OfficeField: Sendable {
  let name: String
  let title: String
  let most: Int
  var isRequired = false
  var hint: String?
  let value: @Sendable (DocumentOffice) -> String
}

private let officeFields: [OfficeField] = [
  OfficeField(name: "organ", title: "机关名称", most: 60, isRequired: true, hint: "印在文书的上面和落款，和公章一致") {
    $0.organ
  },
  OfficeField(
    name: "organ_mark", title: "机关代字", most: 10, isRequired: true, hint: "文号前面的字，例如 清住建"
  ) { $0.organMark },
  OfficeField(name: "organ_address", title: "机关地址", most: 120) { $0.organAddress },
  OfficeField(name: "organ_code", title: "统一社会信用代码", most: 30, hint: "写在给法院的文书里") {
    $0.organCode
  },
  OfficeField(name: "organ_head", title: "负责人", most: 60, hint: "姓名和职务") { $0.organHead },
  OfficeField(name: "contact", title: "联系人", most: 60) { $0.contact },
  OfficeField(name: "phone", title: "联系电话", most: 40) { $0.phone },
  OfficeField(name: "court", title: "法院", most: 60, isRequired: true) { $0.court },
  OfficeField(name: "review_organ", title: "复议机关", most: 60, isRequired: true) { $0.reviewOrgan },
]

/// `/desk/templates/office`: who sends the county's documents.
func documentOfficeForm(
  _ services: Services
) -> EditForm<Void, DocumentOffice, [String: String], Void> {
  EditForm(
    services, taken: ["document_offices_key": ("organ", "别人刚刚改过，请回到文书模板核对")],
    load: { tx, _, asked in try tx.documentOffice(of: try templateCounty(asked.principal)) },
    page: { seen, frame in
      EditPage(
        title: "落款和文号", lead: "以后签发的文书用这里的名称和代字；已经签发的不变。",
        breadcrumbs: [("文书模板", Paths.deskTemplates.link)],
        panel(
          "落款和文号",
          frame.form(
            action: Paths.deskDocumentOffice.link, button: "保存",
            officeFields.map { field in
              frame.view.input(
                field.name, field.title, value: field.value(seen.model), hint: field.hint,
                required: field.isRequired, maxlength: field.most)
            }.joined())))
    },
    read: { checker, _ in
      var typed: [String: String] = [:]
      for field in officeFields {
        typed[field.name] =
          checker.column(
            field.name, field.title, max: field.most, required: field.isRequired) ?? ""
      }
      if typed["organ"]?.count == 1 { checker.fail("organ", "请写机关的全称") }
      return checker.isValid ? typed : nil
    },
    write: { tx, typed, edit in
      let (editor, county) = (edit.editor, try templateCounty(edit.editor.principal))
      let held = try tx.documentOffice(of: county)
      func said(_ name: String) -> String { typed[name] ?? "" }
      try tx.execute(
        """
        INSERT INTO document_offices (area, sequence, organ, organ_mark, organ_address, organ_code,
          organ_head, contact, phone, court, review_organ, set_by, set_by_name, set_at)
        VALUES (\(county), \(held.sequence + 1), \(said("organ")), \(said("organ_mark")),
          \(said("organ_address")), \(said("organ_code")), \(said("organ_head")), \(said("contact")),
          \(said("phone")), \(said("court")), \(said("review_organ")), \(editor.principal.accountID),
          \(editor.principal.displayName), \(editor.now))
        """)
      try tx.audit(
        AuditEvent(
          action: .setDocumentOffice, entity: "document_offices",
          before: ["organ": held.organ, "organ_mark": held.organMark],
          after: ["organ": said("organ"), "organ_mark": said("organ_mark")]), by: editor.origin)
    },
    done: { _, _, _ in (Paths.deskTemplates.link, "已保存。") })
}
