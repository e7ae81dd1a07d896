import Domain
import HTML
import Pages
import Reviews
import Web

/// What happens when a delivery is withdrawn, in figures, and the step that its reader may take.
struct WithdrawalPage {
  let record: DeliveryRecord
  let withdrawals: [DeliveryWithdrawal]
  /// Nil where there is nothing to withdraw.
  let effect: WithdrawalEffect?
  let principal: Principal
  let view: FormView
  let refusal: String?

  private var asked: DeliveryWithdrawal? { withdrawals.first { $0.isApproved == nil } }
  private var back: Link { Paths.deskDelivery.link(record.id) }

  func html(csrf: String) -> HTML {
    """
    \(view.summary)\(ifLet: refusal, { notice(.alert, "<p>\($0)。</p>") })\
    \(ifLet: effect, { panel("撤回以后", consequence($0)) })\(step(csrf: csrf))\
    \(WithdrawalHistory(withdrawals: withdrawals).panelHTML)
    """
  }

  // MARK: What will happen

  private func consequence(_ effect: WithdrawalEffect) -> HTML {
    let cards = [
      figureCard(
        "不再有效的答复", value: grouped(effect.answers), denominator: "户",
        note: "其中现在有情况的 \(grouped(effect.hits)) 户", kind: .warn),
      figureCard("恢复以前的答复", value: grouped(effect.returning), denominator: "户"),
      figureCard(
        "变为没有答复", value: grouped(effect.unanswered), denominator: "户",
        kind: effect.unanswered > 0 ? .warn : .neutral),
      figureCard("后来改过，不受影响", value: grouped(effect.superseded), denominator: "户"),
      figureCard(
        "重新核对的疑点", value: grouped(effect.openFindings), denominator: "条", note: "不再成立的自动消除"),
      figureCard(
        "已列入问题清单", value: grouped(effect.confirmedFindings), denominator: "条",
        note: "不自动改变，请另行核实", kind: effect.confirmedFindings > 0 ? .alert : .neutral),
    ]
    return figureCards(cards)
      + """
      <p>撤回不能取消。报送的内容、这次答复和撤回的原因都留在历史里；同一份文件改好以后可以再报送。</p>

      """
  }

  // MARK: What may be done

  private func step(csrf: String) -> HTML {
    guard effect != nil else {
      return emptyState(
        record.state == .withdrawn ? "这次报送已经撤回" : "这次报送现在是“\(record.state.title)”，没有可以撤回的答复",
        action: buttonLink("回到这次报送", back, isPrimary: false))
    }
    guard let asked else { return asking(csrf: csrf) }
    guard principal.may(.approveWithdrawals) else { return waiting("等待县住建局负责人决定。") }
    if let refusal = asked.refusal(to: principal) { return waiting("\(refusal.description)。") }
    return deciding(asked, csrf: csrf)
  }

  private func waiting(_ words: String) -> HTML { notice(.info, "<p>\(words)</p>") }

  private func asking(csrf: String) -> HTML {
    guard record.mayAskWithdrawal(principal) else {
      return waiting("撤回由\(record.type.bureau.title)或县住建局负责人申请。")
    }
    return confirmBox(
      title: "申请撤回", consequence: "<p>由另一人同意以后才撤回；在那以前一切不变。</p>",
      action: Paths.deskDeliveryWithdrawal.link(record.id), csrf: csrf, confirm: "申请撤回",
      cancel: back,
      fields: view.textarea(
        "reason", "撤回原因", rows: 3, hint: "例如：报成了别的县的数据、列错了一列", maxlength: 300))
  }

  private func deciding(_ asked: DeliveryWithdrawal, csrf: String) -> HTML {
    let hidden: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(record.version)\">\n"
    let decline: HTML = """
      <button class="button button-secondary" type="submit" name="decision" value="decline">\
      不同意</button>
      """
    return panel(
      "决定",
      """
      <p>\(asked.proposedByName)（\(asked.proposedRole.title)）申请撤回：\(asked.reason)</p>
      <form method="post" action="\(path: Paths.deskDeliveryWithdrawalDecision.link(record.id))" novalidate>
      \(FormView.csrf(csrf))
      \(hidden)\
      \(view.textarea("note", "说明", rows: 2, hint: "不同意时请写明原因", required: false, maxlength: 300))
      <div class="form-actions">\
      <button class="button button-danger" type="submit" name="decision" value="approve">同意撤回</button>\
      \(decline)<a class="button button-secondary" href="\(path: back)">取消</a></div></form>
      """)
  }
}

/// Who asked to withdraw a delivery, and what came of it.
struct WithdrawalHistory {
  let withdrawals: [DeliveryWithdrawal]

  var panelHTML: HTML {
    guard !withdrawals.isEmpty else { return HTML() }
    return panel("撤回的经过", timeline(withdrawals.flatMap(events)))
  }

  /// The newest first.
  private func events(_ one: DeliveryWithdrawal) -> [TimelineEvent] {
    let asked = TimelineEvent(
      time: ShanghaiTime.dateTimeText(one.proposedAt), title: "申请撤回", actor: one.proposedByName,
      detail: "<p>\(one.reason)</p>", kind: .warn)
    guard let isApproved = one.isApproved, let name = one.decidedByName, let at = one.decidedAt
    else { return [asked] }
    return [
      TimelineEvent(
        time: ShanghaiTime.dateTimeText(at), title: isApproved ? "同意，已撤回" : "不同意", actor: name,
        detail: "\(ifLet: one.note, { "<p>\($0)</p>" })", kind: isApproved ? .alert : .neutral),
      asked,
    ]
  }
}
