import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/admin/areas`: the county's townships, and what its pages say of it.
struct AreaHandlers: Sendable {
  let services: Services

  /// `GET /admin/areas`
  func listAreas(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let lines = try await services.databases.all(
      areaLines(around: principal.area), as: principal)
    return try await services.deskPage(
      request, title: "区划", lead: "漏建的乡镇在这里增加，名称有错的更名；公开页面的主办单位、联系方式和页脚在“站点信息”里改。",
      breadcrumbs: [("系统管理", Paths.admin.link)],
      actions: buttonLink(
        principal.area.level == .county ? "增加乡镇" : "增加县或乡镇", Paths.adminAreaNew.link),
      panel("区划", table(lines, of: principal)))
  }

  private func table(_ lines: [AreaLine], of principal: Principal) -> HTML {
    dataTable(
      caption: "区划",
      columns: [
        Column<AreaLine>("代码") { "\($0.code.rawValue)" },
        Column("名称") { "\($0.name)" },
        Column("级别") { "\($0.code.level.title)" },
        Column("操作") { line in
          principal.area.contains(line.code) ? buttons(line) : "上级区划"
        },
      ], rows: lines,
      empty: emptyState("还没有区划", hint: "请运维人员重新生成一次性建县地址。"))
  }

  private func buttons(_ line: AreaLine) -> HTML {
    let site: HTML = """
      <a href="\(path: Paths.adminAreaSite.link(line.code))">站点信息\
      <span class="visually-hidden">：\(line.name)</span></a>
      """
    return """
      <div class="row-actions"><a href="\(path: Paths.adminAreaName.link(line.code))">更名\
      <span class="visually-hidden">：\(line.name)</span></a>
      \(if: line.code.level == .county, site)</div>
      """
  }
}

let areaCrumbs: [(String, Link)] = [
  ("系统管理", Paths.admin.link), ("区划", Paths.adminAreas.link),
]
