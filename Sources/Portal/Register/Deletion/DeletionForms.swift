import Domain
import HTML
import Pages
import Postgres
import Web

/// What was entered by mistake and never used is deleted; a page says what uses the rest, and what to do instead.
struct DeletionForms: Sendable {
  /// The field that asks why.
  static let reason = "reason"

  let services: Services

  struct Typed: Sendable {
    let reason: String
    var homeState: HomeState?
  }

  /// `/desk/estates/:id/deletion`
  var ofEstate: EditForm<EstateID, DeletionPage, Typed, Link> {
    form(
      Paths.deskEstateDeletion,
      load: { tx, id in
        let estate = try tx.found(estateSummary(id))
        return DeletionPage(
          what: "项目", name: estate.name, scope: .row(.estates, id.rawValue),
          version: try tx.one(Query<Int>("SELECT version FROM estates WHERE id = \(id)")),
          uses: try tx.all(registerUses(of: .estates, id.rawValue)),
          instead: "先删除或改正它下面的房源。确有其事的项目不能删除，名称、地址写错了请“修改”。",
          crumbs: [
            ("项目与房源", Paths.deskEstates.link), (estate.name, Paths.deskEstate.link(id)),
          ], after: Paths.deskEstates.link)
      },
      delete: { tx, id, typed, edit in
        try tx.deleteEstate(id, reason: typed.reason, version: edit.version, by: edit.editor)
      })
  }

  /// `/desk/homes/:id/deletion`
  var ofHome: EditForm<HomeID, DeletionPage, Typed, Link> {
    form(
      Paths.deskHomeDeletion,
      load: { tx, id in
        let home = try tx.found(homeDetail(id))
        return DeletionPage(
          what: "房源", name: "\(home.estateName) \(home.place)", scope: .home(id),
          version: home.version, uses: try tx.all(registerUses(of: .homes, id.rawValue)),
          instead: "租约也是误登记的，先删除租约。租过的房源不能删除，楼栋、房号、面积写错了请“修改”。",
          crumbs: [
            (home.estateName, Paths.deskEstate.link(home.estate)),
            (home.place, Paths.deskHome.link(id)),
          ], after: Paths.deskEstate.link(home.estate))
      },
      delete: { tx, id, typed, edit in
        try tx.deleteHome(id, reason: typed.reason, version: edit.version, by: edit.editor)
      })
  }

  /// `/desk/households/:id/deletion`
  var ofHousehold: EditForm<HouseholdID, DeletionPage, Typed, Link> {
    form(
      Paths.deskHouseholdDeletion,
      load: { tx, id in
        let household = try tx.found(householdDetail(id))
        let members = try tx.all(persons(of: id)).count
        return DeletionPage(
          what: "家庭", name: household.number, scope: .household(id), version: household.version,
          uses: try tx.all(registerUses(of: .households, id.rawValue)),
          loss: "连同它的 \(members) 名成员和全部修改记录一起删除：姓名、身份证号、电话不再保存。",
          instead: "租约也是误登记的，先删除租约。有过复核、核查、走访或问题的家庭不能删除："
            + "退出保障的请终止租约，登记了两次的请“并户”。",
          crumbs: householdCrumbs(household), after: Paths.deskHouseholds.link)
      },
      delete: { tx, id, typed, edit in
        try tx.deleteHousehold(id, reason: typed.reason, version: edit.version, by: edit.editor)
      })
  }

  /// `/desk/leases/:id/deletion`
  var ofLease: EditForm<LeaseID, DeletionPage, Typed, Link> {
    form(
      Paths.deskLeaseDeletion,
      load: { tx, id in
        let lease = try tx.found(leaseDetail(id))
        return DeletionPage(
          what: "租约", name: lease.contractNumber, scope: .row(.leases, id.rawValue),
          version: lease.version, uses: try tx.all(registerUses(of: .leases, id.rawValue)),
          instead: "租约期间有过复核、核查、走访或问题的，不能删除，请“终止”；内容写错了请“修改”。",
          crumbs: leaseCrumbs(lease), after: Paths.deskHousehold.link(lease.household),
          asksHomeState: lease.state == .running)
      },
      delete: { tx, id, typed, edit in
        try tx.deleteLease(
          id, reason: typed.reason, homeState: typed.homeState, version: edit.version,
          by: edit.editor)
      })
  }

  private func form<ID: LosslessStringConvertible & Sendable & SendableMetatype>(
    _ path: PagePathOf<ID>,
    load: @escaping @Sendable (Transaction, ID) throws -> DeletionPage,
    delete: @escaping @Sendable (Transaction, ID, Typed, EditWriting<ID>) throws -> Void
  ) -> EditForm<ID, DeletionPage, Typed, Link> {
    EditForm(
      services, load: { tx, id, _ in try load(tx, id) },
      history: { _, page in EditHistory(page.scope, version: page.version) },
      page: { seen, frame in seen.model.edit(frame, at: path.link(seen.id)) },
      read: { checker, seen in
        let state = seen.asksHomeState ? checker.homeStateAfterLease() : nil
        guard let reason = checker.column(Self.reason, "删除原因", max: 200) else { return nil }
        return Typed(reason: reason, homeState: state)
      },
      write: { tx, typed, edit in
        let after = try load(tx, edit.id).after
        try delete(tx, edit.id, typed, edit)
        return after
      },
      done: { after, _, _ in (after, "已删除。") })
  }
}
