import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Leases are signed, corrected, ended, and an ending is taken back.
struct LeaseForms: Sendable {
  let services: Services

  /// Where a lease is to be signed.
  struct Signing: Sendable {
    let household: HouseholdDetail
    let running: LeaseDetail?
    /// The home that the address asks for.
    let home: HomeDetail?
    let estates: [EstateChoice]
  }

  struct Signed: Sendable {
    let place: TypedPlace
    let terms: LeaseTerms
  }

  /// `/desk/households/:id/leases/new`; `?home=…` fills in a home.
  var signing: EditForm<HouseholdID, Signing, Signed, LeaseID> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, id, asked in
        Signing(
          household: try tx.found(householdDetail(id)),
          running: try tx.all(leases(of: id)).first { $0.state == .running },
          home: try asked.query["home"].flatMap { HomeID($0) }
            .flatMap { try tx.first(homeDetail($0)) },
          estates: try tx.all(estateChoices))
      },
      page: signingPage,
      read: { checker, _ in
        let place = TypedPlace(&checker)
        guard let terms = LeaseTerms(&checker), let place else { return nil }
        return Signed(place: place, terms: terms)
      },
      write: { tx, typed, edit in
        try tx.createLease(of: edit.id, typed.terms, at: typed.place, by: edit.editor)
      },
      done: { _, typed, id in
        (Paths.deskHousehold.link(id), "已登记租约 \(typed.terms.contractNumber)。")
      })
  }

  @Sendable private func signingPage(
    _ seen: EditSeen<HouseholdID, Signing>, _ frame: EditFrame
  ) -> EditPage {
    let body =
      seen.running.map { lease in
        emptyState(
          "这个家庭已有履行中的租约 \(lease.contractNumber)", hint: "换到另一套房请用“换房”；另签租约请先终止原租约。",
          action: buttonLink("换房", Paths.deskHouseholdMove.link(seen.id)))
      }
      ?? frame.form(
        action: Paths.deskHouseholdLeases.link(seen.id), button: "登记租约",
        placeFields(frame.view, seen.home, estates: seen.estates)
          + leaseTermFields(frame.view, nil))
    return EditPage(
      title: "签订租约", lead: "家庭编号 \(seen.household.number)",
      breadcrumbs: householdCrumbs(seen.household), panel("租约", body))
  }

  struct Changed: Sendable {
    let terms: LeaseTerms
    /// Of a lease that has ended.
    let endedOn: Day?
  }

  /// `/desk/leases/:id/edit`
  var change: EditForm<LeaseID, LeaseDetail, Changed, Void> {
    EditForm(
      services, taken: takenInRegister, load: load, history: history,
      page: changePage,
      read: { checker, seen in
        let endedOn =
          checker.fields["ended_on"] == nil
          ? nil : checker.pastDay("ended_on", "终止日期", today: seen.asked.today)
        return LeaseTerms(&checker).map { Changed(terms: $0, endedOn: endedOn) }
      },
      write: { tx, typed, edit in
        try tx.changeLease(
          edit.id, to: typed.terms, endedOn: typed.endedOn, version: edit.version,
          by: edit.editor)
      },
      done: { _, _, id in (Paths.deskLease.link(id), "已保存。") })
  }

  @Sendable private func changePage(
    _ lease: EditSeen<LeaseID, LeaseDetail>, _ frame: EditFrame
  ) -> EditPage {
    let ended =
      lease.endedOn.map {
        frame.view.input("ended_on", "终止日期", type: .date, value: $0.iso)
      } ?? HTML()
    return EditPage(
      title: "修改租约", lead: "\(lease.estateName) \(lease.place)",
      breadcrumbs: leaseCrumbs(lease.model),
      panel(
        "租约",
        frame.form(
          action: Paths.deskLease.link(lease.id), button: "保存",
          leaseTermFields(frame.view, lease.model) + ended)))
  }

  @Sendable func load(
    _ tx: Transaction, _ id: LeaseID, _ asked: EditRequest
  ) throws -> LeaseDetail {
    try tx.found(leaseDetail(id))
  }

  @Sendable func history(_ id: LeaseID, _ lease: LeaseDetail) -> EditHistory {
    EditHistory(.row(.leases, id.rawValue), version: lease.version)
  }
}

/// The way back up from a page below a lease's.
func leaseCrumbs(_ lease: LeaseDetail) -> [(String, Link)] {
  [
    ("家庭 \(lease.householdNumber)", Paths.deskHousehold.link(lease.household)),
    ("租约 \(lease.contractNumber)", Paths.deskLease.link(lease.id)),
  ]
}
