import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// What a county's pages say of themselves, as somebody typed it.
struct TypedSite: Sendable {
  let title: String
  let organiser: String?
  let contact: String?
  let siteCode: String?
  let icpRecord: String?
  let policeRecord: String?

  init?(_ checker: inout FormChecker) {
    let title = checker.column("title", "门户名称", max: 40)
    organiser = checker.column("organiser", "主办单位", max: 100, required: false)
    contact = checker.column("contact", "联系方式", max: 100, required: false)
    siteCode = checker.column("site_code", "网站标识码", max: 40, required: false)
    icpRecord = checker.column("icp_record", "ICP备案号", max: 60, required: false)
    policeRecord = checker.column("police_record", "公安备案号", max: 60, required: false)
    guard checker.isValid, let title else { return nil }
    self.title = title
  }

  fileprivate init(_ line: SiteLine) {
    title = line.title
    organiser = line.organiser
    contact = line.contact
    siteCode = line.siteCode
    icpRecord = line.icpRecord
    policeRecord = line.policeRecord
  }

  fileprivate var audited: [String: String] {
    [
      "title": title, "organiser": organiser ?? "", "contact": contact ?? "",
      "site_code": siteCode ?? "", "icp_record": icpRecord ?? "",
      "police_record": policeRecord ?? "",
    ]
  }
}

/// `/admin/areas/:id/site`: of the county, or of the county that a township lies in.
struct SiteForm: Sendable {
  let services: Services

  var form: EditForm<AreaCode, SiteLine, TypedSite, Void> {
    EditForm(
      services,
      load: { tx, code, asked in
        guard asked.principal.area.contains(code), let county = code.county else {
          throw WebError.notFound
        }
        return try tx.found(siteLine(county))
      },
      history: { _, line in EditHistory(version: line.version) },
      page: { seen, frame in
        EditPage(
          title: "站点信息", lead: "\(seen.countyName)的公开页面怎样称呼自己，页脚写什么。", breadcrumbs: areaCrumbs,
          panel("站点信息", body(seen.model, frame)))
      },
      read: { checker, _ in TypedSite(&checker) },
      write: { tx, typed, edit in
        guard let county = edit.id.county else { throw WebError.notFound }
        let before = TypedSite(try tx.found(siteLine(county)))
        guard try tx.one(change(of: county, to: typed, version: edit.version)) else {
          throw EditProblem.overtaken
        }
        try tx.audit(
          AuditEvent(
            action: .changeSite, entity: "site_settings", entityID: county.rawValue,
            before: before.audited, after: typed.audited), by: edit.editor.origin)
      },
      done: { _, _, _ in (Paths.adminAreas.link, "站点信息已保存，公开页面随即更新。") },
      follow: { _, _ in _ = try? await services.site.refresh() })
  }
}

private func change(of county: AreaCode, to typed: TypedSite, version: Int) -> Query<Bool> {
  Query(
    """
    SELECT change_site(\(county), \(version)::integer, \(typed.title), \(optional: typed.organiser),
      \(optional: typed.contact), \(optional: typed.siteCode), \(optional: typed.icpRecord),
      \(optional: typed.policeRecord))
    """)
}

private func body(_ site: SiteLine, _ frame: EditFrame) -> HTML {
  let view = frame.view
  func item(_ name: String, _ label: String, _ value: String?, _ hint: String, _ max: Int) -> HTML {
    view.input(
      name, label, value: value, hint: hint, required: false, maxlength: max, autocomplete: "off")
  }
  return frame.form(
    action: Paths.adminAreaSite.link(site.area), button: "保存",
    view.input("title", "门户名称", value: site.title, maxlength: 40)
      + item("organiser", "主办单位", site.organiser, "如 清流县住房和城乡建设局", 100)
      + item("contact", "联系方式", site.contact, "群众能打通的电话和地址", 100)
      + item("site_code", "网站标识码", site.siteCode, "政府网站标识码，没有的不填", 40)
      + item("icp_record", "ICP备案号", site.icpRecord, "没有的不填", 60)
      + item("police_record", "公安备案号", site.policeRecord, "没有的不填", 60))
}
