import Domain
import Foundation
import Ground
import HTML
import Pages
import Web

struct TokenListPage {
  let lines: [TokenLine]
  let count: Int
  let filter: TokenFilter

  var html: HTML {
    """
    \(filters)\
    \(dataTable(
      caption: "接口令牌", columns: Self.columns(at: filter.now) + [Column("操作", revoking)],
      rows: Array(lines.prefix(TokenFilter.pageSize)),
      empty: emptyState(
        "没有符合条件的令牌", hint: "别的系统要接入时，为它签发一个令牌。",
        action: buttonLink("签发令牌", Paths.adminTokenNew.link))))\
    \(pager(next: next, previous: nil, countText: "共 \(count) 个令牌"))
    """
  }

  private var filters: HTML {
    filterBar(action: Paths.adminTokens.link) {
      """
      \(filterText("q", label: "系统或账号", value: filter.text))\
      \(filterSelect(
        "state", label: "状态", options: TokenState.allCases.map { ($0.rawValue, $0.title) },
        selected: filter.state?.rawValue))
      """
    }
  }

  /// Without the buttons.
  static func columns(at now: Date) -> [Column<TokenLine>] {
    [
      Column("系统", text: \.name),
      Column("状态", tag: { ($0.state(at: now).title, $0.state(at: now).kind) }),
      Column(
        "代表账号", text: { "\($0.account)（\($0.role.title)）\($0.isAccountDisabled ? "，账号已停用" : "")" }),
      Column("范围", text: { "\($0.areaName)（\($0.area.rawValue)）" }),
      Column(
        "权限", text: { $0.permissions.map { APIPermissions.title(of: $0) }.joined(separator: "；") }),
      Column("最近使用", shown: { seenText($0.lastUsedAt) }),
      Column("到期", text: { String(tableTime($0.expiresAt).prefix(16)) }),
      Column("签发", text: { "\($0.createdByName)，\(tableTime($0.createdAt).prefix(16))" }),
    ]
  }

  private func revoking(_ line: TokenLine) -> HTML {
    guard line.revokedAt == nil else {
      return "\(line.revokedByName ?? "")，\(seenText(line.revokedAt))"
    }
    return """
      <a href="\(path: Paths.adminTokenRevocation.link(line.id))">撤销\
      <span class="visually-hidden">：\(line.name)</span></a>
      """
  }

  private var next: Link? {
    guard lines.count > TokenFilter.pageSize else { return nil }
    return filter.link.query("before", lines[TokenFilter.pageSize - 1].id.description)
  }
}

extension TokenFilter {
  /// The list narrowed to this, from its beginning.
  var link: Link {
    Paths.adminTokens.link.query("q", text).query("state", state?.rawValue)
  }
}

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
