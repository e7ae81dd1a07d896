import Domain
import HTML
import Pages
import Postgres
import Web

/// Estates are entered and corrected.
struct EstateEditForms: Sendable {
  let services: Services

  /// `/desk/estates/new`
  var creation: EditForm<Void, [TownshipChoice], TypedEstate, EstateID> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, _, asked in try tx.all(townships(in: asked.principal.area)) },
      page: { seen, frame in
        EditPage(
          title: "登记项目", lead: "登记后再逐套登记房源，或用“导入”成批登记。",
          breadcrumbs: [("项目与房源", Paths.deskEstates.link)],
          panel(
            "项目",
            frame.form(
              action: Paths.deskEstates.link, button: "登记",
              estateFields(frame.view, nil, townships: seen.model))))
      },
      read: { checker, seen in TypedEstate(&checker, seen.asked.principal) },
      write: { tx, typed, edit in try tx.createEstate(typed, by: edit.editor) },
      done: { id, typed, _ in (Paths.deskEstate.link(id), "已登记项目\(typed.name)。") })
  }

  struct Seen: Sendable {
    let estate: EstateSummary
    let version: Int
    let choices: [TownshipChoice]
  }

  /// `/desk/estates/:id/edit`
  var change: EditForm<EstateID, Seen, TypedEstate, Void> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, id, asked in
        Seen(
          estate: try tx.found(estateSummary(id)),
          version: try tx.one(Query<Int>("SELECT version FROM estates WHERE id = \(id)")),
          choices: try tx.all(townships(in: asked.principal.area)))
      },
      history: { id, seen in EditHistory(.row(.estates, id.rawValue), version: seen.version) },
      page: changePage,
      read: { checker, seen in TypedEstate(&checker, seen.asked.principal) },
      write: { tx, typed, edit in
        try tx.changeEstate(edit.id, to: typed, version: edit.version, by: edit.editor)
      },
      done: { _, _, id in (Paths.deskEstate.link(id), "已保存。") })
  }

  @Sendable private func changePage(
    _ seen: EditSeen<EstateID, Seen>, _ frame: EditFrame
  ) -> EditPage {
    EditPage(
      title: "修改项目", lead: seen.estate.name,
      breadcrumbs: [
        ("项目与房源", Paths.deskEstates.link), (seen.estate.name, Paths.deskEstate.link(seen.id)),
      ],
      panel(
        "项目",
        frame.form(
          action: Paths.deskEstate.link(seen.id), button: "保存",
          estateFields(frame.view, seen.estate, townships: seen.choices))))
  }
}
