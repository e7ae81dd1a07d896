import Domain
import HTML
import Pages
import Web

/// Where something of the register is deleted, or why it cannot be.
struct DeletionPage: Sendable {
  /// Such as 房源.
  let what: String
  let name: String
  let scope: ChangeScope
  let version: Int
  let uses: [RegisterUse]
  /// What goes with it.
  var loss = ""
  /// What to do with what is used.
  let instead: String
  let crumbs: [(String, Link)]
  /// Where one is then.
  let after: Link
  /// Whether a home is free then, and somebody has to say what it is.
  var asksHomeState = false

  func edit(_ frame: EditFrame, at link: Link) -> EditPage {
    EditPage(
      title: "删除\(what)", lead: "\(what) \(name)", breadcrumbs: crumbs,
      uses.isEmpty ? confirmation(frame, link) : refusal(frame))
  }

  private func confirmation(_ frame: EditFrame, _ link: Link) -> HTML {
    panel(
      "删除\(what)“\(name)”",
      """
      <p>只有误登记、还没有用过的\(what)可以删除。\(loss)删除后不能恢复；谁在什么时候因为什么删除，记入审计记录。</p>
      <div class="destructive">\(frame.form(
        action: link, button: "确认删除",
        (asksHomeState ? homeStateField(frame.view, "删除后房屋的状态") : HTML())
          + frame.view.input(
            DeletionForms.reason, "删除原因", hint: "例如 重复登记、登错了项目。不要写姓名和证件号码。", maxlength: 200)))</div>
      """)
  }

  private func refusal(_ frame: EditFrame) -> HTML {
    (frame.answer.isOvertaken
      ? notice(.alert, "<p><strong>您打开页面以后，这个\(what)已被使用或修改，没有删除。</strong></p>") : HTML())
      + panel(
        "不能删除\(what)“\(name)”",
        """
        <p>它已经用过，删除会使这些记录失去依据：</p>
        <ul>\(uses, { "<li>\($0.text)</li>" })</ul>
        <p>\(instead)</p>
        <p>\(buttonLink("返回", crumbs.last?.1 ?? Paths.deskEstates.link, isPrimary: false))</p>
        """)
  }
}
