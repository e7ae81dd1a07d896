import Domain
import Foundation
import Ground
import HTML
import Pages
import Web

/// Where a token is asked for.
struct TokenFormPage {
  let view: FormView
  let accounts: [TokenAccount]
  let csrf: String

  var html: HTML {
    guard !accounts.isEmpty else {
      return emptyState("没有可以代表的账号", hint: "先为使用接口的单位建立账号，再签发令牌。")
    }
    return panel(
      "令牌",
      view.form(
        action: Paths.adminTokens.link, csrf: csrf, button: "签发",
        """
        \(view.input("name", "系统名称", hint: "如 不动产登记系统", maxlength: 60, autocomplete: "off"))\
        \(view.select(
          "account", "代表哪个账号",
          options: accounts.map { one in
            (one.principal.account, "\(one.principal.account)（\(one.principal.role.title)，\(one.principal.area)）")
          }, hint: "系统所做的一切都记在这个账号名下，权限不会多于它"))\
        \(view.checkboxes(
          "permission", "可以做什么",
          options: APIPermissions.all.map { ($0.permission.rawValue, $0.title) },
          hint: "只选用得到的；账号没有的权限不能给"))\
        \(view.input(
          "area", "范围（区划代码）", hint: "不填为账号的全部范围；如只给一个乡镇，填它的 9 位代码", required: false,
          maxlength: 9, autocomplete: "off", inputmode: "numeric"))\
        \(view.input(
          "days", "有效天数", type: .number, value: "180", hint: "1 至 \(NewToken.longest) 天，到期前再签发新的"))
        """))
  }
}

/// Shows the token, once.
func freshTokenPage(_ token: APIToken, named name: String) -> HTML {
  """
  \(notice(.warn, "<p>这个令牌只显示这一次，离开本页后无法再看到。请用安全的办法交给“\(name)”的维护人员，不要写在群里。</p>"))\
  \(panel("\(name) 的令牌", """
    <p class="fresh-password"><code>\(token.text)</code></p>
    <p>调用时放在请求头：<code>Authorization: Bearer 令牌</code>。接口说明：\
    <a href="\(path: Paths.apiDescription)">\(Paths.apiDescription.pattern)</a></p>
    <p>\(buttonLink("返回令牌清单", Paths.adminTokens.link))</p>

    """))
  """
}
