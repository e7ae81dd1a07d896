import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import Portal

/// Every list with no row, one and many.
@Suite(.serialized) struct ListTests {
  struct List: Sendable, CustomTestStringConvertible {
    let link: String
    let account: String
    /// What stands in the place of the table when it is empty.
    let empty: String?

    var testDescription: String { "\(link) as \(account)" }
  }

  static let lists = [
    List(link: "/desk/estates", account: "zhujian", empty: "没有"),
    List(link: "/desk/cases", account: "zhujian", empty: "没有"),
    List(link: "/desk/households", account: "zhujian", empty: "没有符合条件的家庭"),
    List(link: "/desk/homes", account: "gongan", empty: "没有符合条件的房源"),
    List(link: "/desk/reveals", account: "zhujian-lead", empty: "没有符合条件的查看记录"),
    List(link: "/desk/leases", account: "longjin", empty: "没有符合条件的租约"),
    List(link: "/desk/imports", account: "zhujian", empty: "还没有导入过"),
    List(link: "/desk/complaints", account: "zhuanban", empty: "没有符合条件的投诉举报"),
    List(link: "/oversight/complaints", account: "jiwei", empty: "没有违规违纪举报"),
    List(link: "/desk/reviews", account: "minzheng", empty: "还没有进行过资格复核"),
    List(link: "/desk/checks", account: "gongan", empty: "现在没有进行中的资格复核"),
    List(link: "/desk/deliveries", account: "ziran", empty: "没有符合条件的报送"),
    List(link: "/desk/work-lists", account: "gongan", empty: "现在没有进行中的资格复核"),
    List(link: "/desk/exchange", account: "longjin", empty: nil),
    List(link: "/desk/findings", account: "zhujian", empty: "没有符合条件的疑点"),
    List(link: "/desk/findings/runs", account: "longjin", empty: "还没有运行过规则"),
    List(link: "/desk/thresholds?year=2030", account: "zhujian-lead", empty: "2030 年还没有设置过标准"),
    List(link: "/desk/disclosure", account: "zhujian-lead", empty: "还没有"),
    List(link: "/oversight", account: "jiwei", empty: "还没有"),
    List(link: "/desk/campaign", account: "minzheng", empty: "还没有"),
    List(link: "/desk", account: "longjin", empty: nil),
    List(link: "/desk", account: "minzheng", empty: nil),
    List(link: "/desk", account: "zhuanban", empty: nil),
    List(link: "/desk", account: "shiju", empty: nil),
    List(link: "/admin/accounts?q=nobody-at-all", account: "sysadmin", empty: "没有"),
    List(link: "/admin/audit?account=nobody-at-all", account: "auditadmin", empty: "没有符合条件的记录"),
    List(link: "/desk/counter/hits", account: "zhujian", empty: "没有需要处理的窗口命中"),
    List(link: "/desk/counter", account: "chuangkou", empty: "还没有查询过"),
    List(link: "/admin/tokens?q=nobody-at-all", account: "sysadmin", empty: "没有符合条件的令牌"),
    List(link: "/admin/audit/counter", account: "auditadmin", empty: "没有窗口查询"),
    List(link: "/admin/security", account: "secadmin", empty: nil),
    List(link: "/desk/visits/roster", account: "zhujian", empty: "还没有走访名单"),
    List(link: "/desk/visits/roster", account: "longjin", empty: "还没有走访名单"),
    List(link: "/desk/visits/teams", account: "zhuanban", empty: "还没有走访小组"),
    List(link: "/desk/visits/coverage", account: "longjin", empty: "还没有走访名单"),
    List(link: "/desk/visits/sheets?township=350423100", account: "zhujian", empty: "这里没有待走访的家庭"),
    List(
      link: "/desk/visits/roster/assignment?township=350423100", account: "zhujian",
      empty: "这里没有待走访的家庭"),
  ]

  private static let none = Task { try await TestPortal.start(.empty) }
  private static let one = Task {
    let site = try await TestPortal.start(.empty)
    _ = try await site.addSample(township: "350423100")
    return site
  }
  private static let many = Task {
    let site = try await TestPortal.start()
    for township in ["350423100", "350423101", "350423102"] {
      _ = try await site.addSample(township: township)
    }
    return site
  }

  private func page(_ list: List, of site: TestPortal, _ link: String? = nil) async throws -> Page {
    let page = try await site.browser(signedInAs: list.account).open(link ?? list.link)
    #expect(page.status == 200)
    #expect(try PageRules(site).problems(of: page).isEmpty)
    return page
  }

  @Test(arguments: lists) func withoutARowItSaysSo(_ list: List) async throws {
    let page = try await page(list, of: try await Self.none.value)
    if let empty = list.empty { #expect(page.has(empty)) }
  }

  @Test(arguments: lists.prefix(9)) func oneRowIsATableOfOneRow(_ list: List) async throws {
    let page = try await page(list, of: try await Self.one.value)
    let table = try #require(page.all("tbody").first)
    #expect(page.tags[table.position..<table.end].filter { $0.name == "tr" }.count == 1)
  }

  @Test(arguments: lists.prefix(9)) func manyRowsAreAllThere(_ list: List) async throws {
    let page = try await page(list, of: try await Self.many.value)
    let table = try #require(page.all("tbody").first)
    #expect(page.tags[table.position..<table.end].filter { $0.name == "tr" }.count >= 3)
  }

  @Test(arguments: lists) func oneRowAndManyKeepToTheRules(_ list: List) async throws {
    _ = try await page(list, of: try await Self.one.value, String(list.link.prefix { $0 != "?" }))
    _ = try await page(list, of: try await Self.many.value, String(list.link.prefix { $0 != "?" }))
  }

  @Test func thePublicPagesStandWithoutAReleaseAndWithOne() async throws {
    for task in [Self.none, Self.one, Self.many] {
      let site = try await task.value
      try await site.portal.services.releases.reload()
      let rules = try PageRules(site)
      for link in ["/", "/progress", "/progress.json", "/complaints/new", "/complaints/track"] {
        let page = try await site.browser().open(link)
        #expect(page.status == 200, "\(link)")
        #expect(rules.problems(of: page).isEmpty, "\(link)")
      }
    }
  }

  @Test func theCaseListLeadsFromPageToPageAndShowsEveryCaseOnce() async throws {
    let site = try await Self.many.value
    let browser = try await site.browser(signedInAs: "zhujian")
    var page = try await browser.open("/desk/cases")
    var seen: [String] = []
    for _ in 0..<60 {
      seen += page.links.filter { $0.contains(/^\/desk\/cases\/[0-9]+$/) }
      guard let next = page.all("a").first(where: { $0.text.contains("下一页") })?["href"] else {
        break
      }
      page = try await browser.open(next)
    }
    let all = try await site.database.psql(as: .superuser, [:], "SELECT count(*) FROM cases").lines
    #expect(seen.count == Set(seen).count)
    #expect(String(seen.count) == all.first)
  }
}
