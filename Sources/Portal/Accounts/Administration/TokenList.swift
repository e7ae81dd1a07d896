import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

struct TokenFilter: ListFilter {
  /// Part of a name.
  var text: String?
  var state: TokenState?

  static var list: Link { Paths.adminTokens.link }

  static let fields: [FilterField<TokenFilter>] = [
    .words(\.text, "q", "系统或账号", max: 100) { text, _ in
      "(strpos(t.name, \(text)) > 0 OR strpos(a.account, \(text)) > 0)"
    },
    .choice(\.state, "state", "状态", titled: \.title) { state, asked in
      switch state {
      case .active: "t.revoked_at IS NULL AND t.expires_at > \(asked.now)"
      case .expired: "t.revoked_at IS NULL AND t.expires_at <= \(asked.now)"
      case .revoked: "t.revoked_at IS NOT NULL"
      }
    },
  ]
}

/// 接口令牌: the tokens of the administrator's area, the newest first.
struct TokenList: RecordList {
  var asked: ListRequest<TokenFilter>

  let title = "接口令牌"
  let lead = "别的系统凭令牌调用接口：每个系统一个，只给用得到的权限，停用时撤销。"
  var breadcrumbs: [(String, Link)] { [adminCrumb] }
  let entity = "api_tokens"
  let unit = "个令牌"

  let order = ListOrder<TokenLine>.descending(
    .key("t.id", \.id), paging: .onward("before", toFirst: false))
  let tables = TokenLine.tables
  let counting = ListCounting.exactly

  func query(_ part: ListPart) -> SQL { "SELECT \(TokenLine.columns) FROM \(part.rows)" }

  func countText(_ counted: Int, shown: Int) -> String? { "共 \(counted) 个令牌" }

  /// Without the buttons.
  var columns: [Column<TokenLine>] {
    [
      Column("系统", text: \.name),
      Column("状态", tag: { ($0.state(at: asked.now).title, $0.state(at: asked.now).kind) }),
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

  private var entry: HTML { buttonLink("签发令牌", Paths.adminTokenNew.link) }

  var actions: HTML { "\(entry) \(exportLinks(asked.filter.link))" }

  var empty: HTML {
    emptyState("没有符合条件的令牌", hint: "别的系统要接入时，为它签发一个令牌。", action: entry)
  }

  func body(_ page: ListPage<TokenList>) -> HTML {
    page.filters + page.table(columns + [Column("操作", revoking)]) + page.pager
  }
}
