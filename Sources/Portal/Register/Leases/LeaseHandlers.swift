import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// One lease, and what may be done with it.
struct LeaseHandlers: Sendable {
  let services: Services

  /// `GET /desk/leases/:id`
  func showLease(_ request: WebRequest, _ id: LeaseID) async throws -> WebResponse {
    let principal = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    let page = try await services.databases.read(as: principal) { tx in
      guard let lease = try tx.first(leaseDetail(id)) else { throw WebError.notFound }
      return LeaseShowPage(
        lease: lease, changes: try tx.all(registerChanges(of: .row(.leases, id.rawValue))),
        today: today)
    }
    let lease = page.lease
    return try await services.deskPage(
      request, title: "租约 \(lease.contractNumber)",
      lead: "\(lease.estateName) \(lease.place) · \(lease.state.title)",
      breadcrumbs: [
        ("家庭 \(lease.householdNumber)", Paths.deskHousehold.link(lease.household))
      ],
      actions: principal.may(.editRegister) ? leaseActions(lease) : HTML(), page.html)
  }
}

private func leaseActions(_ lease: LeaseDetail) -> HTML {
  let step: HTML =
    lease.state == .running
    ? buttonLink("终止", Paths.deskLeaseEnding.link(lease.id), isPrimary: false)
    : buttonLink("撤销终止", Paths.deskLeaseReopening.link(lease.id), isPrimary: false)
  return buttonLink("修改", Paths.deskLeaseEdit.link(lease.id), isPrimary: false) + step
    + buttonLink("删除", Paths.deskLeaseDeletion.link(lease.id), isPrimary: false)
}
