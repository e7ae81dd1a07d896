import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// Areas are added and renamed, by the administrator of the county or city that they lie in.
struct AreaForms: Sendable {
  let services: Services
  let codes: AreaCatalogue

  /// `/admin/areas/new`
  var addition: EditForm<Void, [AreaLine], [TypedPlace], Void> {
    EditForm(
      services,
      load: { tx, _, asked in try tx.all(areaLines(around: asked.principal.area)) },
      page: { seen, frame in
        EditPage(
          title: "增加区划", lead: "一行一个：代码、空格、名称。", breadcrumbs: areaCrumbs,
          panel(
            "增加区划",
            frame.form(
              action: Paths.adminAreaNew.link, button: "增加",
              frame.view.textarea(
                "places", "代码和名称", rows: 6, value: missing(seen.model, seen.asked.principal.area),
                hint: "如 350423102 嵩口镇。乡镇代码 9 位，以县代码开头；上级为市的管理员也可以增加 6 位代码的县。",
                maxlength: 4000))))
      },
      read: { checker, seen in
        let own = seen.asked.principal.area
        guard let text = checker.paragraph("places", "代码和名称", max: 4000) else { return nil }
        var lines = PlaceLines(
          text, in: own, levels: own.level == .county ? [.township] : [.county, .township])
        lines.refuse(known: seen.model)
        if let problem = lines.problem { checker.fail("places", problem) }
        return lines.places
      },
      write: { tx, typed, edit in
        for place in typed.sorted(by: { $0.code.level.digits < $1.code.level.digits }) {
          guard try tx.addArea(place) else {
            throw EditProblem.field("places", "\(place.code) 刚刚已由别人增加，请去掉这一行")
          }
          try tx.audit(
            AuditEvent(
              action: .addArea, entity: "areas", entityID: place.code.rawValue,
              after: ["name": place.name]), by: edit.editor.origin)
        }
      },
      done: { _, typed, _ in
        (Paths.adminAreas.link, "已增加\(typed.map(\.name).joined(separator: "、"))。")
      },
      follow: { _, _ in _ = try? await services.site.refresh() })
  }

  /// What the list of codes has and the county has not, to begin with.
  private func missing(_ lines: [AreaLine], _ own: AreaCode) -> String? {
    guard own.level == .county else { return nil }
    let known = Set(lines.map(\.code))
    let left = codes.townships(of: own).filter { !known.contains($0.code) }
    return left.isEmpty || left.count == codes.townships(of: own).count && known.count > 20
      ? nil : left.map { "\($0.code) \($0.name)" }.joined(separator: "\n")
  }

  /// `/admin/areas/:id/name`
  var renaming: EditForm<AreaCode, AreaLine, String, Void> {
    EditForm(
      services, load: { tx, code, asked in try tx.ownArea(code, asked.principal) },
      history: { _, line in EditHistory(version: line.version) },
      page: { seen, frame in
        EditPage(
          title: "区划更名", lead: "\(seen.name)（\(seen.model.code)）", breadcrumbs: areaCrumbs,
          panel(
            "区划更名",
            frame.form(
              action: Paths.adminAreaName.link(seen.model.code), button: "保存",
              frame.view.input(
                "name", "名称", value: seen.name, hint: "代码不能改：代码写错的，按正确的代码增加一个。",
                maxlength: AreaName.longest))))
      },
      read: { checker, _ in checker.column("name", "名称", max: AreaName.longest) },
      write: { tx, name, edit in
        let before = try tx.found(areaLine(edit.id))
        guard
          try tx.one(
            Query<Bool>("SELECT rename_area(\(edit.id), \(edit.version)::integer, \(name))"))
        else { throw EditProblem.overtaken }
        try tx.audit(
          AuditEvent(
            action: .renameArea, entity: "areas", entityID: edit.id.rawValue,
            before: ["name": before.name], after: ["name": name]), by: edit.editor.origin)
      },
      done: { _, name, _ in (Paths.adminAreas.link, "已更名为“\(name)”。") },
      follow: { _, _ in _ = try? await services.site.refresh() })
  }
}

extension Transaction {
  /// An area of the administrator's, or 404.
  func ownArea(_ code: AreaCode, _ principal: Principal) throws -> AreaLine {
    guard principal.area.contains(code) else { throw WebError.notFound }
    return try found(areaLine(code))
  }

  /// - Returns: false where it is there already.
  fileprivate func addArea(_ place: TypedPlace) throws -> Bool {
    let site = try json(SiteTexts())
    return try one(
      Query<Bool>("SELECT add_area(\(place.code), \(place.name), \(site)::jsonb)"))
  }

  func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }
}

/// What the pages of a new county say.
struct SiteTexts: Encodable, Sendable {
  var title = CountyTexts.title
  var bureaus = CountyTexts.bureaus
  var organiser: String?
  var contact: String?
}
