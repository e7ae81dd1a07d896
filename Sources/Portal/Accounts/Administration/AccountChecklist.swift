import Domain
import HTML
import Pages
import Postgres

/// The accounts without which a county's work does not begin, as its three administrators see it on their desks.
/// Read from the accounts themselves: it goes when nothing is missing.
struct AccountChecklist: Sendable {
  /// Roles of which a county has at least one account; the townships' own come beside them.
  static let needed: [Role] = [
    .housingOfficer, .housingLead, .civilAffairs, .naturalResources, .publicSecurity, .taskForce,
  ]

  let actor: Principal
  let standings: [RoleStanding]
  /// The county's.
  let townships: [AccountPlace]

  var html: HTML {
    let needs = needs
    guard !needs.isEmpty else { return HTML() }
    return panel(
      "开始工作前，还差 \(needs.count) 项", actions: making,
      "<p>\(lead)</p>\n"
        + dataTable(
          caption: "还要做的事",
          columns: [
            Column<Need>("账号") { "\($0.title)" },
            Column("情况") { need -> HTML in "\(tag(need.state, .warn)) \(need.remedy)" },
          ], rows: needs, empty: HTML()))
  }

  private var making: HTML {
    guard actor.may(.manageAccounts) else { return HTML() }
    return buttonLink("新建账号", Paths.adminAccountNew.link, isPrimary: false)
      + buttonLink("从表格建立", Paths.adminAccountImport.link, isPrimary: false)
  }

  private var lead: String {
    actor.may(.manageAccounts)
      ? "各单位有了账号，才能登录办理。人多的，可以从表格一次建立。" : "账号由系统管理员建立，这里只看进度。"
  }

  struct Need {
    let title: String
    let state: String
    var remedy = HTML()
  }

  var needs: [Need] { administrators + units + towns }

  /// The three were made with the county; they have still to come in.
  private var administrators: [Need] {
    Role.allCases.filter { $0.isAdministrator && $0 != actor.role }.compactMap {
      role -> Need? in
      let own = standings.filter { $0.role == role }
      guard !own.contains(where: \.hasSignedIn) else { return nil }
      return own.isEmpty
        ? Need(
          title: role.title, state: "没有账号", remedy: "请运维人员用命令 <code>portal account create</code> 建立"
        )
        : Need(title: role.title, state: "还没有登录过", remedy: "请本人用首次登录单登录，改成自己的密码")
    }
  }

  private var units: [Need] {
    Self.needed.filter { role in !standings.contains { $0.role == role } }.map {
      Need(title: $0.title, state: "没有账号")
    }
  }

  private var towns: [Need] {
    guard !townships.isEmpty else {
      return [
        Need(
          title: "乡镇", state: "没有乡镇",
          remedy: actor.may(.manageAreas)
            ? "<a href=\"\(path: Paths.adminAreas)\">先在“区划”里增加乡镇</a>" : HTML())
      ]
    }
    let served = Set(standings.filter { $0.role == .townOfficer }.map(\.area))
    let without = townships.filter { !served.contains($0.code) }
    guard !without.isEmpty else { return [] }
    let names = without.map(\.name).joined(separator: "、")
    return [
      Need(title: "乡镇：\(names)", state: "\(without.count) 个乡镇没有账号")
    ]
  }
}

/// Whether a role has an account in an area, and somebody has signed in to it.
struct RoleStanding: RowDecodable, Sendable {
  let role: Role
  let area: AreaCode
  /// The first password has been changed by whoever it was given to.
  let hasSignedIn: Bool

  init(_ row: Row) throws {
    role = try row("role")
    area = try row("area")
    hasSignedIn = try row("has_signed_in")
  }
}

extension Transaction {
  /// What is missing in the administrator's county; nil for who looks after several.
  func accountChecklist(for actor: Principal) throws -> AccountChecklist? {
    guard actor.area.level == .county else { return nil }
    let standings: Query<RoleStanding> = Query(
      """
      SELECT role, area, bool_or(NOT must_change_password) AS has_signed_in FROM accounts
      WHERE disabled_at IS NULL AND area ^@ \(actor.area)::text GROUP BY role, area
      """)
    return AccountChecklist(
      actor: actor, standings: try all(standings),
      townships: try all(accountPlaces(in: actor.area)).filter { $0.code.level == .township })
  }
}
