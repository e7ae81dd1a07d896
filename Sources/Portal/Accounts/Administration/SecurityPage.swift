import Domain
import Ground
import HTML
import Pages

struct SecurityPage {
  let locked: [LockedAccount]
  let online: [OnlineAccount]
  let policy: PasswordPolicy
  let csrf: String

  var html: HTML {
    """
    \(panel("暂时不能登录的账号", lockedTable))\
    \(panel("正在登录", onlineTable))\
    \(panel("密码要求", policyList(policy)))\
    \(panel("登录限制", limits))
    """
  }

  private var lockedTable: HTML {
    dataTable(
      caption: "暂时不能登录的账号",
      columns: [
        Column("账号") { HTML(text: $0.line.account) },
        Column("姓名") { HTML(text: $0.line.displayName) },
        Column("连续失败", numeric: true) { "\($0.failures) 次" },
        Column("解除时间") { HTML(text: tableTime($0.until)) },
        Column("操作") { button("解除锁定", Paths.adminUnlock.link($0.line.id), of: $0.line.account) },
      ], rows: locked,
      empty: emptyState("现在没有被锁定的账号", hint: "密码连续输错后，账号会自动锁定一段时间，到时自动解除。"))
  }

  private var onlineTable: HTML {
    dataTable(
      caption: "正在登录的账号",
      columns: [
        Column("账号") { HTML(text: $0.account) },
        Column("姓名") { HTML(text: $0.displayName) },
        Column("角色") { HTML(text: $0.role.title) },
        Column("登录数", numeric: true) { "\($0.sessions)" },
        Column("登录时间") { HTML(text: tableTime($0.since)) },
        Column("最近在线") { seenText($0.lastSeenAt) },
        Column("操作") { button("结束登录", Paths.adminSessionsEnd.link($0.id), of: $0.account) },
      ], rows: online, empty: emptyState("现在没有人登录"))
  }

  private func button(_ title: String, _ action: Link, of account: String) -> HTML {
    """
    <form method="post" action="\(path: action)">\
    <input type="hidden" name="csrf" value="\(csrf)">\
    <button class="button button-secondary" type="submit">\(title)\
    <span class="visually-hidden">：\(account)</span></button></form>
    """
  }

  private var limits: HTML {
    let (account, address) = (ThrottleRule.account, ThrottleRule.address)
    let rules = [
      "同一账号连续输错 \(account.free) 次后逐次加长等待，从 \(Int(account.firstDelay)) 秒起；输错 \(account.lockAfter) 次锁定 \(minutes(account.lockTime)) 分钟",
      "同一网络地址连续失败 \(address.free) 次后逐次加长等待；失败 \(address.lockAfter) 次锁定 \(minutes(address.lockTime)) 分钟",
      "本人登录过的浏览器单独计数，不受别人输错密码影响；锁定只影响登录，不影响已登录的人",
      "登录后 \(minutes(SessionLimits.idle)) 分钟无操作自动退出，最长 \(minutes(SessionLimits.absolute) / 60) 小时",
    ]
    return "<ul>\(rules, { "<li>\($0)</li>" })</ul>\n"
  }

  private func minutes(_ seconds: Double) -> Int { Int(seconds) / 60 }
}
