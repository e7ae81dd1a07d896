import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// 资格复核: the rounds, and how far one is.
struct RoundHandlers: Sendable {
  let services: Services
  /// Households without authorisations, of a round as far as an area goes: their ID numbers are opened for that.
  private let unauthorised = TimedCache<UnauthorisedKey, Int>(lifetime: 60)

  private struct UnauthorisedKey: Hashable {
    let round: ReviewRoundID
    let area: AreaCode
  }

  init(services: Services) { self.services = services }

  /// `GET /desk/reviews`
  func listRounds(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    if let format = try request.exportFormat {
      let list = ListExport(
        "资格复核", of: "review_rounds", columns: { RoundListPage.columns(today: today) },
        rows: { tx, body in
          try tx.progress(of: try tx.all(reviewRounds(limit: nil))).forEach(body)
        })
      return try await services.export(list, as: format, request)
    }
    let position = roundOrder.position(request.query)
    let page = try await services.databases.read(as: principal) { tx in
      let page = ListLines(
        try tx.all(reviewRounds(from: position, limit: registerPageSize + 1)),
        isBackward: position?.isBackward)
      return RoundListPage(
        page: page, rounds: try tx.progress(of: page.lines), today: today,
        mayOpen: principal.may(.runReviews))
    }
    return try await services.deskPage(
      request, title: "资格复核", lead: "每一轮复核：查哪些家庭，各单位答复到哪一步，谁逾期。",
      actions: exportLinks(Paths.deskReviews.link)
        + (page.mayOpen ? buttonLink("开始一轮复核", Paths.deskReviewNew.link) : HTML()), page.html)
  }

  /// `GET /desk/reviews/:id`; `?township=…` leaves the estates of one township.
  func showRound(_ request: WebRequest, _ id: ReviewRoundID) async throws -> WebResponse {
    let principal = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    let township: AreaCode? = try request.query.filterChoice("township")
    let without = try await unauthorised(in: id, for: principal, request)
    let page = try await services.databases.read(as: principal) { tx in
      let round = try tx.round(id)
      return RoundShowPage(
        progress: RoundProgress(round, try tx.all(checkCounts(of: [id]))),
        estates: try tx.all(estateCounts(of: id)), township: township, unauthorised: without,
        mayCheckWithout: try tx.first(authorisationSetting(of: round.area))?.mayCheckWithout
          ?? true, principal: principal, today: today)
    }
    if let format = try request.exportFormat {
      let list = ListExport(
        "复核进度", of: "review_progress", columns: { ProgressLine.sheetColumns(today: today) },
        rows: page.lines)
      return try await services.export(list, as: format, request)
    }
    let round = page.progress.round
    return try await services.deskPage(
      request, title: round.title, lead: page.lead,
      breadcrumbs: [("资格复核", Paths.deskReviews.link)], actions: page.actions, page.html)
  }
  private func unauthorised(
    in round: ReviewRoundID, for principal: Principal, _ request: WebRequest
  ) async throws -> Int {
    let key = UnauthorisedKey(round: round, area: principal.area)
    let (databases, keys) = (services.databases, services.keys)
    let today = ShanghaiTime.day(of: request.now)
    return try await unauthorised.value(for: key, at: request.now) {
      try await databases.read(as: principal) { tx in
        try tx.unauthorisedHouseholds(
          of: "SELECT household_id FROM review_households WHERE round_id = \(round)", on: today,
          keys: keys
        ).count
      }
    }
  }
}
