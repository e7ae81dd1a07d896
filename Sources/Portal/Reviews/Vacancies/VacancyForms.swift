import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// A reason as it was typed.
struct TypedVacancy: Sendable {
  let facts: VacancyFacts
  let proof: String
}

/// Recording why a home stands empty, and taking that back. The rules look at the household again.
struct VacancyForms: Sendable {
  let services: Services
  let answersChanged: AnswersChanged

  /// `/desk/households/:id/vacancy`
  var recording: EditForm<HouseholdID, HouseholdDetail, TypedVacancy, HouseholdID> {
    EditForm(
      services,
      load: { tx, id, _ in
        guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
        return household
      },
      page: { seen, frame in
        EditPage(
          title: "登记空置原因", lead: "家庭编号 \(seen.number)",
          breadcrumbs: Self.crumbs(seen.id, seen.number),
          panel(
            "空置原因",
            frame.form(
              action: Paths.deskHouseholdVacancy.link(seen.id), button: "登记", fields(frame.view))))
      },
      read: { checker, seen in checker.vacancy(today: seen.asked.today) },
      write: { tx, typed, edit in
        try tx.recordVacancy(typed, of: edit.id, by: edit.editor)
        return edit.id
      },
      done: { id, _, _ in
        (Paths.deskHousehold.link(id), "已登记空置原因；有这个原因的月份不算无故闲置。")
      }, follow: { await answersChanged([$0], $1) })
  }

  /// `/desk/vacancies/:id/revocation`
  var revocation: EditForm<VacancyReasonID, RecordedVacancy, String, HouseholdID> {
    EditForm(
      services,
      load: { tx, id, _ in
        guard let found = try tx.first(vacancy(id)) else { throw WebError.notFound }
        return found
      },
      page: { seen, frame in
        let body =
          seen.stands
          ? frame.form(
            action: Paths.deskVacancyRevocation.link(seen.id), button: "取消这条原因",
            "<p>\(seen.facts.reason.title)，\(seen.period)，证明：\(seen.proof)</p>\n"
              + frame.view.textarea("reason", "为什么取消", rows: 3, maxlength: 300))
          : emptyState("这条空置原因已经取消")
        return EditPage(
          title: "取消空置原因", lead: seen.facts.reason.title,
          breadcrumbs: Self.crumbs(seen.household, "家庭"), panel("取消", body))
      },
      read: { checker, _ in checker.column("reason", "为什么取消", max: 300) },
      write: { tx, reason, edit in
        guard let household = try tx.revokeVacancy(edit.id, reason: reason, by: edit.editor) else {
          throw EditProblem.field("reason", "这条空置原因别人刚刚取消了")
        }
        return household
      },
      done: { household, _, _ in
        (Paths.deskHousehold.link(household), "已取消，疑点按现在的情况重新核对。")
      }, follow: { await answersChanged([$0], $1) })
  }

  private static func crumbs(_ id: HouseholdID, _ number: String) -> [(String, Link)] {
    [("保障家庭", Paths.deskHouseholds.link), (number, Paths.deskHousehold.link(id))]
  }

  private func fields(_ view: FormView) -> HTML {
    let hints = VacancyReason.allCases.map { "\($0.title)：\($0.proofHint)" }
    return view.radios(
      "reason", "原因", options: VacancyReason.allCases.map { ($0.rawValue, $0.title) })
      + view.input("from_on", "从哪一天起", type: .date)
      + view.input(
        "until_on", "到哪一天为止", type: .date, hint: "还没有结束的不填", required: false)
      + view.textarea(
        "proof", "证明", rows: 3, hint: "什么材料、谁出具、存放在哪里。\(hints.joined(separator: "；"))",
        maxlength: 200)
  }
}

private func vacancy(_ id: VacancyReasonID) -> Query<RecordedVacancy> {
  Query(
    """
    SELECT id, household_id, reason, from_on, until_on, proof, recorded_by_name, recorded_at,
      revoked_reason, revoked_by_name
    FROM vacancy_reasons WHERE id = \(id)
    """)
}

extension FormChecker {
  fileprivate mutating func vacancy(today: Day) -> TypedVacancy? {
    let reason = choice("reason", "原因", of: VacancyReason.self)
    let from = day("from_on", "从哪一天起")
    let until = day("until_on", "到哪一天为止", required: false)
    if let from, from > today { fail("from_on", "开始的日期在今天之后，请核对") }
    if let from, let until, until < from { fail("until_on", "结束的日期在开始以前，请核对") }
    let proof = column("proof", "证明", max: 200)
    guard isValid, let reason, let from, let proof else { return nil }
    return TypedVacancy(
      facts: VacancyFacts(reason: reason, from: from, until: until), proof: proof)
  }
}

extension Transaction {
  fileprivate func recordVacancy(
    _ typed: TypedVacancy, of household: HouseholdID, by editor: Editor
  ) throws {
    let actor = editor.principal
    let id = try one(
      Query<VacancyReasonID>(
        """
        INSERT INTO vacancy_reasons (area, household_id, reason, from_on, until_on, proof, recorded_by,
          recorded_by_name, recorded_at)
        SELECT area, id, \(typed.facts.reason), \(typed.facts.from), \(optional: typed.facts.until)::date,
          \(typed.proof), \(actor.accountID), \(actor.displayName), \(editor.now)::timestamptz
        FROM households WHERE id = \(household)
        RETURNING id
        """))
    try audit(
      AuditEvent(
        action: .recordVacancy, entity: "vacancy_reasons", entityID: id.description,
        after: [
          "household": household.description, "reason": typed.facts.reason.title,
          "from_on": typed.facts.from.iso, "until_on": typed.facts.until?.iso ?? "",
        ]), by: editor.origin)
  }

  /// - Returns: whose it is; nil where it was taken back before.
  fileprivate func revokeVacancy(
    _ id: VacancyReasonID, reason: String, by editor: Editor
  ) throws -> HouseholdID? {
    let household = try first(
      Query<HouseholdID>(
        """
        UPDATE vacancy_reasons SET revoked_reason = \(reason),
          revoked_by_name = \(editor.principal.displayName), revoked_at = \(editor.now)
        WHERE id = \(id) AND revoked_at IS NULL RETURNING household_id
        """))
    guard let household else { return nil }
    try audit(
      AuditEvent(
        action: .revokeVacancy, entity: "vacancy_reasons", entityID: id.description,
        after: ["household": household.description, "reason": reason]), by: editor.origin)
    return household
  }
}
