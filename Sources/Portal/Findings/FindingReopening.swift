import Domain
import FindingLedger
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/desk/findings/:id/reopening`: a dismissal is taken back.
struct FindingReopening: EditForm {
  let services: Services

  struct Seen: Sendable {
    let line: FindingLine
    let events: [FindingEvent]
  }

  func load(_ id: FindingID, _ asked: EditRequest, in tx: Transaction) throws -> Seen {
    guard let detail = try tx.first(findingDetail(id)) else { throw WebError.notFound }
    return Seen(line: detail.line, events: try tx.all(findingEvents(id)))
  }

  func history(_ id: FindingID, _ seen: Seen) -> EditHistory? {
    EditHistory(version: seen.line.version)
  }

  func page(
    _ id: FindingID, _ seen: Seen, _ frame: EditFrame, _ asked: EditRequest
  ) -> EditPage {
    let page = ReopeningPage(
      line: seen.line, events: seen.events, keys: services.keys, view: frame.view,
      isOvertaken: frame.answer.isOvertaken)
    return EditPage(
      title: "取消排除", lead: "家庭编号 \(seen.line.householdNumber)",
      breadcrumbs: [
        ("疑点", Paths.deskFindings.link),
        ("疑点 \(seen.line.rule.rawValue)", Paths.deskFinding.link(id)),
      ], page.html(csrf: frame.csrf))
  }

  func read(
    _ checker: inout FormChecker, _ id: FindingID, _ seen: Seen, _ asked: EditRequest
  ) -> String? {
    let label = FindingWorkflow[.dismissed, .reopened].requiredText ?? ""
    return checker.column("reason", label, max: 500)
  }

  func write(
    _ reason: String, _ id: FindingID, version: Int, by editor: Editor, in tx: Transaction
  ) throws {
    let event = AuditEvent(
      action: .reopenFinding, entity: "findings", entityID: id.description,
      before: ["state": FindingState.dismissed.rawValue],
      after: ["state": FindingState.open.rawValue, "reason": reason])
    try tx.reopenFinding(id, version: version, reason: reason, audit: event, by: editor.person)
  }

  func done(_ written: Void, _ reason: String, _ id: FindingID) -> (to: Link, flash: String) {
    (Paths.deskFinding.link(id), "已重新打开，等待处理。")
  }
}
