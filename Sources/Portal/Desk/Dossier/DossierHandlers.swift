import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// The household page, which lays the register and everything that was found beside each other.
struct DossierHandlers: Sendable {
  let services: Services

  /// `GET /desk/households/:id`
  func showHousehold(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    let dossier = try await dossier(id, request)
    let page = DossierPage(
      dossier: dossier, principal: try request.principal, csrf: request.csrf,
      today: ShanghaiTime.day(of: request.now))
    return try await services.deskPage(
      request, title: "\(dossier.applicant?.name ?? "家庭") \(dossier.household.number)",
      lead: lead(dossier), breadcrumbs: [("保障家庭", Paths.deskHouseholds.link)],
      actions: page.actions, page.html)
  }

  /// `GET /desk/households/:id/print`
  func printHousehold(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    let dossier = try await dossier(id, request)
    let day = ShanghaiTime.day(of: request.now)
    return .page(
      PrintPage(
        title: "保障家庭档案", site: services.site.settings(for: try request.principal),
        back: Paths.deskHousehold.link(id),
        body: DossierSheet(dossier: dossier, day: day).html,
        sealedBy: services.site.settings(for: try request.principal).bureaus.first, day: day.chinese
      ).html)
  }

  private func dossier(_ id: HouseholdID, _ request: WebRequest) async throws -> Dossier {
    let (principal, keys) = (try request.principal, services.keys)
    return try await services.databases.read(as: principal) { tx in
      guard let dossier = try tx.dossier(of: id, for: principal, keys: keys) else {
        throw WebError.notFound
      }
      return dossier
    }
  }

  private func lead(_ dossier: Dossier) -> String {
    let place = dossier.runningLease.map { "在租 \($0.estateName) \($0.place)" } ?? "没有在租的房屋"
    return "\(dossier.household.category.title) · \(dossier.household.township) · \(place)"
  }
}
