package import Domain
package import HTML
package import Pages

/// What somebody is given on paper so that they can sign in for the first time.
package struct SignInSlip: Sendable {
  let account: String
  let displayName: String
  let role: Role
  let areaName: String
  let password: String

  package init(
    account: String, displayName: String, role: Role, areaName: String, password: String
  ) {
    self.account = account
    self.displayName = displayName
    self.role = role
    self.areaName = areaName
    self.password = password
  }
}

/// The slips of new accounts on sheets of paper, one below the other, to be cut apart. Their passwords are shown
/// here and nowhere again.
///
/// - Parameter address: what people type into their browser; left out where it is not known.
package func signInSlips(
  _ slips: [SignInSlip], site: SiteSettings, address: String?, back: Link
) -> HTML {
  PrintPage(
    title: "首次登录单", site: site, back: back,
    body: """
      <div class="no-print">\(notice(.warn, """
        <p><strong>初始密码只显示这一次，离开本页后无法再看到。</strong>\
        请现在打印，沿虚线裁开，当面交给本人。</p>
        """))</div>
      \(slips.map { slip($0, address: address) })
      """
  ).html
}

private func slip(_ slip: SignInSlip, address: String?) -> HTML {
  """
  <section class="slip"><h2>\(slip.displayName)（\(slip.role.title)，\(slip.areaName)）</h2>
  <dl class="definitions"><div><dt>账号</dt><dd><code>\(slip.account)</code></dd></div>\
  <div><dt>初始密码</dt><dd><code class="fresh-password">\(slip.password)</code></dd></div>\
  \(ifLet: address, { "<div><dt>登录地址</dt><dd>\($0)\(Paths.login.pattern)</dd></div>" })</dl>
  <p class="hint">首次登录后必须先改成自己的密码。密码区分大小写，连字符也要输入。</p></section>

  """
}
