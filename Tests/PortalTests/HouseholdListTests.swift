import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Ground

/// The list of households and its one search field.
@Suite(.serialized) struct HouseholdListTests {
  private static let shared = Task { try await TestPortal.start() }

  private func site() async throws -> TestPortal { try await Self.shared.value }

  private func ids(_ site: TestPortal, _ sql: SQL) async throws -> [Int64] {
    try await site.owner.read { tx in try tx.all(Query<Int64>(sql)) }
  }

  /// The households of a list, over all its pages.
  private func listed(_ browser: Browser, _ address: String) async throws -> [Int64] {
    var page = try await browser.open(address)
    var found: [Int64] = []
    for _ in 0..<40 {
      #expect(page.status == 200)
      found += page.households
      guard let next = page.all("a").first(where: { $0["rel"] == "next" })?["href"] else { break }
      page = try await browser.open(next)
    }
    return found
  }

  @Test func everyHouseholdStandsInTheListOnceInTheOrderOfItsArea() async throws {
    let site = try await site()
    let browser = try await site.browser(signedInAs: "zhujian")
    let found = try await listed(browser, "/desk/households")
    let all = try await ids(
      site, "SELECT id FROM households WHERE merged_into IS NULL ORDER BY area, id")
    #expect(found == all && all.count >= 480)
  }

  @Test func theWayBackShowsTheSamePages() async throws {
    let browser = try await site().browser(signedInAs: "zhujian")
    let first = try await browser.open("/desk/households")
    let second = try await first.follow("下一页")
    #expect(try await second.follow("上一页").households == first.households)
    #expect(try await second.follow("下一页").follow("上一页").households == second.households)
  }

  @Test func aTownshipSeesItsOwnHouseholds() async throws {
    let site = try await site()
    let found = try await listed(site.browser(signedInAs: "longjin"), "/desk/households")
    let own = try await ids(
      site,
      "SELECT id FROM households WHERE area = '350423100' AND merged_into IS NULL ORDER BY id")
    #expect(found == own)
  }

  @Test func filtersNarrowTheList() async throws {
    let site = try await site()
    let browser = try await site.browser(signedInAs: "zhujian")
    let lease: SQL =
      "EXISTS (SELECT FROM leases l WHERE l.household_id = h.id AND l.state = 'running')"
    let expected: [(String, SQL)] = [
      ("township=350423101", "h.area = '350423101'"), ("estate=2", "h.estate_id = 2"),
      ("category=low_income", "h.category = 'low_income'"),
      ("state=without_lease", "NOT \(lease)"),
      ("state=renting&township=350423100", "h.area = '350423100' AND \(lease)"),
    ]
    for (query, condition) in expected {
      let wanted = try await ids(
        site,
        "SELECT id FROM households h WHERE merged_into IS NULL AND \(condition) ORDER BY area, id")
      #expect(!wanted.isEmpty, "\(query)")
      #expect(try await listed(browser, "/desk/households?\(query)") == wanted, "\(query)")
    }
  }

  @Test func partOfANameFindsTheHouseholdsOfEverybodyWhoIsCalledSo() async throws {
    let site = try await site()
    let browser = try await site.browser(signedInAs: "zhujian")
    for part in ["林", "建", "建华", "秀英", "欧阳"] {
      let wanted = try await ids(
        site,
        """
        SELECT h.id FROM households h WHERE EXISTS (SELECT FROM persons p
          WHERE p.household_id = h.id AND strpos(p.name, \(part)) > 0) ORDER BY h.area, h.id
        """)
      let page = try await browser.search(part)
      #expect(page.address.hasPrefix("/desk/households?sought=") && page.has("姓名含“\(part)”"))
      #expect(try await listed(browser, page.address) == wanted, "\(part)")
    }
  }

  @Test func aNameLongerThanItsPiecesIsComparedWhole() async throws {
    let site = try await TestPortal.start()
    let browser = try await site.browser(signedInAs: "zhujian")
    try await site.owner.transaction { tx in
      for (name, household) in [("阿卜杜拉·买买提", 7), ("阿卜杜热·买买提", 9)] {
        try tx.execute(
          """
          UPDATE persons SET name = \(name)
          WHERE household_id = \(household) AND relation = 'applicant'
          """)
      }
    }
    #expect(try await browser.search("阿卜杜拉").households == [7])
    #expect(try await browser.search("杜热·买").households == [9])
    #expect(try await browser.search("阿卜杜").households == [7, 9])
  }

  @Test func aWholeIDNumberLeadsToTheHouseholdAndIsNowhereInAnAddress() async throws {
    let site = try await TestPortal.start()
    let browser = try await site.browser(signedInAs: "zhujian")
    let number = try await site.idNumber(ofHousehold: 12)
    for typed in [number, " \(number.prefix(6)) \(number.dropFirst(6).lowercased()) "] {
      let answer = try await browser.open("/desk/households").form(to: "/desk/households/search")
        .fill(["q": typed]).submit(following: false)
      #expect(answer.status == 303 && answer.location == "/desk/households/12")
    }
    let events = try await site.database.psql(
      as: .superuser, [:],
      "SELECT after::text FROM audit_events WHERE action = 'household.search'"
    ).lines
    #expect(events.count == 2)
    #expect(events.allSatisfy { $0.contains("********") && !$0.contains(number) })
  }

  @Test func aPersonInTwoHouseholdsIsShownInBoth() async throws {
    let site = try await TestPortal.start()
    let number = try await site.idNumber(ofHousehold: 12)
    try await site.owner.transaction { tx in
      _ = try tx.execute(
        """
        INSERT INTO persons (area, household_id, relation, name, id_number_sealed,
          id_number_index, marital_status)
        SELECT h.area, h.id, 'other', p.name, p.id_number_sealed, p.id_number_index, 'unknown'
        FROM persons p, households h
        WHERE p.household_id = 12 AND p.relation = 'applicant' AND h.id = 30
        """)
    }
    let page = try await site.browser(signedInAs: "zhujian").search(number)
    #expect(page.status == 200 && page.address == "/desk/households/search")
    #expect(page.households.sorted() == [12, 30])
    #expect(!page.source.contains(number))
  }

  @Test func aPhoneLeadsToTheHouseholdToo() async throws {
    let site = try await site()
    let phone = try await site.phone(ofHousehold: 5)
    let answer = try await site.browser(signedInAs: "gongan").open("/desk/households")
      .form(to: "/desk/households/search").fill(["q": phone]).submit(following: false)
    #expect(answer.location == "/desk/households/5")
  }

  @Test func anIDNumberWithAWrongLastCharacterIsSaidToBeWrong() async throws {
    let site = try await site()
    let number = try await site.idNumber(ofHousehold: 12)
    let wrong = String(number.dropLast()) + (number.hasSuffix("1") ? "2" : "1")
    let page = try await site.browser(signedInAs: "zhujian").search(wrong)
    #expect(page.status == 422 && page.has("身份证号最后一位不对"))
  }

  @Test func numbersOfHouseholdsAndContractsAndAddressesAreFound() async throws {
    let site = try await site()
    let browser = try await site.browser(signedInAs: "zhujian")
    let contract = try await site.database.psql(
      as: .superuser, [:], "SELECT contract_number FROM leases WHERE household_id = 40"
    ).lines[0]
    #expect(try await browser.search(contract).households == [40])
    #expect(try await browser.search(String(contract.dropLast(1))).households.contains(40))
    let form = try await browser.open("/desk/households").form(to: "/desk/households/search")
    #expect(
      try await form.fill(["q": "35042300000041"]).submit(following: false).location
        == "/desk/households/41")
    let place = try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT e.name, m.building, m.unit, m.room, h.id FROM households h
      JOIN leases l ON l.household_id = h.id AND l.state = 'running'
      JOIN homes m ON m.id = l.home_id JOIN estates e ON e.id = m.estate_id
      ORDER BY h.id LIMIT 1
      """
    ).lines[0].split(separator: "|").map(String.init)
    let (estate, building, unit, room) = (place[0], place[1], place[2], place[3])
    let id = try #require(Int64(place[4]))
    let numbers = "\(building.filter(\.isNumber))-\(unit.filter(\.isNumber))-\(room)"
    for typed in ["\(estate)\(building)\(unit)\(room)", "\(estate) \(numbers)"] {
      #expect(try await browser.search(typed).households == [id], "\(typed)")
    }
    #expect(try await browser.search(numbers).households.contains(id))
    #expect(try await browser.search(String(estate.suffix(3))).households.contains(id))
  }

  @Test func aHouseholdThatWasMergedIsListedOnlyWhenAskedFor() async throws {
    let site = try await TestPortal.start()
    try await site.owner.transaction { tx in
      _ = try tx.execute("UPDATE households SET merged_into = 2 WHERE id = 3")
    }
    let browser = try await site.browser(signedInAs: "zhujian")
    #expect(try await !listed(browser, "/desk/households").contains(3))
    #expect(try await listed(browser, "/desk/households?state=merged") == [3])
  }

  @Test func anUnknownFilterIsRefusedAndAStrangePositionIsTheFirstPage() async throws {
    let browser = try await site().browser(signedInAs: "zhujian")
    for query in ["township=1", "estate=x", "category=rich", "state=lost"] {
      #expect(try await browser.open("/desk/households?\(query)").status == 400, "\(query)")
    }
    let first = try await browser.open("/desk/households").households
    for query in ["after=1", "after=350423.x", "before=.."] {
      #expect(try await browser.open("/desk/households?\(query)").households == first)
    }
  }

  @Test func wordsThatNothingFitsOfferTheOtherWaysOfLooking() async throws {
    let page = try await site().browser(signedInAs: "zhujian").search("查无此人")
    #expect(page.has("没有找到姓名含“查无此人”的家庭"))
    #expect(try await page.follow("查地址").has("正在查找：地址“查无此人”"))
  }
}

extension Browser {
  /// Types into the search field of the list of households.
  func search(_ typed: String) async throws -> Page {
    try await open("/desk/households").form(to: "/desk/households/search").fill(["q": typed])
      .submit()
  }
}

extension Page {
  /// The households that the page's table leads to.
  var households: [Int64] {
    links.compactMap { link in
      link.wholeMatch(of: #/\/desk\/households\/([0-9]+)/#).flatMap { Int64($0.1) }
    }
  }
}

extension TestPortal {
  /// The ID number of a household's applicant, opened.
  func idNumber(ofHousehold id: Int64) async throws -> String {
    try await opened("id_number_sealed", .personIDNumber, id)
  }

  func phone(ofHousehold id: Int64) async throws -> String {
    try await opened("phone_sealed", .personPhone, id)
  }

  private func opened(_ column: String, _ field: SealedField, _ id: Int64) async throws -> String {
    let hex = try await database.psql(
      as: .superuser, [:],
      """
      SELECT encode(\(column), 'hex') FROM persons
      WHERE household_id = \(id) AND relation = 'applicant'
      """
    ).lines[0]
    return try keys.openText(try #require(bytes(hexadecimal: hex)), for: field)
  }
}
