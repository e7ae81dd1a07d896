import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground

/// An empty county with estates of the government and of others, and households that live in them.
struct ReviewFixture {
  let register: RegisterFixture
  let officer: Browser
  /// Of the government, in 龙津镇 and 嵩溪镇, and one of others.
  let estates: [Int64]
  /// Three in the first estate, two in the second, one in the third, one without a home.
  let households: [Int64]

  init() async throws {
    let register = try await RegisterFixture()
    self.register = register
    officer = try await register.site.browser(signedInAs: "zhujian")
    let keys = register.site.keys
    (estates, households) = try await register.site.owner.transaction { tx in
      _ = try tx.execute(
        """
        INSERT INTO campaigns (area, title, document_number, clear_by)
        VALUES ('350423', '点题整治', '清建〔2021〕35号', '2021-08-25')
        """)
      let estates = try [
        ("350423100", "龙津小区", "government"), ("350423101", "嵩溪小区", "government"),
        ("350423101", "厂区宿舍", "other"),
      ].map { area, name, ownership in
        try tx.one(
          Query<Int64>(
            """
            INSERT INTO estates (area, name, address, ownership)
            VALUES (\(area), \(name), '某路1号', \(ownership)) RETURNING id
            """))
      }
      let places = [0, 0, 0, 1, 1, 2, nil]
      let households = try places.enumerated().map { index, place in
        try Self.household(tx, index + 1, place.map { estates[$0] }, keys)
      }
      return (estates, households)
    }
  }

  var site: TestPortal { register.site }

  /// A household of one, with a running lease where there is an estate.
  private static func household(
    _ tx: Transaction, _ number: Int, _ estate: Int64?, _ keys: KeyRing
  ) throws -> Int64 {
    let area =
      estate == nil
      ? "350423100"
      : try tx.one(
        Query<String>("SELECT area FROM estates WHERE id = \(estate ?? 0)"))
    let household = try tx.one(
      Query<Int64>(
        """
        INSERT INTO households (area, number, category)
        VALUES (\(area), \("H\(number)"), 'low_income') RETURNING id
        """))
    let idNumber = try idNumber(number)
    try tx.execute(
      """
      INSERT INTO persons (area, household_id, relation, name, id_number_sealed, id_number_index,
        marital_status)
      VALUES (\(area), \(household), 'applicant', \("林小满"),
        \(try keys.seal(idNumber, for: .personIDNumber)), \(keys.hash(idNumber, of: .idNumber)),
        'single')
      """)
    guard let estate else { return household }
    let home = try tx.one(
      Query<Int64>(
        """
        INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
        VALUES (\(area), \(estate), '1', '1', \("\(100 + number)"), 50, 'leased') RETURNING id
        """))
    try tx.execute(
      """
      INSERT INTO leases (area, home_id, household_id, contract_number, contract_version,
        starts_on, ends_on, monthly_rent, deposit, state)
      VALUES (\(area), \(home), \(household), \("C\(number)"), '2020', '2020-01-01', '2023-01-01',
        100, 300, 'running')
      """)
    return household
  }

  /// The form that opens a round of the county, filled in.
  func openingForm(_ title: String = "首轮复核", area: String = "350423") async throws -> PageForm {
    try await officer.open("/desk/reviews/new").form(to: "/desk/reviews").fill([
      "title": title, "area": area, "due_housing": "2021-08-31", "due_civil_affairs": "2021-09-10",
      "due_natural_resources": "2021-09-10", "due_public_security": "2021-09-10",
    ])
  }

  /// The address of a round that an officer opened.
  func open(_ title: String = "首轮复核", area: String = "350423") async throws -> String {
    let page = try await openingForm(title, area: area).submit()
    try #require(page.address.hasPrefix("/desk/reviews/"), "\(page.text)")
    return page.address
  }

  func browser(_ account: String) async throws -> Browser {
    try await site.browser(signedInAs: account)
  }

  /// The form that answers a check of a household.
  func checkForm(_ browser: Browser, _ household: Int64, _ check: String) async throws -> PageForm {
    let page = try await browser.open("/desk/checks/\(household)?check=\(check)")
    return try page.form(button: "保存")
  }

  /// Answers that a check found nothing.
  @discardableResult
  func clear(_ browser: Browser, _ household: Int64, _ check: String) async throws -> Page {
    try await checkForm(browser, household, check).fill(["result": "clear"]).submit()
  }

  /// All open checks of a bureau answered as clear, household by household, as its form goes on.
  func answerAll(_ account: String, _ checks: [String]) async throws {
    let browser = try await browser(account)
    for check in checks {
      var page = try await browser.open("/desk/checks?check=\(check)")
      guard page.has("从第一户开始答复") else { continue }
      page = try await page.follow("从第一户开始答复")
      while page.address.hasPrefix("/desk/checks/") {
        page = try await page.form(button: "保存").fill(["result": "clear"]).submit()
        try #require(page.status == 200, "\(page.text)")
      }
    }
  }

  func lines(_ sql: String) async throws -> [String] { try await register.lines(sql) }

  /// `check owed clear hit not_found`, as the trigger counted and as the rows themselves say.
  func counts() async throws -> (kept: [String], recounted: [String]) {
    let kept = try await lines(
      """
      SELECT area, estate_id, check_type, households, clear, hit, not_found FROM review_progress
      ORDER BY 1, 2, 3
      """)
    let recounted = try await lines(
      """
      SELECT f.area, f.estate_id, t, count(*), count(*) FILTER (WHERE r = 'clear'),
        count(*) FILTER (WHERE r = 'hit'), count(*) FILTER (WHERE r = 'not_found')
      FROM review_households f
      CROSS JOIN unnest(ARRAY['marriage', 'income', 'assets', 'registered_property', 'vehicles',
        'household_registration', 'signed_contracts', 'other_housing', 'rent_arrears', 'utilities']) t
      LEFT JOIN LATERAL (SELECT result AS r FROM checks k WHERE k.round_id = f.round_id
        AND k.household_id = f.household_id AND k.check_type = t
        AND NOT EXISTS (SELECT FROM checks n WHERE n.round_id = k.round_id
          AND n.household_id = k.household_id AND n.check_type = k.check_type
          AND n.sequence > k.sequence)) k ON true
      GROUP BY f.round_id, 1, 2, 3 ORDER BY 1, 2, 3
      """)
    return (kept, recounted)
  }
}
