import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// What may be done with a proposal.
enum ProposalDecision: String {
  case approve, decline, withdraw, review
}

struct TypedDecision: Sendable {
  let decision: ProposalDecision
  let reason: String?
}

/// `/desk/cases/:id/proposal`: what somebody proposes is approved, declined or taken away, and its law reviewed.
func caseProposalForm(
  _ services: Services
) -> EditForm<CaseID, WorkedCase, TypedDecision, ProposalDecision> {
  EditForm(
    services, load: { tx, id, _ in try tx.workedCase(id) },
    history: { _, worked in .ofCase(worked) },
    page: { seen, frame in
      EditPage(
        title: seen.proposal.map { "审批：\($0.action.title)" } ?? "审批", lead: caseLead(seen.record),
        breadcrumbs: caseCrumbs(seen.record),
        proposalBody(seen, keys: services.keys, frame))
    },
    read: { checker, seen in
      let open = seen.proposal.map { decisions(on: $0, by: seen.asked.principal) } ?? []
      let decision = checker.choice("decision", "决定", among: open.map(\.rawValue))
        .flatMap(ProposalDecision.init(rawValue:))
      let isAsked = decision == .decline || decision == .review
      let reason = checker.stored(
        checker.paragraph("reason", "意见", max: 1000, min: 2, required: isAsked), "reason", "意见",
        most: 1000)
      return decision.map { TypedDecision(decision: $0, reason: reason) }
    },
    write: { tx, typed, edit in
      let worked = try tx.workedCase(edit.id)
      guard worked.record.version == edit.version, let proposal = worked.proposal else {
        throw EditProblem.overtaken
      }
      let writing = CaseStepWriting(
        worked: worked, values: proposal.values(keys: edit.editor.keys), editor: edit.editor)
      let words = typed.reason ?? ""
      switch typed.decision {
      case .approve:
        if let refusal = proposal.refusal(to: edit.editor.principal) {
          throw EditProblem.field("decision", refusal)
        }
        try writing.approve(proposal, reason: typed.reason, tx)
      case .decline: try writing.decline(proposal, reason: words, tx)
      case .withdraw: try writing.withdraw(proposal, reason: typed.reason, tx)
      case .review: try writing.review(proposal, words: words, tx)
      }
      return typed.decision
    },
    done: { decision, _, id in
      let words =
        switch decision {
        case .approve: "已批准，这一步已生效。"
        case .decline: "没有批准，这件问题保持不变。"
        case .withdraw: "已撤回报审。"
        case .review: "已记录法制审核意见。"
        }
      return (Paths.deskCase.link(id), words)
    })
}

/// What this person may do with it.
func decisions(on proposal: CaseProposal, by principal: Principal) -> [ProposalDecision] {
  var open: [ProposalDecision] = []
  if proposal.refusal(to: principal) == nil { open.append(.approve) }
  if proposal.mayReview(principal) { open.append(.review) }
  if proposal.proposedBy == principal.accountID {
    open.append(.withdraw)
  } else if principal.may(.approveCases) {
    open.append(.decline)
  }
  return open
}

// MARK: - Drawing

private func proposalBody(
  _ seen: EditSeen<CaseID, WorkedCase>, keys: KeyRing, _ frame: EditFrame
) -> HTML {
  guard let proposal = seen.proposal else {
    return emptyState(
      "没有等待审批的步骤", hint: "可能别人刚刚审批过。",
      action: buttonLink("回到问题页面", Paths.deskCase.link(seen.id), isPrimary: false))
  }
  let later = seen.events.filter {
    $0.line.at > proposal.proposedAt && $0.line.action != CaseNote.propose.rawValue
  }
  let changed: HTML =
    later.isEmpty
    ? HTML() : panel("报审以后的变化", timeline(later.reversed().map(\.line.shown)))
  return panel("报审内容", proposalTable(proposal, keys: keys)) + changed
    + panel("决定", proposalForm(proposal, seen, frame))
}

func proposalTable(_ proposal: CaseProposal, keys: KeyRing?) -> HTML {
  var items: [(String, HTML)] = [
    ("步骤", "\(proposal.from.title) → \(proposal.action.title)"),
    ("报审人", "\(proposal.proposedByName)，\(ShanghaiTime.dateTimeText(proposal.proposedAt))"),
  ]
  items += stepItems(proposal.action, proposal.values(keys: keys))
  if let name = proposal.reviewedByName, let note = proposal.reviewNote {
    items.append(("法制审核（\(name)）", "\(note)"))
  } else if proposal.needsReview {
    items.append(("法制审核", tag("等待第三人审核", .warn)))
  }
  return definitionList(items)
}

/// What a step said, in the order of its fields.
func stepItems(_ action: CaseAction, _ values: StepValues) -> [(String, HTML)] {
  CaseStepTable.known(action).compactMap { field in
    values[field.name].map { (field.title, "\(field.text($0))") }
  }
}

private func proposalForm(
  _ proposal: CaseProposal, _ seen: EditSeen<CaseID, WorkedCase>, _ frame: EditFrame
) -> HTML {
  let open = decisions(on: proposal, by: seen.asked.principal)
  let refusal: HTML =
    open.contains(.approve)
    ? HTML()
    : notice(.info, "<p>\(proposal.refusal(to: seen.asked.principal) ?? "")。</p>")
  guard !open.isEmpty else { return refusal }
  let options = open.map { (value: $0.rawValue, label: $0.title) }
  return refusal
    + frame.form(
      action: Paths.deskCaseProposal.link(seen.id), button: "提交",
      frame.view.radios("decision", "决定", options: options)
        + frame.view.textarea(
          "reason", "意见", rows: 3, hint: "不同意的，请写明原因；法制审核的，请写明审核意见", required: false,
          maxlength: 1000))
}

extension ProposalDecision {
  fileprivate var title: String {
    switch self {
    case .approve: "同意，这一步生效"
    case .decline: "不同意，退回"
    case .withdraw: "撤回报审"
    case .review: "法制审核"
    }
  }
}
