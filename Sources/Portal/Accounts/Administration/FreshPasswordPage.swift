import HTML
import Pages

/// Shows a new password, once.
func freshPasswordPage(_ password: String, for line: AccountLine) -> HTML {
  """
  \(notice(.warn, "<p>这个密码只显示这一次，离开本页后无法再看到。请当面或电话告诉\(line.displayName)本人，不要写在群里。</p>"))\
  \(panel("\(line.account) 的新密码", """
    <p class="fresh-password"><code>\(password)</code></p>
    <p>\(line.displayName)登录后必须先改成自己的密码。</p>
    <p>\(buttonLink("返回账号列表", Paths.adminAccounts.link))</p>

    """))
  """
}
