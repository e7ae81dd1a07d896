import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// What the forms that change a round are drawn with.
struct RoundEditFrame: Sendable {
  let progress: RoundProgress
  let answer: FormAnswer
  let csrf: String

  var round: ReviewRound { progress.round }
  var view: FormView { answer.view }

  var breadcrumbs: [(String, Link)] {
    [("资格复核", Paths.deskReviews.link), (round.title, Paths.deskReview.link(round.id))]
  }

  /// The version that the form is about.
  var version: HTML { "<input type=\"hidden\" name=\"version\" value=\"\(round.version)\">\n" }

  /// Who was faster, and what the round says now.
  var conflict: HTML {
    guard answer.isOvertaken else { return HTML() }
    let who = round.changedByName ?? "别人"
    let time = round.changedAt.map { "于 \(ShanghaiTime.dateTimeText($0)) " } ?? ""
    let dues = Bureau.allCases.map { bureau in
      "\(bureau.title) \(round.dues[bureau]?.iso ?? "未定")"
    }
    return notice(
      .alert,
      """
      <p><strong>您打开页面以后，\(who) \(time)修改了这一轮，您填写的内容还没有保存。</strong></p>
      <p>现在的期限：\(dues.joined(separator: "，"))\
      \(ifLet: round.closedOn, { "；这一轮已于 \($0.chinese) 结束" })。</p>
      <p>您填写的内容都在下面，请对照核对，再提交一次。</p>
      """)
  }
}

extension RoundEditFrame {
  init(_ seen: EditSeen<ReviewRoundID, RoundProgress>, _ frame: EditFrame) {
    self.init(progress: seen.model, answer: frame.answer, csrf: frame.csrf)
  }
}

/// The history of a round is who changed it last, which stands in its row.
@Sendable func roundHistory(_ id: ReviewRoundID, _ progress: RoundProgress) -> EditHistory {
  EditHistory(version: progress.round.version)
}

extension Transaction {
  /// How far the round is, for its forms.
  func roundProgress(_ id: ReviewRoundID) throws -> RoundProgress {
    RoundProgress(try round(id), try all(checkCounts(of: [id])))
  }

  /// The round, held until the transaction ends: whoever answers in it waits, and whoever changes it
  /// meets what is done here.
  ///
  /// - Throws: ``EditProblem``; `WebError.notFound` where it lies elsewhere or above.
  func lockRound(_ id: ReviewRoundID, version: Int) throws -> ReviewRound {
    _ = try round(id)
    // A large delivery that is being written holds the round for a while.
    try execute("SELECT set_config('lock_timeout', '3s', true)")
    do {
      guard
        try first(Query<Int>("SELECT version FROM review_rounds WHERE id = \(id) FOR UPDATE"))
          != nil
      else { throw WebError.forbidden }
    } catch let error as PostgresError where error.sqlState == "55P03" {
      throw EditProblem.field("version", "有单位的答复正在写入，请过一会儿再提交")
    }
    let held = try round(id)
    guard held.version == version else { throw EditProblem.overtaken }
    return held
  }

  /// Takes a step of a round that is held, and says who changed it, for the next one.
  func take(
    _ action: ReviewRoundAction, on round: ReviewRound, changes: SQL? = nil, audit: AuditEvent,
    by editor: Editor
  ) throws {
    var step = StepTaking(
      ReviewRoundWorkflow[.open, action], of: [SeenVersion(round.id, version: round.version)],
      in: roundSteps, audit: audit)
    step.changes =
      "changed_at = \(editor.now), changed_by_name = \(editor.principal.displayName)"
      + (changes.map { ", " + $0 } ?? .empty)
    try take(step, by: editor.person)
  }
}

/// Whether a round is closed follows from its day of closing; who changed it last stands in its row.
private let roundSteps = StepTable<ReviewRoundWorkflow, ReviewRoundID>("review_rounds") { state in
  switch state {
  case .open: "closed_on IS NULL"
  case .closed: "closed_on IS NOT NULL"
  }
}
