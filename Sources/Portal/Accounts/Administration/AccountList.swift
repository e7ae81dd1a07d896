import Domain
import Ground
import HTML
import Pages
import Postgres

enum AccountStanding: String, CaseIterable, Sendable {
  case active
  case disabled

  var title: String {
    switch self {
    case .active: "正常"
    case .disabled: "已停用"
    }
  }
}

struct AccountFilter: ListFilter {
  /// Part of a name.
  var text: String?
  var role: Role?
  var standing: AccountStanding?

  static var list: Link { Paths.adminAccounts.link }

  static let fields: [FilterField<AccountFilter>] = [
    .words(\.text, "q", "账号或姓名", max: 100) { text, _ in
      "(strpos(a.account, \(text)) > 0 OR strpos(a.display_name, \(text)) > 0)"
    },
    .choice(\.role, "role", "角色", titled: \.title) { "a.role = \($0)" },
    .choice(\.standing, "state", "状态", titled: \.title) { standing in
      switch standing {
      case .active: "a.disabled_at IS NULL"
      case .disabled: "a.disabled_at IS NOT NULL"
      }
    },
  ]
}

/// 账号: the accounts of the administrator's area, by name.
struct AccountList: RecordList {
  var asked: ListRequest<AccountFilter>

  let title = "账号"
  let lead = "为每个经办人建立一个账号，更正姓名、角色、区划，停用离岗人员的账号，为忘记密码的人重设密码。"
  var breadcrumbs: [(String, Link)] { [adminCrumb] }
  let entity = "accounts"
  let unit = "个账号"

  let order = ListOrder<AccountLine>.ascending(
    .key("a.account", \.account), paging: .onward("after", toFirst: false))
  let tables = AccountLine.tables
  let counting = ListCounting.exactly

  func query(_ part: ListPart) -> SQL { "SELECT \(AccountLine.columns) FROM \(part.rows)" }

  func countText(_ counted: Int, shown: Int) -> String? { "共 \(counted) 个账号" }

  /// Without the buttons.
  var columns: [Column<AccountLine>] {
    [
      Column("账号", text: \.account),
      Column("姓名", text: \.displayName),
      Column("角色", text: \.role.title),
      Column("区划", text: { "\($0.areaName)（\($0.area.rawValue)）" }),
      Column("状态", shown: standing),
      Column("最近在线", shown: { seenText($0.lastSeenAt) }),
    ]
  }

  private func standing(_ line: AccountLine) -> HTML {
    if line.isDisabled { return tag("已停用", .neutral) }
    return line.mustChangePassword ? tag("待改密码", .warn) : tag("正常", .ok)
  }

  var actions: HTML {
    """
    \(buttonLink("新建账号", Paths.adminAccountNew.link)) \
    \(buttonLink("从表格建立", Paths.adminAccountImport.link, isPrimary: false)) \
    \(exportLinks(asked.filter.link))
    """
  }

  var empty: HTML { emptyState("没有符合条件的账号", hint: "换一个条件，或点“清除”查看全部。") }

  func body(_ page: ListPage<AccountList>) -> HTML {
    page.filters + page.table(columns + [Column("操作", buttons)]) + page.pager
  }
}

// MARK: - Buttons

extension AccountList {
  /// Nobody changes their own account here.
  private func buttons(_ line: AccountLine) -> HTML {
    guard line.id != asked.principal.accountID else { return "本人" }
    let reset: HTML = """
      <a href="\(path: Paths.adminAccountPassword.link(line.id))">重设密码\
      <span class="visually-hidden">：\(line.account)</span></a>
      """
    return """
      <div class="row-actions">\(correcting(line))
      \(if: !line.role.isAdministrator, reset)
      \(if: line.isDisabled, enabling(line), else: disabling(line))</div>
      """
  }

  private func correcting(_ line: AccountLine) -> HTML {
    """
    <a href="\(path: Paths.adminAccountCorrection.link(line.id))">更正\
    <span class="visually-hidden">：\(line.account)</span></a>
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
    <input type="hidden" name="csrf" value="\(asked.csrf)">\
    <input type="hidden" name="version" value="\(line.version)">\
    <button class="button button-secondary" type="submit">启用\
    <span class="visually-hidden">：\(line.account)</span></button></form>
    """
  }
}
