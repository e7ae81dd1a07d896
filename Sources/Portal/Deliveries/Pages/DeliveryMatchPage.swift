import Domain
import Ground
import HTML
import Pages
import Register
import Web

/// Rows without an ID number, each beside those whom it may be about.
struct DeliveryMatchPage {
  /// So many rows stand on a page.
  static let rowsShown = 20

  /// A row with those whom it may be about and their ID numbers, masked.
  struct WaitingRow {
    let line: Int
    let row: NamedRow
    let candidates: [(person: MatchCandidate, number: String)]
  }

  let record: DeliveryRecord
  let isOwn: Bool
  /// Rows that are still to be decided.
  let left: Int
  let rows: [WaitingRow]
  /// What was decided before and followed here.
  let followed: [FollowedDecision]

  static func rows(_ candidates: [MatchCandidate], _ keys: KeyRing) throws -> [WaitingRow] {
    try Dictionary(grouping: candidates, by: \.line).sorted { $0.key < $1.key }.map { line, found in
      WaitingRow(
        line: line, row: try found[0].row(keys),
        candidates: try found.map { ($0, try $0.maskedNumber(keys)) })
    }
  }

  func html(csrf: String) -> HTML {
    guard isOwn else {
      return emptyState("只有报送单位可以认定", hint: "还有 \(grouped(left)) 行等待\(record.type.bureau.title)认定。")
    }
    guard !rows.isEmpty else {
      return emptyState(
        "没有等待认定的行", hint: "可以回到这次报送，核对答复并确认。",
        action: buttonLink("回到这次报送", Paths.deskDelivery.link(record.id))) + memory(csrf: csrf)
    }
    return queue(csrf: csrf) + memory(csrf: csrf)
  }

  private func queue(csrf: String) -> HTML {
    """
    <p>还有 \(grouped(left)) 行。姓名完整显示，查看已记入审计。认定会记住：本单位下次报送同一行时不再询问。</p>
    <form class="match-queue" method="post" action="\(path: Paths.deskDeliveryMatches.link(record.id))">
    \(FormView.csrf(csrf))
    \(rows.map { panel("文件第 \($0.line) 行：\($0.row.name)", said($0.row) + choice($0)) })\
    <div class="form-actions"><button class="button" type="submit">保存认定</button></div></form>

    """
  }

  private func said(_ row: NamedRow) -> HTML {
    let values = CheckRecord(record.type, storedText: row.values)?.shown ?? []
    return definitionList(
      [("姓名", "\(row.name)"), ("出生日期", "\(row.birth.iso)")]
        + values.map { ($0.title, "\($0.text)") })
  }

  private func choice(_ waiting: WaitingRow) -> HTML {
    FormView().radios(
      "line-\(waiting.line)", "第 \(waiting.line) 行是谁",
      options: waiting.candidates.map { person, number in
        (
          person.id.description,
          "\(person.name)，\(number)，\(person.relation.title)，家庭 \(person.householdNumber)，\(person.estate ?? "没有在租的房屋")"
        )
      } + [("none", "都不是")], required: false)
  }

  // MARK: What was decided before

  private func memory(csrf: String) -> HTML {
    guard !followed.isEmpty else { return HTML() }
    return panel(
      "沿用以前的认定",
      "<p>下面的行以前认定过，这次照样处理，没有再问。认定错了的，可以让下次报送重新询问。</p>"
        + dataTable(
          caption: "沿用以前的认定",
          columns: [
            Column<FollowedDecision>("行", numeric: true) { "\($0.line)" },
            Column("登记里的人") { "\($0.name)" },
            Column("家庭") { one in
              "<a href=\"\(path: Paths.deskHousehold.link(one.household))\">\(one.householdNumber)</a>"
            },
            Column("认定") { tag($0.isAccepted ? "同一人" : "不是", $0.isAccepted ? .ok : .neutral) },
            Column("认定人") { "\($0.decidedByName) \(tableTime($0.decidedAt))" },
            Column("办理") { revocation($0, csrf: csrf) },
          ], rows: followed, empty: HTML()))
  }

  private func revocation(_ one: FollowedDecision, csrf: String) -> HTML {
    guard !one.isRevoked else { return "下次重新认定" }
    return """
      <form method="post" action="\(path: Paths.deskDeliveryMatchRevocation.link(record.id))">
      \(FormView.csrf(csrf))
      <input type="hidden" name="decision" value="\(one.id.description)">
      <button class="button button-secondary" type="submit">下次重新认定\
      <span class="visually-hidden">：第 \(one.line) 行</span></button></form>
      """
  }
}
