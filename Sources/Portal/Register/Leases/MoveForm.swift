import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A household moves to another home: one lease ends, another begins, in one operation.
struct MoveForm: Sendable {
  let services: Services

  struct Seen: Sendable {
    let household: HouseholdDetail
    let running: LeaseDetail?
    let estates: [EstateChoice]
  }

  struct Typed: Sendable {
    let place: TypedPlace
    let terms: LeaseTerms
    let homeState: HomeState
  }

  /// `/desk/households/:id/move`
  var form: EditForm<HouseholdID, Seen, Typed, HomeDetail> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, id, _ in
        Seen(
          household: try tx.found(householdDetail(id)),
          running: try tx.all(leases(of: id)).first { $0.state == .running },
          estates: try tx.all(estateChoices))
      },
      history: { id, seen in EditHistory(.household(id), version: seen.household.version) },
      page: page,
      read: { checker, _ in
        let place = TypedPlace(&checker)
        let terms = LeaseTerms(&checker)
        let state = checker.homeStateAfterLease()
        guard let place, let terms, let state else { return nil }
        return Typed(place: place, terms: terms, homeState: state)
      },
      write: { tx, typed, edit in
        try tx.moveHousehold(
          edit.id, to: typed.place, typed.terms, leaving: typed.homeState, version: edit.version,
          by: edit.editor)
      },
      done: { home, _, id in
        (Paths.deskHousehold.link(id), "已换到 \(home.estateName) \(home.place)。")
      })
  }

  @Sendable private func page(
    _ seen: EditSeen<HouseholdID, Seen>, _ frame: EditFrame
  ) -> EditPage {
    let body =
      seen.running.map { Self.fields(seen.household, $0, seen.estates, frame) }
      ?? emptyState(
        "这个家庭没有履行中的租约", hint: "没有房子可换，请直接签订租约。",
        action: buttonLink("签订租约", Paths.deskHouseholdLeaseNew.link(seen.id)))
    return EditPage(
      title: "换房", lead: "家庭编号 \(seen.household.number)",
      breadcrumbs: householdCrumbs(seen.household), panel("换房", body))
  }

  private static func fields(
    _ household: HouseholdDetail, _ lease: LeaseDetail, _ estates: [EstateChoice],
    _ frame: EditFrame
  ) -> HTML {
    let view = frame.view
    return frame.form(
      action: Paths.deskHouseholdMove.link(household.id), button: "换房",
      """
      <p>现住 \(lease.estateName) \(lease.place)，租约 \(lease.contractNumber)，\
      \(lease.startsOn.iso) 起。新租约起租那天，原租约终止。</p>
      <h3>换到</h3>
      \(placeFields(view, nil, estates: estates))<h3>新租约</h3>
      \(leaseTermFields(view, nil, startsLabel: "换房日期（新租约起租日）"))\
      \(homeStateField(view, "原来的房屋以后的状态"))
      """)
  }
}

extension Transaction {
  func moveHousehold(
    _ id: HouseholdID, to place: TypedPlace, _ terms: LeaseTerms, leaving state: HomeState,
    version: Int, by editor: Editor
  ) throws -> HomeDetail {
    _ = try lockHousehold(id, version: version)
    guard let lease = try all(leases(of: id)).first(where: { $0.state == .running }) else {
      throw EditProblem.overtaken
    }
    let meant = try home(at: place)
    guard meant.id != lease.home else {
      throw EditProblem.field("room", "这就是现在住的房屋，请填要换到的房屋")
    }
    try lockHomes([lease.home, meant.id])
    guard terms.startsOn >= lease.startsOn, terms.startsOn <= editor.today else {
      throw EditProblem.field(
        "starts_on", "换房日期应在原租约起租日 \(lease.startsOn.iso) 到今天之间")
    }
    try editor.record(
      .moveHousehold, .households, id.rawValue,
      before: ["home": lease.place, "contract_number": lease.contractNumber],
      after: terms.audited.merging(["home": meant.place]) { first, _ in first }, in: self)
    try close(lease, TypedEnding(day: terms.startsOn, reason: "换房", homeState: state))
    let home = try vacantHome(at: place)
    try refuseOverlap(home: home.id, household: id, terms, until: nil)
    _ = try insertLease(of: id, in: home, terms)
    try touch(id)
    return home
  }
}
