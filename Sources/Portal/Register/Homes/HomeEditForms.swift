import Domain
import HTML
import Pages
import Postgres
import Web

/// Homes are entered one by one, and corrected.
struct HomeEditForms: Sendable {
  let services: Services

  /// `/desk/estates/:id/homes/new`
  var creation: EditForm<EstateID, EstateSummary, TypedHome, HomeID> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, estate, _ in try tx.found(estateSummary(estate)) },
      page: { estate, frame in
        EditPage(
          title: "登记房源", lead: estate.name,
          breadcrumbs: [
            ("项目与房源", Paths.deskEstates.link), (estate.name, Paths.deskEstate.link(estate.id)),
          ],
          panel(
            "房源",
            frame.form(
              action: Paths.deskEstateHomes.link(estate.id), button: "登记",
              homeFields(frame.view, nil, states: HomeState.choices(isLeased: false)))))
      },
      read: { checker, _ in TypedHome(&checker) },
      write: { tx, typed, edit in try tx.createHome(in: edit.id, typed, by: edit.editor) },
      done: { id, typed, _ in (Paths.deskHome.link(id), "已登记房源 \(typed.place)。") })
  }

  struct Seen: Sendable {
    let home: HomeDetail
    let states: [HomeState]
  }

  /// `/desk/homes/:id/edit`
  var change: EditForm<HomeID, Seen, TypedHome, Void> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, id, _ in
        let home = try tx.found(homeDetail(id))
        var states = HomeState.choices(isLeased: try tx.hasRunningLease(id))
        if !states.contains(home.state) { states.insert(home.state, at: 0) }
        return Seen(home: home, states: states)
      },
      history: { id, seen in EditHistory(.row(.homes, id.rawValue), version: seen.home.version) },
      page: changePage,
      read: { checker, _ in TypedHome(&checker) },
      write: { tx, typed, edit in
        try tx.changeHome(edit.id, to: typed, version: edit.version, by: edit.editor)
      },
      done: { _, _, id in (Paths.deskHome.link(id), "已保存。") })
  }

  @Sendable private func changePage(
    _ seen: EditSeen<HomeID, Seen>, _ frame: EditFrame
  ) -> EditPage {
    EditPage(
      title: "修改房源", lead: "\(seen.home.estateName) \(seen.home.place)",
      breadcrumbs: [
        (seen.home.estateName, Paths.deskEstate.link(seen.home.estate)),
        (seen.home.place, Paths.deskHome.link(seen.id)),
      ],
      panel(
        "房源",
        frame.form(
          action: Paths.deskHome.link(seen.id), button: "保存",
          homeFields(frame.view, seen.home, states: seen.states))))
  }
}
