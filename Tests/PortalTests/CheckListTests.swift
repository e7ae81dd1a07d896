import Domain
import Foundation
import TestSupport
import Testing

/// The lists of households by check.
@Suite(.serialized) struct CheckListTests {
  @Test func `without a household, with one and with many`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let rules = try PageRules(fixture.site)
    let civil = try await fixture.browser("minzheng")
    for (link, count) in [
      ("/desk/checks?check=income", 5), ("/desk/checks?check=income&number=H2", 1),
      ("/desk/checks?check=income&township=350423101", 2),
      ("/desk/checks?check=income&estate=\(fixture.estates[0])", 3),
      ("/desk/checks?check=income&state=answered", 0),
      ("/desk/checks?check=income&state=hit", 0), ("/desk/checks?check=income&number=H6", 0),
    ] {
      let page = try await civil.open(link)
      #expect(page.status == 200 && rules.problems(of: page).isEmpty, "\(link)")
      #expect(rows(page).count == count, "\(link)")
      #expect(page.has("没有符合条件的家庭") == (count == 0), "\(link)")
    }
  }

  private func rows(_ page: Page) -> [String] {
    guard let table = page.all("tbody").first else { return [] }
    return page.tags[table.position..<table.end].filter { $0.name == "th" }.map {
      $0.text.trimmingCharacters(in: .whitespaces)
    }
  }

  @Test func `answers move households from one state to the other`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let estate = try await fixture.browser("ziran")
    try await fixture.clear(estate, fixture.households[0], "registered_property")
    _ = try await fixture.checkForm(estate, fixture.households[3], "registered_property").fill([
      "result": "hit", "record-0-certificate": "闽0001", "record-0-address": "桥下路1号",
    ]).submit()
    func listed(_ state: String) async throws -> [String] {
      rows(try await estate.open("/desk/checks?check=registered_property\(state)"))
    }
    #expect(try await listed("") == ["H2", "H3", "H5"])
    #expect(try await listed("&state=answered") == ["H1", "H4"])
    #expect(try await listed("&state=hit") == ["H4"])
    let page = try await estate.open("/desk/checks?check=registered_property&state=answered")
    #expect(page.has("逐户填写") && page.has("有情况"))
  }

  @Test func `page after page, each household once, there and back`() async throws {
    let site = try await TestPortal.start(.demo(households: 480))
    _ = try await site.database.psql(
      as: .superuser, [:], "UPDATE review_rounds SET closed_on = '2021-08-19'")
    let officer = try await site.browser(signedInAs: "zhujian")
    let opened = try await officer.open("/desk/reviews/new").form(to: "/desk/reviews").fill([
      "title": "又一轮"
    ]).submit()
    #expect(opened.status == 200)
    let police = try await site.browser(signedInAs: "gongan")
    var page = try await police.open("/desk/checks?check=vehicles")
    var pages = [rows(page)]
    while let next = page.all("a").first(where: { $0["rel"] == "next" })?["href"] {
      page = try await police.open(next)
      pages.append(rows(page))
      try #require(pages.count < 30)
    }
    let wanted = try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT h.number FROM review_households f JOIN households h ON h.id = f.household_id
      WHERE f.round_id = (SELECT max(id) FROM review_rounds)
      ORDER BY f.area, f.estate_id, f.household_id
      """
    ).lines
    #expect(wanted.count > 400 && pages.flatMap { $0 } == wanted)
    for expected in pages.dropLast().reversed() {
      let previous = try #require(page.all("a").first { $0["rel"] == "prev" }?["href"])
      page = try await police.open(previous)
      #expect(rows(page) == expected)
    }
    let sheet = try await police.open("/desk/checks?check=vehicles&format=csv").sheet("csv")
    #expect(sheet.dropFirst().map { $0[0] } == wanted)
  }

  @Test func `whoever answers for nobody looks at the list of a round`() async throws {
    let fixture = try await ReviewFixture()
    let round = try await fixture.open()
    let force = try await fixture.browser("zhuanban")
    let page = try await force.open(round + "/checks?check=income")
    #expect(rows(page) == ["H1", "H2", "H3", "H4", "H5"] && page.has("县民政局的核查"))
    #expect(!page.links.contains { $0.hasPrefix("/desk/checks/") })
    #expect(page.links.contains("/desk/households/\(fixture.households[0])"))
    let town = try await fixture.browser("longjin")
    #expect(rows(try await town.open(round + "/checks?check=income")) == ["H1", "H2", "H3"])
  }

  @Test func `the home page of a bureau says what it owes, until when and how late it is`()
    async throws
  {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let civil = try await fixture.browser("minzheng")
    var page = try await civil.open("/desk")
    #expect(page.has("还有 15 项没有答复，应于 2021年9月10日 前答复完，还有 21 天"))
    let link = try #require(page.links.first { $0.contains("check=income") })
    #expect(try await civil.open(link).has("共 5 户"))
    fixture.site.clock.advance(by: 30 * 86_400)
    page = try await fixture.browser("minzheng").open("/desk")
    #expect(page.has("已逾期 9 天") && page.has("逾期 9 天"))
    let housing = try await fixture.browser("zhujian").open("/desk")
    #expect(housing.has("县住建局 2021-08-31 逾期 19 天") && housing.has("县民政局 2021-09-10 逾期 9 天"))
    let force = try await fixture.browser("zhuanban").open("/desk")
    #expect(force.has("县公安局 2021-09-10 逾期 9 天"))
  }

  @Test func `the navigation counts what a bureau owes`() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let page = try await fixture.browser("gongan").open("/desk/campaign")
    #expect(page.has("逐户答复10 件待办"))
  }
}
