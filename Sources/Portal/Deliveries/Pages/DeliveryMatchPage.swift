import Domain
import HTML
import Pages
import Register
import Web

/// One row without an ID number beside those whom it may be about.
struct DeliveryMatchPage {
  let record: DeliveryRecord
  let isOwn: Bool
  /// Rows that are still to be decided.
  let left: Int
  /// What the row says; nil when nothing is left.
  let row: NamedRow?
  /// With their ID numbers, masked.
  let candidates: [(person: MatchCandidate, number: String)]

  func html(csrf: String) -> HTML {
    guard isOwn else {
      return emptyState("只有报送单位可以认定", hint: "还有 \(grouped(left)) 行等待\(record.type.bureau.title)认定。")
    }
    guard record.state == .matched, let row, let line = candidates.first?.person.line else {
      return emptyState(
        "没有等待认定的行", hint: "可以回到这次报送，核对答复并确认。",
        action: buttonLink("回到这次报送", Paths.deskDelivery.link(record.id)))
    }
    return "<p>还有 \(grouped(left)) 行。按 Tab 选按钮，回车认定。</p>\n"
      + panel("文件第 \(line) 行", definitionList(said(row)))
      + candidates.map { panel("登记里的人", candidate($0.person, $0.number, csrf: csrf)) }.joined()
  }

  private func said(_ row: NamedRow) -> [(String, HTML)] {
    let values = CheckRecord(record.type, storedText: row.values)?.shown ?? []
    return [("姓名", "\(Masking.maskedName(row.name))"), ("出生日期", "\(row.birth.iso)")]
      + values.map { ($0.title, "\($0.text)") }
  }

  private func candidate(_ person: MatchCandidate, _ number: String, csrf: String) -> HTML {
    let facts: [(String, HTML)] = [
      ("姓名", "\(Masking.maskedName(person.name))"), ("身份证号", "\(number)"),
      ("关系", "\(person.relation.title)"),
      (
        "家庭",
        "<a href=\"\(path: Paths.deskHousehold.link(person.household))\">\(person.householdNumber)</a>"
      ),
      ("项目", "\(person.estate ?? "—")"),
    ]
    return definitionList(facts) + """
      <form method="post" action="\(path: Paths.deskDeliveryMatchDecision.link(person.id))">
      \(FormView.csrf(csrf))
      <div class="form-actions">\
      <button class="button" type="submit" name="decision" value="accept" accesskey="y">是同一人</button>\
      <button class="button button-secondary" type="submit" name="decision" value="reject" accesskey="n">\
      不是</button></div></form>
      """
  }
}
