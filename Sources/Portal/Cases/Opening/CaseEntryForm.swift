import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// A household about which a case is opened by hand, with what is being worked on already.
struct CaseEntrySeen: Sendable {
  let household: String
  let place: CasePlace
  let running: [(id: CaseID, number: String, nature: ExitNature, state: CaseState)]
}

struct TypedCase: Sendable {
  let nature: ExitNature
  let source: CaseSource
  let facts: String
}

/// `/desk/households/:id/case`: a case from what staff saw or heard, without a finding.
func caseEntryForm(
  _ services: Services
) -> EditForm<HouseholdID, CaseEntrySeen, TypedCase, CaseID> {
  EditForm(
    services, load: { tx, id, _ in try tx.caseEntry(id) },
    page: { seen, frame in
      EditPage(
        title: "列入问题清单", lead: "家庭 \(seen.household)",
        breadcrumbs: [("家庭 \(seen.household)", Paths.deskHousehold.link(seen.id))],
        entryBody(seen, frame))
    },
    read: { checker, seen in
      if let problem = seen.model.problem { checker.fail("nature", problem.message.text) }
      let nature = checker.choice("nature", "退出性质", of: ExitNature.self)
      if let nature, let known = seen.running.first(where: { $0.nature == nature }) {
        checker.fail(
          "nature", "这一家的“\(nature.title)”已在办理（\(known.number)），请在那件问题里补充")
      }
      let source = checker.choice("source", "线索来源", among: CaseSource.entered.map(\.rawValue))
        .flatMap(CaseSource.init(rawValue:))
      let facts = checker.paragraph("facts", "发现的情况", max: 1000, min: 5)
      guard checker.isValid, let nature, let source, let facts else { return nil }
      return TypedCase(nature: nature, source: source, facts: facts)
    },
    write: { tx, typed, edit in
      try tx.lockForOpening([edit.id])
      let seen = try tx.caseEntry(edit.id)
      guard seen.problem == nil, !seen.running.contains(where: { $0.nature == typed.nature })
      else { throw EditProblem.overtaken }
      return try tx.open(typed, at: seen.place, by: edit.editor)
    },
    done: { id, _, _ in (Paths.deskCase.link(id), "已列入问题清单，下一步核实。") })
}

extension CaseEntrySeen {
  /// Why no case can be opened about it.
  var problem: CaseOpeningProblem? {
    if place.home == nil { return .withoutHome([place.number]) }
    if place.campaign == nil { return .withoutCampaign }
    if !place.isInCampaign { return .outsideCampaign([place.number]) }
    return nil
  }
}

extension Transaction {
  func caseEntry(_ id: HouseholdID) throws -> CaseEntrySeen {
    guard let place = try first(casePlaces([id])) else { throw WebError.notFound }
    let running = try all(
      Query(
        """
        SELECT id, number, nature, state FROM cases
        WHERE household_id = \(id) AND state <> ALL(\(list: CaseState.ended)) ORDER BY id
        """
      ) { row in
        (
          id: try row("id", as: CaseID.self), number: try row("number", as: String.self),
          nature: try row("nature", as: ExitNature.self),
          state: try row("state", as: CaseState.self)
        )
      })
    return CaseEntrySeen(household: place.number, place: place, running: running)
  }

  fileprivate func open(
    _ typed: TypedCase, at place: CasePlace, by editor: Editor
  ) throws -> CaseID {
    let today = ShanghaiTime.day(of: editor.now)
    let (id, number) = try insertCase(place, typed.nature, typed.source, on: today)
    var values = StepValues()
    values.personal["facts"] = typed.facts
    try record(
      EnteredEvent(
        id: id, area: place.area, from: nil, note: "线索来源：\(typed.source.title)",
        personal: try values.sealed(editor.keys, of: id)), by: editor.person)
    try audit(
      AuditEvent(
        action: .openCase, entity: "cases", entityID: id.description,
        after: [
          "number": number, "nature": typed.nature.rawValue, "source": typed.source.rawValue,
          "household": place.household.description,
        ]), by: editor.origin)
    return id
  }
}

private func entryBody(_ seen: EditSeen<HouseholdID, CaseEntrySeen>, _ frame: EditFrame) -> HTML {
  if let problem = seen.model.problem {
    return notice(.warn, "<p>\(problem.message.text)。</p>")
  }
  let known: HTML =
    seen.running.isEmpty
    ? HTML()
    : notice(
      .info,
      """
      <p>这一家正在办理的问题：</p><ul>\(seen.running, {
        "<li><a href=\"\(path: Paths.deskCase.link($0.id))\">\($0.number)</a> \($0.nature.markedTitle) · \($0.state.title)</li>"
      })</ul>
      """)
  let view = frame.view
  return known
    + panel(
      "线索",
      frame.form(
        action: Paths.deskHouseholdCase.link(seen.id), button: "列入问题清单",
        view.select(
          "nature", "退出性质", options: ExitNature.allCases.map { ($0.rawValue, $0.markedTitle) })
          + view.radios(
            "source", "线索来源", options: CaseSource.entered.map { ($0.rawValue, $0.title) })
          + view.textarea(
            "facts", "发现的情况", rows: 4,
            hint: "什么时候、谁、怎样发现的，看到了什么；加密保存，只有经办能看。举报人的姓名不要写在这里",
            maxlength: 1000)))
}
