import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/desk/reviews/:id/dues`: until when each bureau answers, changed.
func roundDues(
  _ services: Services
) -> EditForm<ReviewRoundID, RoundProgress, [Bureau: Day], Void> {
  EditForm(
    services,
    load: { tx, id, _ in try tx.roundProgress(id) },
    history: roundHistory,
    page: roundDuesPage,
    read: { checker, _ in
      var dues: [Bureau: Day] = [:]
      for bureau in Bureau.allCases {
        dues[bureau] = checker.day(bureau.dueField, "\(bureau.title)答复期限")
      }
      return dues
    },
    write: { tx, dues, edit in
      try tx.changeDues(of: edit.id, to: dues, version: edit.version, by: edit.editor)
    },
    done: { _, _, id in (Paths.deskReview.link(id), "已修改答复期限。") })
}

@Sendable private func roundDuesPage(
  _ seen: EditSeen<ReviewRoundID, RoundProgress>, _ edit: EditFrame
) -> EditPage {
  let frame = RoundEditFrame(seen, edit)
  let view = frame.view
  let fields = frame.progress.bureaus.map { bureau in
    view.input(
      bureau.bureau.dueField, "\(bureau.bureau.title)答复期限", type: .date,
      value: bureau.dueOn?.iso,
      hint: "待答复 \(grouped(bureau.counts.open)) 项，\(bureau.standing(on: seen.asked.today).0)。")
  }
  let body =
    frame.round.isOpen
    ? frame.conflict
      + view.form(
        action: Paths.deskReviewDues.link(seen.id), csrf: frame.csrf, button: "保存",
        frame.version + lockError(view) + fields.joined())
    : frame.conflict + emptyState("这一轮已经结束", hint: "结束以后不再接收答复，期限不能再改。")
  return EditPage(
    title: "修改期限", lead: frame.round.title, breadcrumbs: frame.breadcrumbs,
    panel("答复期限", body))
}

/// The place to which the summary leads when the round is held by an answer.
func lockError(_ view: FormView) -> HTML {
  guard let error = view.errors["version"] else { return HTML() }
  return "<p class=\"error\" id=\"version\">\(error)</p>\n"
}

extension Transaction {
  func changeDues(
    of id: ReviewRoundID, to dues: [Bureau: Day], version: Int, by editor: Editor
  ) throws {
    let round = try lockRound(id, version: version)
    guard round.isOpen else { throw EditProblem.overtaken }
    let changed = Bureau.allCases.filter { dues[$0] != nil && dues[$0] != round.dues[$0] }
    for bureau in changed {
      guard let day = dues[bureau], day < editor.today || day < round.openedOn else { continue }
      throw EditProblem.field(bureau.dueField, "\(bureau.title)的新期限已经过去，请填今天或以后的日期")
    }
    guard !changed.isEmpty else { return }
    try execute(
      """
      INSERT INTO review_dues AS d (round_id, area, bureau, due_on)
      SELECT \(id), \(round.area), bureau, due_on
      FROM unnest(\(list: changed)::text[], \(list: changed.compactMap { dues[$0] })::date[])
        AS n (bureau, due_on)
      ON CONFLICT (round_id, bureau) DO UPDATE SET due_on = EXCLUDED.due_on
      """)
    func days(_ dues: [Bureau: Day]) -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: changed.map { ($0.dueField, dues[$0]?.iso ?? "") })
    }
    try take(
      .changeDues, on: round,
      audit: AuditEvent(
        action: .changeReviewDues, entity: "review_rounds", entityID: id.description,
        before: days(round.dues), after: days(dues)), by: editor)
  }
}
