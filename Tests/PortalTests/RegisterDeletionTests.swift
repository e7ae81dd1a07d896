import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// What was entered by mistake and never used is deleted; what is used is not, whoever asks.
@Suite struct RegisterDeletionTests {
  private struct Entered {
    let journey: RegisterJourney
    let estate, home, household: String

    init() async throws {
      journey = try await RegisterJourney()
      estate = try await journey.estate()
      home = try await journey.home("502", of: estate)
      household = try await journey.household("林小满", 1)
    }

    func lease() async throws -> String {
      _ = try await journey.lease("HT-1", room: "502", of: household)
      return try await journey.link("HT-1", on: household)
    }

    func delete(
      _ page: String, _ fields: KeyValuePairs<String, String> = [:]
    ) async throws -> Page {
      try await journey.officer.open(page + "/deletion").form(button: "确认删除")
        .fill(["reason": "重复登记"]).fill(fields).submit()
    }

    /// How many rows each has.
    func count(_ tables: String...) async throws -> [String] {
      try await journey.lines(
        tables.map { "SELECT count(*) FROM \($0)" }.joined(separator: " UNION ALL "))
    }

    /// Every row of every table as text.
    func everything() async throws -> String {
      try await journey.lines(
        """
        SET xmlbinary = hex;
        SELECT lower(query_to_xml(format('SELECT * FROM %I', tablename), true, true, '')::text)
        FROM pg_tables WHERE schemaname = 'public'
        """
      ).joined(separator: "\n")
    }
  }

  @Test func everythingEnteredByMistakeIsDeletedFromItsPageInTheOrderOfItsUses() async throws {
    let entered = try await Entered()
    let lease = try await entered.lease()
    for page in [lease, entered.household, entered.home, entered.estate] {
      #expect(try await entered.journey.officer.open(page).links.contains(page + "/deletion"))
      let done = try await entered.delete(page, page == lease ? ["home_state": "in_repair"] : [:])
      #expect(done.status == 200 && done.has("已删除。"), "\(page)")
      #expect(try await entered.journey.officer.open(page).status == 404, "\(page)")
      if page == lease {
        let states = try await entered.journey.lines("SELECT state FROM homes")
        #expect(states == ["in_repair"])
      }
    }
    let left = try await entered.count("estates", "homes", "households", "persons", "leases")
    #expect(left == ["0", "0", "0", "0", "0"])
  }

  @Test func theAuditLogKeepsWhoDeletedWhatAndWhyWithoutPeople() async throws {
    let entered = try await Entered()
    _ = try await entered.delete(entered.household)
    let events = try await entered.journey.lines(
      """
      SELECT account, action, before ->> 'number' ~ '^350423-', before ->> 'members', after ->> 'reason'
      FROM audit_events WHERE action ^@ 'register.delete'
      """)
    #expect(events == ["zhujian|register.delete_household|t|1|重复登记"])
  }

  @Test func withAHouseholdItsPeopleAreGoneFromEveryTable() async throws {
    let entered = try await Entered()
    _ = try await entered.journey.member("吴秀英", 2, "spouse", of: entered.household)
    let hashes = try [1, 2].map { sequence in
      let hash = entered.journey.fixture.site.keys.hash(try idNumber(sequence), of: .idNumber)
      return hash.map { String(format: "%02x", $0) }.joined()
    }
    let traces = ["林小满", "吴秀英"] + hashes
    let before = try await entered.everything()
    #expect(traces.allSatisfy { before.contains($0) })
    _ = try await entered.delete(entered.household)
    let after = try await entered.everything()
    #expect(traces.filter { after.contains($0) } == [])
    let left = try await entered.count(
      "persons", "person_name_grams", "register_changes WHERE household_id IS NOT NULL")
    #expect(left == ["0", "0", "0"])
  }

  @Test func aPersonEnteredTwiceIsOneAgainWhenTheSecondHouseholdIsDeleted() async throws {
    let entered = try await Entered()
    let form = try await entered.journey.officer.open("/desk/households/new").form(
      to: "/desk/households")
    let asked = try await form.fill([
      "township": "350423100", "category": "low_income", "name": "林小满",
      "id_number": try idNumber(1), "marital_status": "married",
    ]).submit()
    let again = try await asked.form(to: "/desk/households").fill(["anyway": "yes"]).submit()
    #expect(try await entered.count("findings") == ["2"])
    #expect(try await entered.delete(again.address).has("已删除。"))
    #expect(try await entered.count("findings", "households", "persons") == ["0", "1", "1"])
  }

  @Test func thePageSaysWhatUsesARowAndWhatToDoInstead() async throws {
    let entered = try await Entered()
    _ = try await entered.lease()
    for (page, use, instead) in [
      (entered.estate, "1 套房源", "先删除或改正它下面的房源"),
      (entered.home, "1 份租约", "先删除租约"),
      (entered.household, "1 份租约", "请终止租约"),
    ] {
      let shown = try await entered.journey.officer.open(page + "/deletion")
      #expect(shown.status == 200 && shown.has(use) && shown.has(instead), "\(page)")
      #expect(!shown.has("确认删除"), "\(page)")
    }
  }

  @Test func aLeaseOfAHouseholdUnderReviewIsEndedAndNotDeleted() async throws {
    let entered = try await Entered()
    let lease = try await entered.lease()
    try await entered.journey.fixture.openRound()
    let page = try await entered.journey.officer.open(lease + "/deletion")
    #expect(page.has("已列入 1 轮资格复核") && page.has("请“终止”") && !page.has("确认删除"))
  }

  @Test func whatIsUsedWhileSomebodyAsksIsRefusedAndShown() async throws {
    let entered = try await Entered()
    let form = try await entered.journey.officer.open(entered.household + "/deletion").form(
      button: "确认删除"
    ).fill(["reason": "重复登记"])
    try await entered.journey.fixture.openRound()
    let page = try await form.submit()
    #expect(page.status == 409 && page.has("没有删除") && page.has("已列入 1 轮资格复核"))
    #expect(try await entered.count("households", "persons") == ["1", "1"])
  }

  @Test func whoComesSecondFindsItGone() async throws {
    let entered = try await Entered()
    let form = try await entered.journey.officer.open(entered.home + "/deletion").form(
      button: "确认删除"
    ).fill(["reason": "重复登记"])
    #expect(try await entered.delete(entered.home).has("已删除。"))
    #expect(try await form.submit().status == 404)
  }

  @Test func aHomeThatSomebodyHasChangedIsShownAgainBeforeItIsDeleted() async throws {
    let entered = try await Entered()
    let form = try await entered.journey.officer.open(entered.home + "/deletion").form(
      button: "确认删除"
    ).fill(["reason": "登错了项目"])
    _ = try await entered.journey.officer.open(entered.home + "/edit").form(button: "保存").fill([
      "room": "503"
    ]).submit()
    let page = try await form.submit()
    #expect(page.status == 409 && page.has("503"))
    #expect(try page.form(button: "确认删除")["reason"] == "登错了项目")
    #expect(try await entered.count("homes") == ["1"])
  }

  @Test func whyIsAskedFor() async throws {
    let entered = try await Entered()
    let page = try await entered.delete(entered.home, ["reason": ""])
    #expect(page.status == 422 && page.errors.map(\.field) == ["reason"])
  }

  @Test func othersMayNotDelete() async throws {
    let entered = try await Entered()
    for account in ["minzheng", "longjin", "zhuanban"] {
      let browser = try await entered.journey.fixture.site.browser(signedInAs: account)
      #expect(!(try await browser.open(entered.home).links.contains(entered.home + "/deletion")))
      #expect(try await browser.open(entered.home + "/deletion").status == 403, "\(account)")
    }
  }

  /// The program may be taken over: the database lets nothing go that is used, and nothing that was not named.
  @Test func theDatabaseItselfRefusesWhatIsUsedOrWasNotNamed() async throws {
    let entered = try await Entered()
    let id = try #require(entered.household.split(separator: "/").last)
    let unused = try await entered.journey.household("吴秀英", 2).split(separator: "/").last ?? ""
    func deleteAsStaff(_ named: String) async throws -> [String] {
      for table in ["persons", "households"] {
        _ = try await entered.journey.fixture.site.database.psql(
          as: .staff, ["portal.area": "350423", "portal.deletion": named], "DELETE FROM \(table)")
      }
      return try await entered.count("households", "persons")
    }
    #expect(try await deleteAsStaff("") == ["2", "2"])
    #expect(try await deleteAsStaff("households:0") == ["2", "2"])
    try await entered.journey.fixture.site.owner.transaction { tx in
      let delivery = try tx.one(
        Query<Int64>(
          """
          INSERT INTO deliveries (area, check_type, way, state, as_of, account_name, delivered_at)
          VALUES ('350423', 'income', 'screen', 'done', '2021-08-01', '吴某', now()) RETURNING id
          """))
      // No foreign key leads from an answer to its household.
      try tx.execute(
        """
        INSERT INTO checks (area, household_id, check_type, result, as_of, answered_on, delivery_id)
        SELECT area, id, 'income', 'clear', '2021-08-01', '2021-08-02', \(delivery)
        FROM households ORDER BY id LIMIT 1
        """)
    }
    #expect(try await deleteAsStaff("households:\(id)") == ["2", "2"])
    #expect(try await deleteAsStaff("households:\(unused)") == ["1", "1"])
  }
}
