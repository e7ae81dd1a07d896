import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Leases are signed, corrected, ended, and an ending is taken back.
struct LeaseEditHandlers: Sendable {
  let services: Services

  /// `GET /desk/households/:id/leases/new`; `?home=…` fills in a home.
  func newLease(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    try await newPage(request, id, .fresh)
  }

  /// `POST /desk/households/:id/leases`
  func createLease(
    _ request: WebRequest, _ id: HouseholdID, _ fields: FormFields
  ) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let place = TypedPlace(&checker)
    guard let terms = LeaseTerms(&checker), let place else {
      return try await newPage(request, id, .invalid(checker))
    }
    let result = try await services.editRegister(request, checker) { tx, editor in
      try tx.createLease(of: id, terms, at: place, by: editor)
    }
    switch result {
    case .done:
      return .redirect(
        to: Paths.deskHousehold.link(id), flash: "已登记租约 \(terms.contractNumber)。")
    case .again(let answer): return try await newPage(request, id, answer)
    }
  }

  /// `GET /desk/leases/:id/edit`
  func editLease(_ request: WebRequest, _ id: LeaseID) async throws -> WebResponse {
    try await editPage(request, id, .fresh)
  }

  /// `POST /desk/leases/:id`
  func changeLease(
    _ request: WebRequest, _ id: LeaseID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    var checker = FormChecker(fields)
    let endedOn =
      fields["ended_on"] == nil
      ? nil : checker.pastDay("ended_on", "终止日期", today: ShanghaiTime.day(of: request.now))
    guard let terms = LeaseTerms(&checker) else {
      return try await editPage(request, id, .invalid(checker))
    }
    let result = try await services.editRegister(request, checker, since: base) { tx, editor in
      try tx.changeLease(id, to: terms, endedOn: endedOn, version: base.version, by: editor)
    }
    switch result {
    case .done: return .redirect(to: Paths.deskLease.link(id), flash: "已保存。")
    case .again(let answer): return try await editPage(request, id, answer)
    }
  }

  private func newPage(
    _ request: WebRequest, _ id: HouseholdID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let principal = try request.principal
    let asked = request.query["home"].flatMap { HomeID($0) }
    let (household, running, home, estates) = try await services.databases.read(as: principal) {
      tx in
      guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
      return (
        household, try tx.all(leases(of: id)).first { $0.state == .running },
        try asked.flatMap { try tx.first(homeDetail($0)) }, try tx.all(estateChoices)
      )
    }
    let frame = EditFrame(answer: answer, base: nil, since: [], csrf: request.csrf)
    let body =
      running.map { lease in
        emptyState(
          "这个家庭已有履行中的租约 \(lease.contractNumber)", hint: "换到另一套房请用“换房”；另签租约请先终止原租约。",
          action: buttonLink("换房", Paths.deskHouseholdMove.link(id)))
      }
      ?? frame.form(
        action: Paths.deskHouseholdLeases.link(id), button: "登记租约",
        placeFields(frame.view, home, estates: estates) + leaseTermFields(frame.view, nil))
    return try await services.deskPage(
      request, title: "签订租约", lead: "家庭编号 \(household.number)",
      breadcrumbs: householdCrumbs(household), status: frame.status, panel("租约", body))
  }

  struct Seen: Sendable {
    let lease: LeaseDetail
    let frame: EditFrame
  }

  /// What the pages about one lease are drawn with.
  func seen(_ request: WebRequest, _ id: LeaseID, _ answer: FormAnswer) async throws -> Seen {
    let (principal, csrf) = (try request.principal, request.csrf)
    return try await services.databases.read(as: principal) { tx in
      guard let lease = try tx.first(leaseDetail(id)) else { throw WebError.notFound }
      return Seen(
        lease: lease,
        frame: try tx.frame(
          answer, .row(.leases, id.rawValue), version: lease.version, csrf: csrf))
    }
  }

  private func editPage(
    _ request: WebRequest, _ id: LeaseID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let seen = try await seen(request, id, answer)
    let (lease, view) = (seen.lease, seen.frame.view)
    let ended =
      lease.endedOn.map { view.input("ended_on", "终止日期", type: .date, value: $0.iso) } ?? HTML()
    return try await services.deskPage(
      request, title: "修改租约", lead: "\(lease.estateName) \(lease.place)",
      breadcrumbs: leaseCrumbs(lease), status: seen.frame.status,
      panel(
        "租约",
        seen.frame.form(
          action: Paths.deskLease.link(id), button: "保存",
          leaseTermFields(view, lease) + ended)))
  }
}

/// The way back up from a page below a lease's.
func leaseCrumbs(_ lease: LeaseDetail) -> [(String, Link)] {
  [
    ("家庭 \(lease.householdNumber)", Paths.deskHousehold.link(lease.household)),
    ("租约 \(lease.contractNumber)", Paths.deskLease.link(lease.id)),
  ]
}
