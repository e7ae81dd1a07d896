import Domain
import Ground
import HTML
import Pages

struct AccountListPage {
  let lines: [AccountLine]
  let count: Int
  let filter: AccountFilter
  /// Who looks: nobody changes their own account here.
  let actor: AccountID
  let csrf: String

  var html: HTML {
    """
    \(filters)\
    \(dataTable(
      caption: "账号", columns: Self.columns + [Column("操作", actions)], rows: Array(lines.prefix(AccountFilter.pageSize)),
      empty: emptyState("没有符合条件的账号", hint: "换一个条件，或点“清除”查看全部。")))\
    \(pager(next: next, previous: nil, countText: "共 \(count) 个账号"))
    """
  }

  private var filters: HTML {
    filterBar(action: Paths.adminAccounts.link) {
      """
      \(filterText("q", label: "账号或姓名", value: filter.text))\
      \(filterSelect(
        "role", label: "角色", options: Role.allCases.map { ($0.rawValue, $0.title) },
        selected: filter.role?.rawValue))\
      \(filterSelect(
        "state", label: "状态", options: [("active", "正常"), ("disabled", "已停用")],
        selected: filter.isDisabled.map { $0 ? "disabled" : "active" }))
      """
    }
  }

  /// Without the buttons.
  static var columns: [Column<AccountLine>] {
    [
      Column("账号", text: \.account),
      Column("姓名", text: \.displayName),
      Column("角色", text: \.role.title),
      Column("区划", text: { "\($0.areaName)（\($0.area.rawValue)）" }),
      Column("状态", shown: accountTag),
      Column("最近在线", shown: { seenText($0.lastSeenAt) }),
    ]
  }

  private func actions(_ line: AccountLine) -> HTML {
    guard line.id != actor else { return "本人" }
    let reset: HTML = """
      <a href="\(path: Paths.adminAccountPassword.link(line.id))">重设密码\
      <span class="visually-hidden">：\(line.account)</span></a>
      """
    return """
      <div class="row-actions">\(if: !line.role.isAdministrator, reset)
      \(if: line.isDisabled, enabling(line), else: disabling(line))</div>
      """
  }

  private func disabling(_ line: AccountLine) -> HTML {
    """
    <a href="\(path: Paths.adminAccountDisabling.link(line.id))">停用\
    <span class="visually-hidden">：\(line.account)</span></a>
    """
  }

  private func enabling(_ line: AccountLine) -> HTML {
    """
    <form method="post" action="\(path: Paths.adminAccountEnabling.link(line.id))">\
    <input type="hidden" name="csrf" value="\(csrf)">\
    <input type="hidden" name="version" value="\(line.version)">\
    <button class="button button-secondary" type="submit">启用\
    <span class="visually-hidden">：\(line.account)</span></button></form>
    """
  }

  private var next: Link? {
    guard lines.count > AccountFilter.pageSize else { return nil }
    return filter.link.query("after", lines[AccountFilter.pageSize - 1].account)
  }
}

extension AccountFilter {
  /// The list narrowed to this, from its beginning.
  var link: Link {
    Paths.adminAccounts.link.query("q", text).query("role", role?.rawValue)
      .query("state", isDisabled.map { $0 ? "disabled" : "active" })
  }
}

func accountTag(_ line: AccountLine) -> HTML {
  if line.isDisabled { return tag("已停用", .neutral) }
  return line.mustChangePassword ? tag("待改密码", .warn) : tag("正常", .ok)
}

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
