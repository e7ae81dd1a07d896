import Domain
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing
import Web

@testable import Demo
@testable import Figures
@testable import Ground
@testable import Portal

/// Everybody who can stand at a door: the thirteen roles, each with its browser, and a stranger.
struct RouteSweep: Sendable {
  struct Visitor: Sendable {
    /// Nil for a stranger.
    let account: DemoAccounts.Account?
    let browser: Browser

    var name: String { account?.account ?? "nobody" }

    /// Whether somebody works in a county or in a part of it, or looks at it from above.
    func worksIn(_ county: AreaCode) -> Bool {
      account.map { county.rawValue.hasPrefix($0.area) || $0.area.hasPrefix(county.rawValue) }
        ?? false
    }

    func sees(_ area: AreaCode) -> Bool {
      account.map { area.rawValue.hasPrefix($0.area) } ?? false
    }

    /// What the permission table says of a route.
    func mayUse(_ access: Access) -> Bool {
      switch access {
      case .public: true
      case .signedIn: account != nil
      case .needs(let permission): account?.role.permissions.contains(permission) ?? false
      }
    }
  }

  let site: TestPortal
  let rules: PageRules
  let visitors: [Visitor]
  /// One row of everything, near and far: in the township of `longjin`, in another township of its
  /// county, in another county of its city, and in another city.
  let samples: [SampleRows]

  var routes: [RouteEntry] { site.portal.routes.entries }
  /// Operations of the machine interface know no cookies and have a sweep of their own.
  var pages: [RouteEntry] { routes.filter { $0.method == .get && $0.kind != .api } }
  var forms: [RouteEntry] { routes.filter { $0.method == .post && $0.kind != .api } }

  init() async throws {
    let site = try await TestPortal.start()
    var samples: [SampleRows] = []
    for township in ["350423100", "350423101", "350424100", "350721100"] {
      samples.append(try await site.addSample(township: township))
    }
    try await self.init(site, samples)
  }

  init(_ site: TestPortal, _ samples: [SampleRows]) async throws {
    self.site = site
    self.samples = samples
    rules = try PageRules(site)
    try await site.portal.services.releases.reload()
    var visitors = [Visitor(account: nil, browser: site.browser())]
    for account in DemoAccounts.all {
      visitors.append(
        Visitor(
          account: account, browser: try await site.browser(signedInAs: account.account)))
    }
    self.visitors = visitors
  }

  /// Where the id in a pattern points.
  func id(_ pattern: String, in sample: SampleRows) throws -> Int64? {
    let ids: [(String, Int64)] = [
      ("/desk/imports/:id", sample.import), ("/desk/reviews/:id", sample.round),
      ("/desk/checks/:id", sample.household),
      ("/desk/deliveries/:id", sample.delivery),
      ("/desk/counter/:id", sample.counterCheck), ("/admin/tokens/:id", sample.token),
      ("/desk/contests/:id", sample.contest), ("/desk/vacancies/:id", sample.vacancy),
      ("/desk/authorisations/:id", sample.authorisation),
      ("/desk/findings/runs/:id", sample.ruleRun), ("/desk/findings/:id", sample.finding),
      ("/desk/estates/:id", sample.estate), ("/desk/cases/:id", sample.case),
      ("/desk/homes/:id", sample.home), ("/desk/households/:id", sample.household),
      ("/desk/persons/:id", sample.person), ("/desk/leases/:id", sample.lease),
      ("/desk/drafts/:id", sample.draft), ("/desk/documents/:id", sample.document),
      ("/desk/complaints/:id", sample.complaint),
      ("/desk/complaint-photos/:id", sample.photo), ("/desk/case-files/:id", sample.caseFile),
      ("/desk/campaign/:id", sample.campaign), ("/desk/milestones/:id", sample.milestone),
      ("/desk/visits/teams/:id", sample.visitTeam),
      ("/desk/visits/homes/:id", sample.rosterEntry),
      ("/desk/disclosure/releases/:id", sample.release),
      ("/oversight/complaints/:id", sample.misconduct),
      ("/oversight/complaint-photos/:id", sample.misconductPhoto),
      ("/admin/accounts/:id", sample.account), ("/admin/security/:id", sample.account),
      ("/admin/audit/:id", sample.auditEvent),
      ("/admin/areas/:id", try #require(Int64(sample.area.rawValue))),
      // A citizen's photo opens with the code alone, which nobody here has.
      ("/complaints/track/photos/:id", sample.photo),
    ]
    guard pattern.contains(":id") else { return nil }
    return try #require(
      ids.first { pattern.hasPrefix($0.0) }?.1, "the sweep knows no id for \(pattern)")
  }

  func address(_ route: RouteEntry, _ id: Int64?) -> String {
    id.map { route.pattern.replacing(":id", with: String($0)) }
      ?? route.pattern.replacing(":nature", with: "sublet").replacing(":kind", with: "notice")
  }

  /// What somebody must be answered, from the permission table and the areas alone.
  func expectedStatus(_ route: RouteEntry, _ visitor: Visitor, in sample: SampleRows) -> Int {
    guard visitor.mayUse(route.access) else { return visitor.account == nil ? 303 : 403 }
    // What opens with a code or a token alone, which nobody here has.
    if ["/complaints/track/", "/calendar/"].contains(where: route.pattern.hasPrefix),
      route.hasArgument
    {
      return 404
    }
    // A county's own words about a kind of thing are in reach of whoever may write them.
    guard route.pattern.contains("/:id") else {
      return route.pattern == "/login" && visitor.account != nil ? 303 : 200
    }
    // A county's campaign is that of its townships.
    if ["/desk/campaign/", "/desk/milestones/"].contains(where: route.pattern.hasPrefix) {
      return sample.area.county.map(visitor.worksIn) == true ? 200 : 404
    }
    return visitor.sees(sample.area) ? 200 : 404
  }
}

extension TestPortal {
  /// A fingerprint of every row of every table.
  func fingerprint() async throws -> [String] {
    try await database.psql(
      as: .superuser, [:],
      """
      SELECT table_name, query_to_xml(format(
        'SELECT count(*) AS c, sum(hashtextextended(t::text, 0)) AS h FROM %I t', table_name),
        false, true, '')::text
      FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1
      """
    ).lines
  }
}
