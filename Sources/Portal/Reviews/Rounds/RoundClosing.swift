import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/desk/reviews/:id/closing`: a round is closed, when everything is answered or with what is open listed
/// and a reason.
func roundClosing(
  _ services: Services
) -> EditForm<ReviewRoundID, RoundProgress, String?, Int> {
  EditForm(
    services,
    load: { tx, id, _ in try tx.roundProgress(id) },
    history: roundHistory,
    page: { seen, frame in
      let frame = RoundEditFrame(seen, frame)
      let page = RoundClosingPage(
        frame: frame, principal: seen.asked.principal, today: seen.asked.today)
      return EditPage(
        title: "结束本轮", lead: frame.round.title, breadcrumbs: frame.breadcrumbs, page.html)
    },
    read: { checker, _ in
      .some(checker.column("reason", "结束的原因", max: 500, required: false))
    },
    write: { tx, reason, edit in
      try tx.closeRound(edit.id, reason: reason, version: edit.version, by: edit.editor)
    },
    done: { open, _, id in
      (
        Paths.deskReview.link(id),
        open == 0 ? "这一轮已结束，全部答复完。" : "这一轮已结束，还有 \(grouped(open)) 项没有答复。"
      )
    })
}

/// What is open still, and the form that ends the round all the same.
struct RoundClosingPage: Sendable {
  let frame: RoundEditFrame
  let principal: Principal
  let today: Day

  private var progress: RoundProgress { frame.progress }
  private var open: [CheckType] { CheckType.owed.filter { progress[$0].open > 0 } }

  var html: HTML {
    guard frame.round.isOpen else {
      return frame.conflict
        + emptyState(
          "这一轮已经结束",
          action: buttonLink("查看这一轮", Paths.deskReview.link(frame.round.id), isPrimary: false))
    }
    return frame.conflict + frame.view.summary + openPanel + confirm
  }

  private var openPanel: HTML {
    guard !open.isEmpty else { return HTML() }
    return panel(
      "还没有答复的核查",
      dataTable(
        caption: "还没有答复的核查",
        columns: [
          Column<CheckType>("核查事项") { "\($0.title)" }, Column("单位") { "\($0.bureau.title)" },
          Column("期限") { "\(progress[$0.bureau].dueOn?.iso ?? "—")" },
          Column("单位情况") { type in
            let standing = progress[type.bureau].standing(on: today)
            return tag(standing.0, standing.1)
          },
          Column("待答复", numeric: true) { "\(grouped(progress[$0].open))" },
          Column("家庭") { type in
            let link = checksLink(frame.round.id, type.bureau, type, for: principal)
            return """
              <a href="\(path: link)">查看清单\
              <span class="visually-hidden">：\(type.title)</span></a>
              """
          },
        ], rows: open, empty: HTML()))
  }

  private var confirm: HTML {
    let isComplete = open.isEmpty
    let consequence: HTML =
      isComplete
      ? "<p>\(grouped(progress.households)) 户的 \(grouped(progress.total.owed)) 项核查全部答复完。结束以后不再接收答复，不能重新打开。</p>"
      : """
      <p><strong>还有 \(grouped(progress.total.open)) 项没有答复。</strong>\
      结束以后不再接收答复，不能重新打开；没有答复的照原样留下。</p>
      """
    let reason = frame.view.textarea(
      "reason", "结束的原因", rows: 3, hint: isComplete ? nil : "为什么不等答复完就结束，例如 系统停用、改由专项核查补做。",
      required: !isComplete, maxlength: 500)
    return confirmBox(
      title: isComplete ? "结束这一轮" : "还没有答复完，仍然结束", consequence: consequence,
      action: Paths.deskReviewClosing.link(frame.round.id), csrf: frame.csrf, confirm: "结束本轮",
      cancel: Paths.deskReview.link(frame.round.id),
      fields: frame.version + lockError(frame.view) + (isComplete ? HTML() : reason),
      isDestructive: !isComplete)
  }
}

extension Transaction {
  /// - Returns: how many checks were open.
  func closeRound(
    _ id: ReviewRoundID, reason: String?, version: Int, by editor: Editor
  ) throws -> Int {
    let round = try lockRound(id, version: version)
    guard round.isOpen else { throw EditProblem.overtaken }
    let counts = RoundProgress(round, try all(checkCounts(of: [id])))
    if counts.total.open > 0, reason == nil {
      throw EditProblem.field(
        "reason", "还有 \(grouped(counts.total.open)) 项没有答复，请说明为什么现在结束")
    }
    try take(
      .close, on: round,
      changes: """
        closed_on = \(editor.today), closed_by = \(editor.principal.accountID),
        closed_by_name = \(editor.principal.displayName), closed_reason = \(optional: reason),
        open_checks_at_close = \(counts.total.open)
        """,
      audit: AuditEvent(
        action: .closeReview, entity: "review_rounds", entityID: id.description,
        after: [
          "closed_on": editor.today.iso, "open_checks": String(counts.total.open),
          "answered": String(counts.total.answered), "reason": reason ?? "",
        ]), by: editor)
    return counts.total.open
  }
}
