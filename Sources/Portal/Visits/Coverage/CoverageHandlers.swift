import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// How far the visits of one roster are.
struct Coverage: Sendable {
  let roster: VisitRoster
  let pace: VisitPace
  let townships: [CoverageLine]
  let estates: [CoverageLine]
  let teams: [CoverageLine]
  let days: [CoverageDay]
}

/// 走访进度: by township, estate, team and day, and who is behind.
struct CoverageHandlers: Sendable {
  /// The days that are drawn.
  private static let drawnDays = 42

  let services: Services

  /// `GET /desk/visits/coverage`
  func showCoverage(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let today = ShanghaiTime.day(of: request.now)
    let found = try await services.databases.read(as: principal) { tx in
      try tx.all(currentRosters(for: principal.area)).map { try Self.coverage($0, today, tx) }
    }
    return try await services.deskPage(
      request, title: "走访进度", lead: "按乡镇、项目、小组和日期看走访到了哪里，谁落后了。",
      breadcrumbs: [("走访名单", Paths.deskRoster.link)],
      found.isEmpty
        ? emptyState(
          "还没有走访名单", hint: "生成名单以后，这里显示走访进度。",
          action: buttonLink("走访名单", Paths.deskRoster.link, isPrimary: false))
        : found.map { CoveragePage(coverage: $0, today: today).html }.joined())
  }

  private static func coverage(
    _ roster: VisitRoster, _ today: Day, _ tx: Transaction
  ) throws -> Coverage {
    Coverage(
      roster: roster,
      pace: try tx.pace(of: roster),
      townships: try tx.all(coverageOfTownships(roster.id)),
      estates: try tx.all(coverageOfEstates(roster.id)),
      teams: try tx.all(coverageOfTeams(roster.id)),
      days: try tx.all(coverageDays(roster.id, since: today - drawnDays)))
  }
}
