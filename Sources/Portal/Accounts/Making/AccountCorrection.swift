import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/admin/accounts/:id/correction`: what somebody is called, their role and their area are put right.
struct AccountCorrection: Sendable {
  let services: Services
  let tokens: PortalTokenStore

  struct Seen: Sendable {
    let line: AccountLine
    let places: [AccountPlace]
  }

  var form: EditForm<AccountID, Seen, TypedAccount, Void> {
    EditForm(
      services,
      load: { tx, id, asked in
        Seen(
          line: try tx.found(accountLine(id)),
          places: try tx.all(accountPlaces(in: asked.principal.area)))
      },
      history: { _, seen in EditHistory(version: seen.line.version) },
      page: { seen, frame in
        EditPage(
          title: "更正账号", lead: "\(seen.line.displayName)（\(seen.line.account)）",
          breadcrumbs: [adminCrumb, ("账号", Paths.adminAccounts.link)],
          panel("更正账号", body(seen.line, seen.places, frame)))
      },
      read: { checker, seen in
        guard seen.line.role.isAdministrator else { return checker.account(seen.places) }
        // What an administrator is called, and nothing else.
        guard let name = checker.column("display_name", "姓名", max: 60) else { return nil }
        return TypedAccount(displayName: name, role: seen.line.role, area: seen.line.area)
      },
      write: { tx, typed, edit in
        let before = try tx.found(accountLine(edit.id))
        guard try tx.correct(edit.id, to: typed, version: edit.version) else {
          throw EditProblem.overtaken
        }
        var event = AuditEvent.account(.correctAccount, edit.id)
        event.before =
          TypedAccount(
            displayName: before.displayName, role: before.role, area: before.area
          ).audited
        event.after = typed.audited
        try tx.audit(event, by: edit.editor.origin)
      },
      done: { _, typed, _ in (Paths.adminAccounts.link, "已更正“\(typed.displayName)”的账号，立即生效。") },
      follow: { _, _ in tokens.forgetAll() })
  }
}

private func body(_ line: AccountLine, _ places: [AccountPlace], _ frame: EditFrame) -> HTML {
  let view = frame.view
  let fields: HTML
  if line.role.isAdministrator {
    fields = """
      \(view.input("display_name", "姓名", value: line.displayName, maxlength: 60, autocomplete: "off"))\
      <p class="hint">“\(line.role.title)”的角色和区划不在这里改：三员分立，由运维人员的命令办理。</p>

      """
  } else {
    fields = accountFields(
      view, places, displayName: line.displayName, role: line.role, area: line.area)
  }
  return frame.form(action: Paths.adminAccountCorrection.link(line.id), button: "保存", fields)
}
