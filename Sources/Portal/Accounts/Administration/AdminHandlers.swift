import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/admin`: where the three administrators come home to. None of them sees business data.
struct AdminHandlers: Sendable {
  let services: Services

  /// `GET /admin`
  func showHome(_ request: WebRequest) async throws -> WebResponse {
    let actor = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    let home = try await services.databases.read(as: actor) { tx in
      let missing = try tx.accountChecklist(for: actor)
      return actor.may(.viewAudit)
        ? AdminHome(role: actor.role, missing: missing, events: try tx.one(auditDay(today)))
        : AdminHome(role: actor.role, missing: missing, lines: try tx.all(allAccountLines()))
    }
    return try await services.deskPage(
      request, title: actor.role.title, lead: AdminHome.lead(of: actor.role), home.html)
  }
}

struct AdminHome: Sendable {
  let role: Role
  /// What a county's work still waits for.
  let missing: AccountChecklist?
  var lines: [AccountLine] = []
  /// What the audit administrator sees instead of accounts.
  var events: AuditDay?

  static func lead(of role: Role) -> String {
    switch role {
    case .systemAdmin: "管账号、区划和节假日：建立、更正、停用账号，重设密码，补充区划、站点信息，登记放假安排。"
    case .securityAdmin: "管登录安全：解除锁定、结束登录、查看安全策略。"
    case .auditAdmin: "看审计记录：谁在什么时候对哪一条数据做了什么。"
    case .housingOfficer, .housingLead, .civilAffairs, .naturalResources, .publicSecurity,
      .townOfficer, .counterClerk, .taskForce, .inspector, .cityViewer:
      ""
    }
  }

  var html: HTML {
    """
    \(missing?.html ?? HTML())\(figures)\
    \(panel("可以做什么", "<ul>\(tasks, { "<li><a href=\"\(path: $0.1)\">\($0.0)</a>：\($0.2)</li>" })</ul>\n"))\
    \(panel("三员分立", "<p>系统管理员管账号和设置，安全管理员管登录安全，审计管理员只看审计记录。三者互不兼任，都看不到业务数据。</p>\n"))
    """
  }

  private var figures: HTML {
    guard let events else { return accountFigures }
    let total = "今天共 \(events.all) 条"
    return figureCards([
      figureCard("今天的记录", value: "\(events.all)", denominator: "条", link: Paths.adminAudit.link),
      figureCard(
        "其中失败的登录", value: "\(events.failedSignIns)", denominator: total,
        kind: events.failedSignIns > 0 ? .warn : .neutral),
      figureCard("其中管理员的操作", value: "\(events.byAdministrators)", denominator: total),
      figureCard(
        "今天大量查看号码的账号", value: "\(events.manyReveals)", denominator: "个",
        kind: events.manyReveals > 0 ? .alert : .neutral,
        link: Paths.adminAudit.link.query("action", "person.reveal_many")),
    ])
  }

  private var accountFigures: HTML {
    let disabled = lines.count { $0.isDisabled }
    let waiting = lines.count { $0.mustChangePassword && !$0.isDisabled }
    let online = lines.count { $0.lastSeenAt != nil }
    let total = "共 \(lines.count) 个账号"
    return figureCards([
      figureCard("有登录会话", value: "\(online)", denominator: total),
      figureCard("已停用", value: "\(disabled)", denominator: total),
      figureCard(
        "尚未改初始密码", value: "\(waiting)", denominator: total,
        kind: waiting > 0 ? .warn : .neutral),
    ])
  }

  private var tasks: [(String, Link, String)] {
    let all: [(Permission, (String, Link, String))] = [
      (.manageAccounts, ("账号", Paths.adminAccounts.link, "建立、更正、停用、启用账号，重设密码")),
      (.manageAreas, ("区划", Paths.adminAreas.link, "增加、更名乡镇，改公开页面的主办单位、联系方式和页脚")),
      (.manageHolidays, ("节假日", Paths.adminHolidays.link, "登记国务院办公厅公布的放假和调休上班，期限按它推算")),
      (.manageTokens, ("接口令牌", Paths.adminTokens.link, "为别的系统签发、撤销调用接口的令牌")),
      (.manageSecurity, ("登录安全", Paths.adminSecurity.link, "被锁定的账号、正在进行的登录、密码和锁定策略")),
      (.viewAudit, ("审计记录", Paths.adminAudit.link, "按账号、操作、日期查询，查看每次改动前后的内容")),
      (.viewAudit, ("窗口查询统计", Paths.adminAuditCounter.link, "谁在窗口查询多、办理少")),
    ]
    return all.filter { role.permissions.contains($0.0) }.map(\.1)
      + [("修改密码", Paths.password.link, "本人的登录密码")]
  }
}
