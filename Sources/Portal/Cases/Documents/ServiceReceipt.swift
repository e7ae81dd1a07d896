import Domain
import Ground
import HTML
import Pages

/// 送达回证: the form that whoever takes a document signs, with the attempts that are on record.
///
/// Source: 《民事诉讼法》 art. 87: every service has a receipt on which the receiver notes the day and signs or seals.
struct ServiceReceipt {
  let document: IssuedDocument
  let content: FrozenDocument
  let entries: [ServiceEntry]
  let keys: KeyRing

  func page(site: SiteSettings, back: Link) -> HTML {
    PrintPage(
      title: "送达回证", site: site, back: back, body: table,
      official: PrintPage.OfficialHead(
        name: "送达回证 \(document.number)",
        html: """
          \(if: document.voided != nil, "<p class=\"official-mark\">作废</p>")\
          <p class="official-file">\(content.organ)</p>

          """)
    ).html
  }

  private var table: HTML {
    let blank: HTML = "　　　　　　　　　　　　年　　月　　日　　时"
    let rows: [(String, HTML)] = [
      ("送达文书", "\(document.kind.title)　\(document.number)"),
      ("案由", "\(content[.nature] ?? "")（\(content.caseNumber)）"),
      ("受送达人", "\(content[.party] ?? content[.recipient] ?? "")"),
      ("送达地点", "\(content[.partyAddress] ?? content[.home] ?? "")"),
      ("受送达人签名或者盖章", blank),
      ("代收人签名，与受送达人的关系", blank),
      ("拒收的事由和日期", blank), ("见证人签名和单位", blank), ("送达人（两人）签名", blank),
      ("已有的送达记录", attempts),
      ("备注", "受送达人本人不在的，交与其同住的成年家属签收；拒绝接收的，邀请有关基层组织的代表到场见证，或者拍照、录像。"),
    ]
    let lines = rows.map { name, value -> HTML in
      "<tr><th scope=\"row\">\(name)</th><td>\(value)</td></tr>\n"
    }
    return "<table class=\"official-table official-receipt\"><tbody>\(lines)</tbody></table>\n"
  }

  private var attempts: HTML {
    let known = entries.filter { !$0.isReplaced }
    guard !known.isEmpty else { return "—" }
    return known.map { entry -> HTML in
      let persons = entry.persons(of: document.caseID, keys: keys)
      let parts = [
        entry.attempt.day.chinese, entry.attempt.manner.title, entry.attempt.outcome.title,
        persons.receiver.map { "签收人\($0)" }, persons.witness.map { "见证：\($0)" },
        entry.carrier, entry.proof, entry.attached,
      ].compactMap(\.self)
      return "\(parts.joined(separator: "，"))"
    }.joined(separator: HTML(verbatim: "<br>"))
  }
}
