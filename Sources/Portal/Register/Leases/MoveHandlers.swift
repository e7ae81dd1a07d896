import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A household moves to another home: one lease ends, another begins, in one operation.
struct MoveHandlers: Sendable {
  let services: Services

  /// `GET /desk/households/:id/move`
  func showMove(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    try await page(request, id, .fresh)
  }

  /// `POST /desk/households/:id/move`
  func moveHousehold(
    _ request: WebRequest, _ id: HouseholdID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    var checker = FormChecker(fields)
    let place = TypedPlace(&checker)
    let terms = LeaseTerms(&checker)
    let state = checker.homeStateAfterLease()
    guard checker.isValid, let place, let terms, let state else {
      return try await page(request, id, .invalid(checker))
    }
    let result = try await services.editRegister(request, checker, since: base) { tx, editor in
      try tx.moveHousehold(
        id, to: place, terms, leaving: state, version: base.version, by: editor)
    }
    switch result {
    case .done(let home):
      return .redirect(
        to: Paths.deskHousehold.link(id), flash: "已换到 \(home.estateName) \(home.place)。")
    case .again(let answer): return try await page(request, id, answer)
    }
  }

  private func page(
    _ request: WebRequest, _ id: HouseholdID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let (principal, csrf) = (try request.principal, request.csrf)
    let (household, running, estates, frame) = try await services.databases.read(as: principal) {
      tx in
      guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
      return (
        household, try tx.all(leases(of: id)).first { $0.state == .running },
        try tx.all(estateChoices),
        try tx.frame(answer, .household(id), version: household.version, csrf: csrf)
      )
    }
    let body =
      running.map { Self.form(household, $0, estates, frame) }
      ?? emptyState(
        "这个家庭没有履行中的租约", hint: "没有房子可换，请直接签订租约。",
        action: buttonLink("签订租约", Paths.deskHouseholdLeaseNew.link(id)))
    return try await services.deskPage(
      request, title: "换房", lead: "家庭编号 \(household.number)",
      breadcrumbs: householdCrumbs(household), status: frame.status, panel("换房", body))
  }

  private static func form(
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
