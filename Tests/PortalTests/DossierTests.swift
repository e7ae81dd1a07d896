import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct DossierTests {
  /// A household with a lease, a visit and a case, and a complaint whose words name its home.
  private func household() async throws -> (TestPortal, SampleRows) {
    let site = try await TestPortal.start(.empty)
    let sample = try await site.addSample(township: "350423100")
    try await site.owner.transaction { tx in
      _ = try tx.execute(
        "UPDATE homes SET building = '7栋', room = '1206' WHERE id = \(sample.home)")
      _ = try tx.execute(
        """
        UPDATE complaints SET address = '7栋1单元1206' WHERE id IN (\(sample.complaint),
          \(sample.misconduct))
        """)
    }
    return (site, sample)
  }

  @Test func thePageGathersEverythingNewestFirst() async throws {
    let (site, sample) = try await household()
    let officer = try await site.browser(signedInAs: "zhujian")
    let page = try await officer.open("/desk/households/\(sample.household)")
    let events = page.all("li").filter { $0["class"]?.hasPrefix("timeline-") == true }
      .map(\.text)
    func place(_ words: String) -> Int? { events.firstIndex { $0.contains(words) } }
    let complaint = try #require(place("收到举报"))
    let visit = try #require(place("入户走访"))
    let opened = try #require(place("问题 样本-350423100"))
    let lease = try #require(place("起租"))
    #expect(complaint < visit && complaint < opened && visit < lease && opened < lease)
    #expect(place("进入登记簿") != nil)
  }

  @Test func whoMayNotSeeComplaintsOrCasesDoesNotSeeThemHere() async throws {
    let (site, sample) = try await household()
    let address = "/desk/households/\(sample.household)"
    let police = try await site.browser(signedInAs: "gongan")
    #expect(!(try await police.open(address).has("收到举报")))
    let officer = try await site.browser(signedInAs: "zhujian")
    let page = try await officer.open(address)
    #expect(page.has("sublet-350423100") && !page.has("misconduct-350423100"))
    let city = try await site.browser(signedInAs: "shiju")
    #expect(try await city.open(address).status == 403)
  }

  @Test func theSheetForPaperSaysTheSame() async throws {
    let (site, sample) = try await household()
    let officer = try await site.browser(signedInAs: "zhujian")
    let sheet = try await officer.open("/desk/households/\(sample.household)/print")
    for words in ["保障家庭档案", "样本人", "样本小区350423100 7栋-1-1206", "入户走访"] {
      #expect(sheet.has(words))
    }
    let plan = try await officer.open("/desk/estates/\(sample.estate)/plan")
    #expect(plan.has("样本小区350423100房源分布图") && plan.has("1206"))
  }

  /// Whoever works the household calls its people by their names, and every look stands in the log.
  @Test func whoWorksAHouseholdSeesItsNamesWholeAndOthersMasked() async throws {
    let (site, sample) = try await household()
    for (account, isWhole) in [
      ("zhujian", true), ("zhujian-lead", true), ("longjin", true), ("minzheng", false),
      ("gongan", false), ("zhuanban", false),
    ] {
      let browser = try await site.browser(signedInAs: account)
      for address in ["/desk/households/\(sample.household)", "/desk/cases/\(sample.case)"] {
        let looks = try await site.count("SELECT count(*) FROM audit_events")
        let page = try await browser.open(address)
        #expect(page.status == 200, "\(account) \(address)")
        #expect(page.source.contains("样本人") == isWhole, "\(account) \(address)")
        #expect(isWhole || page.source.contains("样*人"), "\(account) \(address)")
        #expect(try await site.count("SELECT count(*) FROM audit_events") == looks + 1)
      }
      let list = try await browser.open("/desk/households")
      #expect(!list.source.contains("样本人"), "\(account)")
    }
  }

  @Test func aFloorPlanNamesNobodyToTheCity() async throws {
    let (site, sample) = try await household()
    let officer = try await site.browser(signedInAs: "zhujian")
    let city = try await site.browser(signedInAs: "shiju")
    let address = "/desk/estates/\(sample.estate)"
    #expect(try await officer.open(address).source.contains("已出租：样*人"))
    let page = try await city.open(address)
    #expect(page.has("1206") && !page.source.contains("样*人"))
    #expect(!page.links.contains("/desk/homes/\(sample.home)"))
  }
}
