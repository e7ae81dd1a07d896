import Domain
import HTML
import Pages
import Postgres
import Web

/// Households are entered with their applicant, and corrected.
struct HouseholdEditForms: Sendable {
  let services: Services

  /// `/desk/households/new`
  var creation: EditForm<Void, [TownshipChoice], TypedHousehold, HouseholdEdit> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, _, asked in try tx.all(townships(in: asked.principal.area)) },
      page: { seen, frame in
        EditPage(
          title: "登记家庭", lead: "先登记申请人，保存后再增加成员、签订租约。",
          breadcrumbs: [("保障家庭", Paths.deskHouseholds.link)],
          panel(
            "家庭",
            frame.form(
              action: Paths.deskHouseholds.link, button: "登记",
              householdFields(frame.view, townships: seen.model))))
      },
      read: { checker, seen in TypedHousehold(&checker, seen.asked.principal) },
      write: { tx, typed, edit in try tx.createHousehold(typed, by: edit.editor) },
      done: { made, _, _ in
        (Paths.deskHousehold.link(made.household), "已登记家庭，接着可以增加成员、签订租约。\(made.warning)")
      })
  }

  struct Seen: Sendable {
    let household: HouseholdDetail
    let choices: [TownshipChoice]
  }

  struct Typed: Sendable {
    let township: AreaCode
    let category: HouseholdCategory
  }

  /// `/desk/households/:id/edit`
  var change: EditForm<HouseholdID, Seen, Typed, Void> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, id, asked in
        Seen(
          household: try tx.found(householdDetail(id)),
          choices: try tx.all(townships(in: asked.principal.area)))
      },
      history: { id, seen in EditHistory(.household(id), version: seen.household.version) },
      page: changePage,
      read: { checker, seen in
        let township = checker.township(seen.asked.principal)
        let category: HouseholdCategory? = checker.choice("category", "保障类别")
        guard let township, let category else { return nil }
        return Typed(township: township, category: category)
      },
      write: { tx, typed, edit in
        try tx.changeHousehold(
          edit.id, category: typed.category, township: typed.township, version: edit.version,
          by: edit.editor)
      },
      done: { _, _, id in (Paths.deskHousehold.link(id), "已保存。") })
  }

  @Sendable private func changePage(
    _ seen: EditSeen<HouseholdID, Seen>, _ frame: EditFrame
  ) -> EditPage {
    EditPage(
      title: "修改家庭", lead: "家庭编号 \(seen.household.number)",
      breadcrumbs: householdCrumbs(seen.household),
      panel(
        "家庭",
        frame.form(
          action: Paths.deskHousehold.link(seen.id), button: "保存",
          frame.view.select(
            "township", "乡镇", options: seen.choices.map { ($0.code.rawValue, $0.name) },
            value: seen.household.area.rawValue)
            + categoryField(frame.view, seen.household.category))))
  }
}

/// The way back up from a page below a household's.
func householdCrumbs(_ household: HouseholdDetail) -> [(String, Link)] {
  [
    ("保障家庭", Paths.deskHouseholds.link),
    (household.number, Paths.deskHousehold.link(household.id)),
  ]
}
