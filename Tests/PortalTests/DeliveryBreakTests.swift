import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Deliveries
@testable import Findings
@testable import Ground
@testable import Portal

/// A delivery that is given up or broken off leaves all or nothing.
@Suite(.serialized) struct DeliveryBreakTests {
  private func property(_ sequence: Int, address: String = "桥下路1号") throws -> String {
    DeliveryFixture.property("甲,\(try idNumber(sequence)),闽0001,\(address),1")
  }

  @Test func whatIsGivenUpIsGone() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(.registeredProperty, try property(1))
    let gone = try await county.press(page, "cancellation")
    #expect(gone.has("已放弃"))
    for table in ["check_records", "delivery_answers", "delivery_changes", "delivery_matches"] {
      #expect(try await county.lines("SELECT count(*) FROM \(table)") == ["0"], "\(table)")
    }
    // It may come again, as if it had never been there.
    let again = try await county.deliver(.registeredProperty, try property(1))
    #expect(again.has("等待确认"))
  }

  @Test func whatIsGivenUpWhileItIsMatchedStopsAndLeavesNothing() async throws {
    let county = try await DeliveryFixture()
    let mark = "标记\(UUID().uuidString)"
    // The matching stands still where it begins to read the register.
    let hold = try await TableHold(county.site, mode: "ACCESS EXCLUSIVE")
    let browser = try await county.site.browser(signedInAs: "ziran")
    let page = try await browser.open("/desk/deliveries/new").form(to: "/desk/deliveries")
      .fill(["as_of": "2021-07-31", "type": "registered_property"])
      .choosing(
        "file",
        [
          ChosenFile(
            name: "a.csv", type: "text/csv", bytes: Array(try property(1, address: mark).utf8))
        ]
      ).submit()
    #expect(page.has("正在比对"))
    #expect(try DeliveryFixture.files(with: mark).count == 1)
    _ = try await page.form(to: "\(DeliveryFixture.link(page))/cancellation").submit()
    await county.jobs.finishAll()
    try await hold.end()
    #expect(try await browser.open(page.address).has("已放弃"))
    #expect(try await county.lines("SELECT count(*) FROM check_records") == ["0"])
    #expect(try DeliveryFixture.files(with: mark).isEmpty)
  }

  @Test func whatAProgramThatDiedLeftIsSaidToHaveFailedOrWaitsForItsConfirmationAgain()
    async throws
  {
    let county = try await DeliveryFixture()
    _ = try await county.deliver(.registeredProperty, try property(1))
    _ = try await county.deliver(.registeredProperty, try property(3))
    _ = try await county.lines(
      """
      UPDATE deliveries SET state = CASE id WHEN 1 THEN 'matching' ELSE 'committing' END,
        row_count = CASE id WHEN 1 THEN NULL ELSE row_count END;
      INSERT INTO jobs (kind, subject, area, account_id, lane, home, state, worker, heard_at)
      SELECT CASE id WHEN 1 THEN 'delivery_match' ELSE 'delivery_commit' END, id, area, account_id, 'x',
        CASE id WHEN 1 THEN 'dead' END, 'running', 'dead', now() - interval '1 hour'
      FROM deliveries
      """)
    let restarted = try county.site.restarted()
    try await restarted.portal.services.jobs.takeUp()
    #expect(
      try await county.lines("SELECT state, message FROM deliveries ORDER BY id") == [
        "failed|比对时程序中断，没有留下任何数据，请重新上传", "matched|写入时程序中断，没有写入任何答复，请重新确认",
      ])
  }

  @Test func aConfirmationWhoseConnectionIsLostComesIntoForceByTheNextTry() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(.registeredProperty, try property(1))
    let answer = try await county.site.database.psql(
      as: .superuser, [:],
      """
      CREATE SEQUENCE cuts;
      GRANT USAGE ON SEQUENCE cuts TO portal_staff;
      CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('cuts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cut BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NEW.state = 'done')
        EXECUTE FUNCTION cut();
      """)
    #expect(answer.status == 0, "\(answer.errors)")
    let done = try await county.press(page, "confirmation")
    #expect(done.has("已生效"), "\(done.text.prefix(400))")
    #expect(
      try await county.lines("SELECT state, attempts FROM jobs WHERE kind = 'delivery_commit'")
        == ["done|2"])
  }

  @Test func aLargeDeliveryThatWasOvertakenIsLookedAtAnewHoweverLongThatTakes() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(.registeredProperty, try property(1))
    _ = page
    let setUp = try await county.site.database.psql(
      as: .superuser, [:],
      """
      UPDATE deliveries SET state = 'committing';
      INSERT INTO jobs (kind, subject, area, account_id, lane, state, worker, attempts)
      SELECT 'delivery_commit', id, area, account_id, 'x', 'running', 'test', 1 FROM deliveries;
      CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_sleep(0.5);
        RETURN NEW;
      END $$;
      CREATE TRIGGER dawdle BEFORE UPDATE ON deliveries FOR EACH ROW
        WHEN (NEW.answers_new IS NOT NULL AND NEW.state = 'matched' AND OLD.state = 'matched')
        EXECUTE FUNCTION dawdle();
      """)
    #expect(setUp.status == 0, "\(setUp.errors)")
    let database = county.site.database.database(as: .staff)
    defer { database.close() }
    let kind = DeliveryCommitJob(keys: county.site.keys) { _, _ in }
    try await database.transaction(TransactionContext(["portal.area": "350423"])) { tx in
      let order = try tx.one(
        Query<JobOrder>("SELECT \(JobOrder.columns) FROM jobs WHERE kind = 'delivery_commit'"))
      // In the place of the ten seconds that a statement of the store may take.
      try tx.script("SET LOCAL statement_timeout = 200")
      try kind.failed(order, .error(DeliveryRefusal.overtaken), "x", tx)
    }
    #expect(try await county.lines("SELECT state FROM deliveries") == ["matched"])
  }

  @Test func anAnswerThatCameMeanwhileIsShownBeforeAnythingIsConfirmed() async throws {
    let county = try await DeliveryFixture()
    let page = try await county.deliver(.registeredProperty, try property(1))
    #expect(!page.has("与以前答复的差异"))
    // Meanwhile the bureau says on another way that there is nothing.
    try await county.bring(
      .registeredProperty,
      DeliveryFixture.property("甲,\(try idNumber(500)),闽0001,桥下路1号,1"), complete: true)
    let answer = try await county.press(page, "confirmation")
    #expect(answer.has("等待确认") && answer.has("QL-1"), "\(answer.text.prefix(500))")
    #expect(try await county.answers(.registeredProperty).first == "QL-1 clear")
    let done = try await county.press(answer, "confirmation", ["reason": "新登记的房产"])
    #expect(done.has("已生效"))
    #expect(try await county.answers(.registeredProperty).first == "QL-1 hit")
  }

  @Test func deliveriesOfABureauWaitForThoseOfNoOther() async throws {
    let county = try await DeliveryFixture()
    _ = try await county.deliver(.registeredProperty, try property(1))
    _ = try await county.deliver(.income, "姓名,身份证号,年收入\n甲,\(try idNumber(1)),20000\n")
    #expect(
      try await county.lines("SELECT lane FROM jobs ORDER BY 1")
        == ["delivery-civil_affairs", "delivery-natural_resources"])
  }

  @Test func whatFollowsFromADeliveryIsSetGoingOnceItIsDone() async throws {
    let county = try await DeliveryFixture()
    try await county.bring(.registeredProperty, try property(1))
    await county.jobs.finishAll()
    #expect(
      try await county.lines(
        """
        SELECT f.rule, h.number FROM findings f JOIN households h ON h.id = f.household_id
        WHERE f.state = 'open'
        """) == ["R1|QL-1"])
  }
}
