import Domain
import HTML
import Pages

/// The receipt, with the code that is shown this once.
struct ReceiptPage {
  let receipt: ComplaintReceipt
  let code: FollowUpCode

  var html: HTML {
    """
    \(pageHeader("举报已收到", lead: "请把这一页截图、打印，或者把查询码抄下来。"))
    <section class="receipt">
    <p class="code-label">查询码（只显示这一次）</p>
    <p class="follow-up-code" id="follow-up-code">\(code.grouped)</p>
    <div class="form-actions no-print">\
    <button class="button button-secondary" type="button" data-copy="follow-up-code" hidden>\
    复制查询码</button>\
    <button class="button button-secondary" type="button" data-print hidden>打印回执</button>\
    \(buttonLink("用查询码查看办理情况", Paths.complaintTrack.link))</div>
    \(notice(.warn, "<p>有了查询码，才能看到办理情况、补充材料。我们没有保存它，丢了无法找回；请不要告诉别人。</p>"))
    \(receiptDetails(receipt))
    </section>
    """
  }
}

/// Number, time and proof; the same for the page and for paper, where the proof lies open.
func receiptDetails(_ receipt: ComplaintReceipt, isOpen: Bool = false) -> HTML {
  """
  \(definitionList([
    ("编号", "\(receipt.number)"),
    ("收到时间", "\(ShanghaiTime.hourText(receipt.receivedAt))"),
  ]))
  <details class="receipt-proof"\(attribute: "open", if: isOpen)><summary>平台签名，可用来证明您交过这份材料</summary>
  <p class="hint">下面几行写着编号、时间、内容摘要（SHA-256）和平台签名（Ed25519），里面没有查询码，也没有您的信息。\
  原样存成文件，以后可以用<a href="\(path: Paths.receiptKey)">平台公钥</a>和命令 portal receipt verify \
  核对：内容有没有收到、有没有被改动过。</p>
  <pre class="receipt-text" id="receipt-text" tabindex="0">\(receipt.text)</pre>
  </details>

  """
}

/// What a reload of the receipt finds.
struct ReceiptGonePage {
  var html: HTML {
    """
    \(pageHeader("查询码只显示一次", lead: "为了保护您，回执显示过以后就不能再打开。"))
    \(notice(.neutral, """
      <ul>
      <li>已经记下查询码：可以直接查询办理情况。</li>
      <li>没来得及记：如果用浏览器的“后退”能回到刚才填好的表（内容还在），不要改动，再提交一次。\
      不会重复保存，会再给您同一张回执和同一个查询码。</li>
      <li>回不去了：查询码无法找回，可以重新举报一次，并写明之前已经举报过。</li>
      </ul>
      """))
    <div class="form-actions">\(buttonLink("查询办理情况", Paths.complaintTrack.link))\
    \(buttonLink("重新填表", Paths.complaintNew.link, isPrimary: false))</div>
    """
  }
}
