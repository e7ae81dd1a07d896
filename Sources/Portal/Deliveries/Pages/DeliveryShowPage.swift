import Domain
import HTML
import Pages
import Spreadsheet
import Web

/// One delivery: how far it is, what was found, what it would answer, and what may be done with it.
struct DeliveryShowPage {
  static let problemsShown = 20
  static let changesShown = 20

  let record: DeliveryRecord
  /// Whether it is the reader's to confirm.
  let isOwn: Bool
  let causes: [ListedCause]
  let problems: [ListedProblem]
  let changes: [DeliveryChange]
  /// Rows without an ID number that are still to be decided.
  let undecided: Int
  /// The newest first.
  let withdrawals: [DeliveryWithdrawal]
  /// Whether the reader may ask that it is withdrawn, or decide on that.
  let mayWithdraw: Bool
  let refusal: String?
  let view: FormView

  func html(csrf: String) -> HTML {
    """
    \(view.summary)\(ifLet: refusal, { notice(.alert, "<p>\($0)</p>") })\
    \(ifLet: record.message, { notice(record.state == .failed ? .alert : .warn, "<p>\($0)</p>") })\
    \(progressPanel(csrf: csrf))\(DeliveryResultPanels(page: self).html)\
    \(isOwn ? decision(csrf: csrf) : HTML())\(withdrawal)\(facts)
    """
  }

  // MARK: While it runs

  private func progressPanel(csrf: String) -> HTML {
    guard record.isBusy else { return HTML() }
    return """
      <div id="delivery-progress" data-refresh="1000">
      <noscript><meta http-equiv="refresh" content="3"></noscript>
      \(panel(record.state.title, progressBody + (isOwn ? cancelForm(csrf: csrf) : HTML())))</div>

      """
  }

  private var progressBody: HTML {
    let phase = record.phase ?? "排队"
    let refresh: HTML = """
      <p class="hint">页面会自己更新，可以离开，比对照常进行。\
      <a href="\(path: Paths.deskDelivery.link(record.id))">刷新</a></p>
      """
    guard record.rowsDone > 0 else { return "<p>\(phase)……</p>\(refresh)" }
    guard let expected = record.rowsExpected, expected > 0 else {
      return "<p>\(phase)，已读 \(grouped(record.rowsDone)) 行</p>\(refresh)"
    }
    return progressBar(phase, value: record.rowsDone, of: expected, unit: "行") + refresh
  }

  private func cancelForm(csrf: String) -> HTML {
    """
    <form method="post" action="\(path: Paths.deskDeliveryCancellation.link(record.id))">
    \(FormView.csrf(csrf))
    <div class="form-actions">\
    <button class="button button-secondary" type="submit">放弃这次报送</button></div></form>
    """
  }

  // MARK: What may be done

  private func decision(csrf: String) -> HTML {
    guard record.state == .matched else {
      guard record.state == .failed || record.state == .cancelled else { return HTML() }
      return panel(
        "重新报送",
        buttonLink(
          "重新上传",
          record.way == .workList
            ? Paths.deskWorkLists.link : Paths.deskDeliveryNew.link, isPrimary: false))
    }
    if let closedOn = record.roundClosedOn { return closed(on: closedOn, csrf: csrf) }
    guard undecided == 0 else {
      return panel(
        "待认定",
        """
        <p>有 \(grouped(undecided)) 行没有身份证号，姓名和出生日期与在保家庭的成员相同。请逐行认定是不是同一个人，认定完才能确认。</p>
        <p>\(buttonLink("开始认定", Paths.deskDeliveryMatches.link(record.id)))</p>
        \(cancelForm(csrf: csrf))
        """)
    }
    guard record.answersNew != nil else { return assessment(csrf: csrf) }
    return confirmation(csrf: csrf)
  }

  /// Nothing is offered that would be refused.
  private func closed(on day: Day, csrf: String) -> HTML {
    panel(
      "不能确认",
      notice(
        .warn,
        """
        <p>“\(record.roundTitle ?? "这一轮复核")”已于 \(day.chinese) 结束，不再接受答复，这次报送不能生效。\
        请放弃这次报送；有新的一轮时再报，或作为定期交换重新报送。</p>
        """) + cancelForm(csrf: csrf))
  }

  private func assessment(csrf: String) -> HTML {
    panel(
      "核对答复",
      """
      <p>认定以后还没有与以前的答复核对。</p>
      <form method="post" action="\(path: Paths.deskDeliveryAssessment.link(record.id))">
      \(FormView.csrf(csrf))
      <div class="form-actions"><button class="button" type="submit">核对答复</button></div></form>
      \(cancelForm(csrf: csrf))
      """)
  }

  private func confirmation(csrf: String) -> HTML {
    let unexplained = record.answersUnexplained ?? 0
    let households = (record.answersNew ?? 0) + (record.answersChanged ?? 0)
    return panel(
      "确认",
      """
      <p>\(confirmText(households))</p>
      <form method="post" action="\(path: Paths.deskDeliveryConfirmation.link(record.id))" novalidate>
      \(FormView.csrf(csrf))
      <input type="hidden" name="version" value="\(record.version)">
      \(if: unexplained > 0, view.textarea(
        "reason", "与以前答复不一致的原因", rows: 2,
        hint: "有 \(unexplained) 户的答复和本单位以前的不同；原来的答复保留，两次都看得到", maxlength: 300))\
      <div class="form-actions"><button class="button" type="submit">确认生效</button></div></form>
      \(cancelForm(csrf: csrf))
      """)
  }

  private func confirmText(_ households: Int) -> String {
    if households == 0, (record.answersSame ?? 0) == 0 { return "这次报送没有答复任何一户，确认后只记下这次报送。" }
    if households == 0 { return "所有答复与已有的相同，确认后不会改变任何一户的答复，只记下这次报送。" }
    let bad = (record.badRows ?? 0) > 0 ? "有问题的行不写入，认得出的家庭仍是待核查，改好后可以再报一次。" : ""
    return "确认后写入 \(grouped(households)) 户的答复，一次完成：要么全部写入，要么一户不写。\(bad)"
  }

  // MARK: Taking it back

  private var withdrawal: HTML {
    let isAsked = withdrawals.contains { $0.isApproved == nil }
    let link = Paths.deskDeliveryWithdrawal.link(record.id)
    let history = WithdrawalHistory(withdrawals: withdrawals).panelHTML
    guard record.state == .done, isAsked || mayWithdraw else { return history }
    let words = isAsked ? "有人申请撤回这次报送，等待另一人决定。" : "报错了可以撤回：它的答复不再有效，以前的答复恢复，疑点随之核对，历史保留。"
    return panel(
      "撤回",
      "<p>\(words)</p><p>\(buttonLink(isAsked ? "查看撤回申请" : "撤回这次报送", link, isPrimary: false))</p>")
      + history
  }

  // MARK: Who and when

  private var facts: HTML {
    panel("登记", definitionList(arrival + outcome))
  }

  private var arrival: [(String, HTML)] {
    var facts: [(String, HTML)] = [
      ("核查项目", "\(record.type.title)（\(record.type.bureau.title)）"),
      ("方式", "\(record.way.title)"), ("数据截止", "\(record.asOf.chinese)"),
      ("资格复核", "\(record.round == nil ? "定期交换" : record.roundTitle ?? "")"),
      ("范围", "\(record.isComplete ? "全量" : "部分")"),
      ("报送", "\(record.accountName) \(ShanghaiTime.dateTimeText(record.deliveredAt))"),
    ]
    if let name = record.fileName { facts.append(("文件", "\(name)（比对后已删除，不保存）")) }
    if let hash = record.fileHash {
      facts.append(("SHA-256", "<code class=\"hash\">\(hexadecimal(hash))</code>"))
    }
    return facts
  }

  private var outcome: [(String, HTML)] {
    var facts: [(String, HTML)] = []
    if let name = record.confirmedByName, let at = record.confirmedAt {
      facts.append(("确认", "\(name) \(ShanghaiTime.dateTimeText(at))"))
    }
    if let reason = record.reason { facts.append(("原因", "\(reason)")) }
    return facts
  }
}
