import Domain
import Ground
import HTML
import Pages
import Postgres

/// The documents of a case, on its page.
struct CaseDocuments: Sendable {
  let drafts: [DocumentDraft]
  let issued: [IssuedLine]

  func html(of id: CaseID, for principal: Principal) -> HTML {
    let mayWork = principal.may(.workCases)
    let table = dataTable(
      caption: "文书",
      columns: [
        Column<IssuedLine>("文书") { "\($0.kind.title)" }, Column("文号") { "\($0.number)" },
        Column("日期") { "\($0.issuedOn.iso)" }, Column("签发") { "\($0.issuedByName)" },
        Column("送达") { served($0) },
      ], rows: issued, link: { Paths.deskDocument.link($0.id) },
      empty: emptyState("还没有签发文书"))
    let open = drafts.map { draft -> HTML in
      """
      <li><a href="\(path: Paths.deskDraft.link(draft.id))">\(draft.kind.title)（草稿）</a> \
      <span class="hint">\(draft.changedByName)，\(ShanghaiTime.dateTimeText(draft.changedAt))</span></li>

      """
    }
    return panel(
      "文书",
      actions: mayWork ? buttonLink("拟写文书", Paths.deskCaseDocument.link(id)) : HTML(),
      table + (mayWork && !open.isEmpty ? "<ul class=\"template-list\">\(open)</ul>\n" : HTML()))
  }

  private func served(_ line: IssuedLine) -> HTML {
    if line.isVoid { return tag("作废", .neutral) }
    if let day = line.servedOn { return tag("\(day.iso) 送达", .ok) }
    if line.kind == .closing { return "—" }
    return line.attempts > 0 ? tag("送过 \(line.attempts) 次", .warn) : tag("还没有送达", .warn)
  }
}

extension Transaction {
  func caseDocuments(_ id: CaseID) throws -> CaseDocuments {
    CaseDocuments(drafts: try all(documentDrafts(of: id)), issued: try all(issuedLines(of: id)))
  }
}
