import Complaints
import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

struct ComplaintUnlinkingSeen: Sendable {
  let complaint: ComplaintBrief
  let linked: [LinkedHousehold]
}

struct TypedUnlinking: Sendable {
  let household: HouseholdID
  let reason: String
}

/// `/desk/complaints/:id/unlinking`: a complaint is not about the household that somebody found.
func complaintUnlinkingForm(
  _ services: Services
) -> EditForm<ComplaintID, ComplaintUnlinkingSeen, TypedUnlinking, Void> {
  EditForm(
    services,
    load: { tx, id, _ in
      ComplaintUnlinkingSeen(
        complaint: try tx.found(complaintBrief(id)), linked: try tx.linkedHouseholds(id))
    },
    page: { seen, frame in
      EditPage(
        title: "取消关联", lead: "举报 \(seen.complaint.number)",
        breadcrumbs: complaintCrumbs(seen.complaint), unlinkingBody(seen, frame))
    },
    read: { checker, seen in
      let household = checker.value("household", "家庭", message: "请选择是哪一户") { HouseholdID($0) }
      if let household, !seen.linked.contains(where: { $0.household.id == household }) {
        checker.fail("household", "这一户已经没有关联，请回到举报页面核对")
      }
      let reason = checker.column("reason", "原因", max: 300)
      guard checker.isValid, let household, let reason else { return nil }
      return TypedUnlinking(household: household, reason: reason)
    },
    write: { tx, typed, edit in try tx.unlink(edit.id, typed, by: edit.editor) },
    done: { _, _, id in (Paths.deskComplaint.link(id), "已取消关联。") })
}

private func unlinkingBody(
  _ seen: EditSeen<ComplaintID, ComplaintUnlinkingSeen>, _ frame: EditFrame
) -> HTML {
  guard !seen.linked.isEmpty else {
    return emptyState(
      "这件举报没有关联家庭",
      action: buttonLink("回到举报", Paths.deskComplaint.link(seen.id), isPrimary: false))
  }
  return panel(
    "取消关联",
    "<p>关联错了的在这里取消；已经由此列入的问题不受影响，立错了案的在那件问题里撤案。</p>"
      + frame.form(
        action: Paths.deskComplaintUnlinking.link(seen.id), button: "取消关联",
        frame.view.radios(
          "household", "哪一户",
          options: seen.linked.map { ($0.household.id.description, $0.household.text) })
          + frame.view.input("reason", "原因", maxlength: 300)))
}

extension Transaction {
  fileprivate func unlink(
    _ complaint: ComplaintID, _ typed: TypedUnlinking, by editor: Editor
  ) throws {
    let removed = try execute(
      """
      UPDATE complaint_households SET removed_by = \(editor.principal.accountID),
        removed_by_name = \(editor.principal.displayName), removed_at = \(editor.now),
        reason = \(typed.reason)
      WHERE complaint_id = \(complaint) AND household_id = \(typed.household) AND removed_at IS NULL
      """)
    guard removed == 1 else { throw EditProblem.overtaken }
    try audit(
      AuditEvent(
        action: .unlinkHousehold, entity: "complaints", entityID: complaint.description,
        before: ["household": typed.household.description], after: ["reason": typed.reason]),
      by: editor.origin)
  }
}
