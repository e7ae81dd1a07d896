import Domain
import Foundation
import TestSupport
import Testing

@testable import Pages
@testable import Portal

/// Two counties in one database: each has its own numbers, and its own name at the head of its pages.
@Suite struct CountyTests {
  private func neighbour(_ site: TestPortal) async throws {
    let answer = try await site.database.psql(
      as: .superuser, [:],
      """
      INSERT INTO areas (code, name) VALUES ('350424', '宁化县'), ('350424100', '翠江镇');
      INSERT INTO site_settings (area, county_name, title, bureaus)
      VALUES ('350424', '宁化县', '门户', '{}');
      UPDATE accounts SET area = '350424' WHERE account = 'zhujian-lead';
      """)
    #expect(answer.status == 0, "\(answer.errors)")
  }

  @Test func householdNumbersCountByCounty() async throws {
    let site = try await TestPortal.start(.empty)
    try await neighbour(site)
    let numbers = try await site.database.psql(
      as: .staff, [:],
      """
      SELECT next_household_number(area) FROM unnest(ARRAY['350423100', '350424100', '350423101', '350424', '350423'])
        WITH ORDINALITY AS a (area, n) ORDER BY n
      """)
    #expect(
      numbers.lines == [
        "350423-0000001", "350424-0000001", "350423-0000002", "350424-0000002", "350423-0000003",
      ], "\(numbers.errors)")
  }

  @Test func pagesAreHeadedByTheCountyOfTheAccount() async throws {
    let site = try await TestPortal.start(.empty)
    try await neighbour(site)
    try await site.portal.services.site.refresh()
    for (account, county, area) in [
      ("zhujian-lead", "宁化县", "宁化县"), ("zhujian", "清流县", "清流县"),
      ("longjin", "清流县", "龙津镇"),
    ] {
      let page = try await site.browser(signedInAs: account).open("/desk/households")
      #expect(page.source.contains("<span class=\"desk-county\">\(county)</span>"), "\(account)")
      #expect(page.source.contains("<span class=\"who-area\">\(area)</span>"), "\(account)")
      let gone = try await site.browser(signedInAs: account).open("/desk/households/999999")
      #expect(gone.source.contains("<span class=\"desk-county\">\(county)</span>"), "\(account)")
    }
    // The public side shows the county that it is set to.
    #expect(site.portal.services.site.settings.countyName == "清流县")
  }
}
