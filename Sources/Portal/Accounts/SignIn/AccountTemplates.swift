import Domain
import HTML
import Pages
import Web

func signInPage(form: FormView, next: String?, csrf: String) -> HTML {
  """
  <h1>工作人员登录</h1>
  <p class="lead">供各单位经办人员使用。群众举报和查询不需要登录。</p>
  \(form.form(
    action: Paths.login.link, csrf: csrf, button: "登录",
    """
    \(form.input("account", "账号", maxlength: 60, autocomplete: "username"))\
    \(form.input("password", "密码", type: .password, autocomplete: "current-password"))\
    \(ifLet: next, { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">\n" })
    """))
  <p class="hint">忘记密码，请找本县的系统管理员重设。</p>
  """
}

struct PasswordPage {
  let form: FormView
  let csrf: String
  let policy: PasswordPolicy
  /// Whether the account may do nothing else before.
  let isForced: Bool

  var html: HTML {
    """
    \(if: isForced, notice(.warn, "<p>这是首次登录，或密码已由管理员重设：请先换成只有您自己知道的密码，再开始工作。</p>"))\
    \(panel("修改密码", passwordForm))\
    \(panel("密码要求", policyList(policy)))
    """
  }

  private var passwordForm: HTML {
    form.form(
      action: Paths.password.link, csrf: csrf, button: "修改密码",
      """
      \(form.input(
        "current_password", "当前密码", type: .password, autocomplete: "current-password"))\
      \(form.input("new_password", "新密码", type: .password, autocomplete: "new-password"))\
      \(form.input(
        "new_password_again", "再次输入新密码", type: .password, autocomplete: "new-password"))
      <p class="hint">修改后，您在其他设备上的登录会立即失效。</p>
      """)
  }
}

/// The policy in words.
func policyList(_ policy: PasswordPolicy) -> HTML {
  let rules = [
    "至少 \(policy.minimumLength) 个字符，最多 \(policy.maximumLength) 个",
    "混用大写字母、小写字母、数字、符号中的至少 \(policy.minimumClasses) 种",
    "不是常见密码，不含账号名",
  ]
  return "<ul>\(rules, { "<li>\($0)</li>" })</ul>\n"
}
