import Domain
import Ground
import HTML
import Pages

/// What may be done with a case now: a button for each step, and for one that cannot be taken yet, what is missing.
struct CaseNextSteps {
  let worked: WorkedCase
  let principal: Principal
  let keys: KeyRing?
  let today: Day

  private var id: CaseID { worked.record.id }

  var html: HTML { hardship + waiting + steps }

  private var hardship: HTML {
    guard worked.record.isInHardship else { return HTML() }
    return notice(.warn, "<p><strong>困难情形</strong>：强制性的步骤要写明理由，可以先中止或者达成执行协议。</p>")
  }

  private var waiting: HTML {
    guard let proposal = worked.proposal else { return HTML() }
    let action: HTML =
      principal.may(.handleProposals)
      ? buttonLink("审批", Paths.deskCaseProposal.link(id)) : HTML()
    return panel("等待审批", actions: action, proposalTable(proposal, keys: keys))
  }

  private var steps: HTML {
    let steps = worked.steps(for: principal)
    guard !steps.isEmpty, principal.may(.workCases) else { return HTML() }
    let (blocked, open) = steps.reduce(into: ([CaseTransition](), [CaseTransition]())) {
      if obstacles($1).isEmpty { $0.1.append($1) } else { $0.0.append($1) }
    }
    let body: HTML = """
      \(if: !open.isEmpty, "<div class=\"page-actions\">\(open.map(button).joined())</div>")\
      \(if: !blocked.isEmpty, missing(blocked))
      """
    return panel("下一步", body)
  }

  /// What may be written to it beside its steps: on top of the page.
  var actions: HTML {
    let sheet: HTML =
      principal.may(.noteCases) && worked.record.state.isVerified
      ? buttonLink("账目", Paths.deskCaseMoney.link(id), isPrimary: false)
        + buttonLink("退房交验单", Paths.deskCaseReturn.link(id), isPrimary: false) : HTML()
    guard !worked.record.state.isClosed else { return sheet }
    let mark = worked.record.isInHardship ? "取消困难情形" : "标记困难情形"
    let work: HTML =
      principal.may(.workCases)
      ? buttonLink("经办人和计划", Paths.deskCasePlan.link(id), isPrimary: false)
        + buttonLink(mark, Paths.deskCaseHardship.link(id), isPrimary: false)
        + buttonLink("分出疑点", Paths.deskCaseSplit.link(id), isPrimary: false)
      : HTML()
    let note: HTML =
      principal.may(.noteCases)
      ? buttonLink("补充情况", Paths.deskCaseNotes.link(id), isPrimary: false) : HTML()
    return note + work + sheet
  }

  private func button(_ step: CaseTransition) -> HTML {
    buttonLink(
      step.needsSecondPerson ? "\(step.action.title)（报审）" : step.action.title,
      Paths.deskCaseStep.link(id).query("take", step.action.rawValue),
      isPrimary: ![.takeBack, .withdraw, .dismiss, .revokeDecision].contains(step.action))
  }

  private func obstacles(_ step: CaseTransition) -> [String] {
    if let proposal = worked.proposalBefore(step) {
      return ["“\(proposal.action.title)”正在等待审批"]
    }
    return worked.missing(step.action, on: today)
  }

  private func missing(_ steps: [CaseTransition]) -> HTML {
    let items = steps.map { step -> HTML in
      "<li><strong>\(step.action.title)</strong>：\(obstacles(step).joined(separator: "；"))</li>"
    }
    return "<p class=\"hint\">还不能办的：</p><ul>\(items)</ul>\n"
  }
}
