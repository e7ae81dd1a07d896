import Domain
import FindingLedger
import Ground
import HTML
import Pages
import Postgres
import Web

/// A finding whose dismissal is to be taken back.
struct DismissedFinding: Sendable {
  let line: FindingLine
  let events: [FindingEvent]
}

/// `/desk/findings/:id/reopening`
func findingReopening(
  _ services: Services
) -> EditForm<FindingID, DismissedFinding, String, Void> {
  EditForm(
    services,
    load: { tx, id, _ in
      guard let detail = try tx.first(findingDetail(id)) else { throw WebError.notFound }
      return DismissedFinding(line: detail.line, events: try tx.all(findingEvents(id)))
    },
    history: { _, finding in EditHistory(version: finding.line.version) },
    page: { finding, frame in
      let page = ReopeningPage(
        line: finding.line, events: finding.events, keys: services.keys, view: frame.view,
        isOvertaken: frame.answer.isOvertaken)
      return EditPage(
        title: "取消排除", lead: "家庭编号 \(finding.line.householdNumber)",
        breadcrumbs: [
          ("疑点", Paths.deskFindings.link),
          ("疑点 \(finding.line.rule.rawValue)", Paths.deskFinding.link(finding.id)),
        ], page.html(csrf: frame.csrf))
    },
    read: { checker, _ in
      checker.column(
        "reason", FindingWorkflow[.dismissed, .reopened].requiredText ?? "", max: 500)
    },
    write: { tx, reason, edit in
      let event = AuditEvent(
        action: .reopenFinding, entity: "findings", entityID: edit.id.description,
        before: ["state": FindingState.dismissed.rawValue],
        after: ["state": FindingState.open.rawValue, "reason": reason])
      try tx.reopenFinding(
        edit.id, version: edit.version, reason: reason, audit: event, by: edit.editor.person)
    },
    done: { _, _, id in (Paths.deskFinding.link(id), "已重新打开，等待处理。") })
}
