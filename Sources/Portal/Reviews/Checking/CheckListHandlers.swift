import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// The lists of households by check: one's own bureau's work, and any bureau's to look at.
struct CheckListHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/checks`
  func listOwnChecks(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let filter = try CheckFilter(request.query)
    let asked: ReviewRoundID? = try request.query.filterChoice("round")
    guard let bureau = principal.role.bureau else { throw WebError.forbidden }
    let (rounds, round) = try await services.databases.read(as: principal) { tx in
      let rounds = try tx.all(openRounds)
      return (rounds, try asked.map { try tx.round($0) } ?? (try tx.workedOn(rounds, bureau)))
    }
    guard let round else {
      return try await services.deskPage(
        request, title: "逐户答复", lead: "\(bureau.title)要答复的核查。",
        emptyState(
          "现在没有进行中的资格复核", hint: "县住建局开始一轮复核后，本单位要答复的家庭会列在这里。",
          action: buttonLink("查看各轮复核", Paths.deskReviews.link, isPrimary: false)))
    }
    try refuse(filter.type, of: bureau)
    return try await list(
      request, round, bureau, filter, .own(round: round.id),
      others: rounds.filter { $0.id != round.id })
  }

  /// `GET /desk/reviews/:id/checks`
  func listChecksOfRound(_ request: WebRequest, _ id: ReviewRoundID) async throws -> WebResponse {
    let filter = try CheckFilter(request.query)
    let principal = try request.principal
    let round = try await services.databases.read(as: principal) { try $0.round(id) }
    let bureau = filter.type?.bureau ?? filter.bureau ?? principal.role.bureau ?? .housing
    try refuse(filter.type, of: bureau)
    return try await list(request, round, bureau, filter, .round(id), others: [])
  }

  private func list(
    _ request: WebRequest, _ round: ReviewRound, _ bureau: Bureau, _ filter: CheckFilter,
    _ place: CheckFilter.Place, others: [ReviewRound]
  ) async throws -> WebResponse {
    let principal = try request.principal
    let after = FramePosition(request.query["after"])
    let before = FramePosition(request.query["before"])
    let estates = try await estates.choices(for: principal, at: request.now)
    let csrf = request.csrf
    let page = try await services.databases.read(as: principal) { tx in
      let shares = try tx.all(checkShares(bureau.checks, in: round.id, filter))
      let counts = Dictionary(shares.map { ($0.type, $0.count) }, uniquingKeysWith: +)
      let type =
        filter.type ?? bureau.checks.first { counts[$0, default: 0] > 0 } ?? bureau.checks[0]
      let queue = try tx.queue(type, in: round.id, filter)
      return CheckListPage(
        round: round, bureau: bureau, queue: queue, place: place, counts: counts,
        page: ListLines(
          try tx.lines(of: queue, from: before ?? after, isBackward: before != nil),
          isBackward: before != nil ? true : after != nil ? false : nil),
        estates: estates, others: others, principal: principal, csrf: csrf)
    }
    if let format = try request.exportFormat {
      let list = ListExport(
        "\(page.queue.type.title)核查", of: "review_households",
        columns: { CheckListPage.columns },
        query: page.queue.lines(from: nil, isBackward: false, limit: nil))
      return try await services.export(list, as: format, request)
    }
    return try await services.deskPage(
      request, title: page.title, lead: page.lead, breadcrumbs: page.breadcrumbs,
      actions: exportLinks(page.link), page.html)
  }
}

/// Nobody answers for another bureau.
func refuse(_ type: CheckType?, of bureau: Bureau) throws {
  guard let type, !bureau.checks.contains(type) else { return }
  guard type.isOwed else { throw WebError.refused("“\(type.title)”不逐户答复，请在“数据报送”里报送数据。") }
  throw WebError.refused("“\(type.title)”由\(type.bureau.title)答复，\(bureau.title)不能代为答复。")
}

extension Transaction {
  /// The round in which a bureau has something to do, else any that runs.
  fileprivate func workedOn(_ rounds: [ReviewRound], _ bureau: Bureau) throws -> ReviewRound? {
    let progress = try progress(of: rounds)
    return
      (progress.first { $0[bureau].counts.open > 0 }
      ?? progress.first { $0[bureau].counts.owed > 0 } ?? progress.first)?.round
  }
}
