import Domain
import Foundation
import HTML
import Postgres
import Spreadsheet
import TestSupport
import Testing
import Web

@testable import Cases
@testable import Ground
@testable import Pages
@testable import Register

/// The annex: its numbers are those of the cases, and nothing is handed in that does not add up.
/// One after the other: a try to sign in counts as failed until it is answered, and too many at once are locked out.
@Suite(.serialized) struct AnnexTests {
  // MARK: Counting

  /// Cases of every nature in every estate, each with a way of its own through the states.
  private func fill(_ fixture: DisclosureFixture, seed: Double) async throws {
    try await fixture.run("DELETE FROM cases")
    try await fixture.owner.transaction { tx in
      _ = try tx.one(Query<String>("SELECT setseed(\(seed))::text"))
      try tx.execute(
        """
        INSERT INTO cases (id, area, campaign_id, number, household_id, home_id, estate_id, nature, state, opened_on,
          state_since, due_on, measures, planned_on)
        SELECT i, m.area, 1, 'R' || i, m.id, m.id, m.estate_id,
          (ARRAY['purchased_home', 'over_limit', 'sublet', 'lent', 'vacant', 'arrears', 'deceit', 'other'])
            [1 + floor(random() * 8)::int], 'suspected', '2021-06-15', '2021-06-15', '2021-08-25',
          CASE WHEN i % 3 = 0 THEN '措施' || i % 4 END, CASE WHEN i % 2 = 0 THEN date '2021-08-25' + i % 20 END
        FROM generate_series(1, 300) i JOIN homes m ON m.id = 1 + i % 5
        """)
      // Every case goes through some states; each comes a few days after the one before.
      try tx.execute(
        """
        INSERT INTO case_events (area, case_id, at, account_name, action, to_state)
        SELECT c.area, c.id, timestamptz '2021-06-15 09:00+08' + (n * 9 + c.id % 7) * interval '1 day', '样本员',
          'step', (ARRAY['suspected', 'unfounded', 'withdrawn', 'verified', 'noticed', 'decided', 'moving', 'corrected',
            'refused', 'demanded', 'court', 'lawsuit', 'market_rent', 'suspended', 'agreed', 'vacated', 'closed'])
            [CASE n WHEN 0 THEN 1 ELSE 1 + floor(random() * 17)::int END]
        FROM cases c, generate_series(0, 6) n WHERE n <= c.id % 7 ORDER BY c.id, n
        """)
      try tx.execute(
        """
        UPDATE cases c SET state = (
          SELECT to_state FROM case_events e WHERE e.case_id = c.id ORDER BY id DESC LIMIT 1)
        """)
    }
  }

  /// The same counted another way: `estate|nature|found|cleared|remaining`.
  private func recount(
    _ fixture: DisclosureFixture, until: String?, in area: String = "350423"
  ) async throws -> [String] {
    let state =
      until.map {
        """
        (SELECT DISTINCT ON (case_id) case_id, to_state FROM case_events
          WHERE (at AT TIME ZONE 'Asia/Shanghai')::date <= '\($0)' ORDER BY case_id, id DESC)
        """
      } ?? "(SELECT id AS case_id, state AS to_state FROM cases)"
    return try await fixture.test.psql(
      as: .superuser, [:],
      """
      SELECT e.id, c.nature, count(*), sum((to_state IN ('vacated', 'corrected', 'closed'))::int),
        sum((to_state NOT IN ('vacated', 'corrected', 'closed'))::int)
      FROM \(state) s JOIN cases c ON c.id = s.case_id JOIN estates e ON e.id = c.estate_id
      WHERE e.ownership = 'government' AND c.area LIKE '\(area)%'
        AND c.nature IN ('purchased_home', 'over_limit', 'sublet', 'lent')
        AND to_state NOT IN ('suspected', 'unfounded', 'withdrawn')
      GROUP BY e.id, c.nature ORDER BY e.id, c.nature
      """
    ).lines
  }

  private func asked(
    _ query: FormFields, _ principal: Principal
  ) throws -> ListRequest<AnnexFilter> {
    ListRequest(
      try AnnexFilter(query), as: principal, at: DisclosureFixture.now, among: [])
  }

  private func annex(
    _ fixture: DisclosureFixture, _ query: FormFields, as principal: Principal? = nil
  ) async throws -> AnnexTable {
    let asked = try asked(query, principal ?? fixture.lead)
    return try await fixture.databases.read(as: asked.principal) { try $0.annex(asked) }
  }

  private static func text(_ table: AnnexTable) -> [String] {
    table.rows.map {
      "\($0.estate)|\($0.nature.rawValue)|\($0.counts.found)|\($0.counts.cleared)|\($0.counts.remaining)"
    }.sorted()
  }

  @Test(arguments: [0.1, 0.5, 0.9])
  func `it equals a recount of its own, now and on any past day`(_ seed: Double) async throws {
    let fixture = try await DisclosureFixture()
    try await fill(fixture, seed: seed)
    for until in [nil, "2021-06-14", "2021-06-20", "2021-07-05", "2021-07-31", "2021-08-15"] {
      for (query, area): (FormFields, String) in [
        ([:], "350423"), (["area": "350423101"], "350423101"),
      ] {
        var query = query
        if let until {
          query = FormFields(query.fields + [FormFields.Field(name: "until", value: until)])
        }
        let table = try await annex(fixture, query)
        #expect(Self.text(table) == (try await recount(fixture, until: until, in: area)).sorted())
        #expect(table.problems.isEmpty)
      }
    }
  }

  @Test func `a township counts its own and an estate its own`() async throws {
    let fixture = try await DisclosureFixture()
    try await fill(fixture, seed: 0.3)
    #expect(
      Self.text(try await annex(fixture, [:], as: fixture.townOfficer))
        == (try await recount(fixture, until: nil, in: "350423100")).sorted())
    let one = try await annex(fixture, ["estate": "2"])
    #expect(!one.rows.isEmpty && one.rows.allSatisfy { $0.estate.rawValue == 2 })
  }

  @Test func `it agrees with the figures that are published`() async throws {
    let fixture = try await DisclosureFixture()
    try await fill(fixture, seed: 0.7)
    for scope in ["government", "all"] {
      try await fixture.run("UPDATE campaigns SET scope = \(scope)")
      let figures = try await fixture.figures(as: fixture.lead)
      let table = try await annex(fixture, [:])
      for nature in ExitNature.annexed {
        #expect(table.byNature[nature]?.found ?? 0 == figures.total.byNature[nature] ?? 0)
      }
    }
  }

  @Test func `a campaign that is over keeps what it finished`() async throws {
    let fixture = try await DisclosureFixture()
    try await fixture.run("UPDATE cases SET state = 'closed' WHERE id = 1")
    try await fixture.run("UPDATE campaigns SET ended_on = '2021-08-10'")
    try await fixture.run(
      """
      INSERT INTO campaigns (id, area, title, document_number, clear_by)
      VALUES (2, '350423', '第二次', '清建〔2021〕36号', '2021-12-25')
      """)
    try await fixture.run("UPDATE cases SET campaign_id = 2 WHERE id = 2")
    for (id, day, state) in [(1, "2021-07-10", "closed"), (2, "2021-07-12", "moving")] {
      try await fixture.run(
        """
        INSERT INTO case_events (area, case_id, at, account_name, action, to_state)
        VALUES ('350423100', \(id), \(day)::timestamptz, '样本员', 'step', \(state))
        """)
    }
    #expect(try await annex(fixture, [:]).total == AnnexCounts(found: 1, cleared: 0, remaining: 1))
    #expect(
      try await annex(fixture, ["until": "2021-08-01"]).total
        == AnnexCounts(found: 2, cleared: 1, remaining: 1))
  }

  @Test func `measures and planned days are those of the day`() async throws {
    let fixture = try await DisclosureFixture()
    try await fixture.run(
      "UPDATE cases SET measures = '正在协商搬迁', planned_on = '2021-08-30' WHERE id = 2")
    for (day, state, action, details) in [
      ("2021-07-02", "moving", "step", "{}"),
      ("2021-07-10", "moving", "plan", #"{"measures": "已约谈", "planned_on": "2021-08-20"}"#),
      ("2021-08-12", "moving", "plan", #"{"measures": "正在协商搬迁", "planned_on": "2021-08-30"}"#),
    ] {
      try await fixture.run(
        """
        INSERT INTO case_events (area, case_id, at, account_name, action, to_state, details)
        VALUES ('350423100', 2, \(day)::timestamptz, '样本员', \(action), \(state), \(details)::jsonb)
        """)
    }
    func words(_ query: FormFields) async throws -> [String] {
      try await annex(fixture, query).rows.filter { $0.nature == .lent }
        .map { "\($0.remainingText)/\($0.plannedText)" }
    }
    #expect(try await words([:]) == ["剩余 1 户：正在协商搬迁/2021-08-30"])
    #expect(try await words(["until": "2021-08-01"]) == ["剩余 1 户：已约谈/2021-08-20"])
    #expect(try await words(["until": "2021-07-05"]) == ["剩余 1 户/未定"])
    #expect(try await words(["until": "2021-07-01"]).isEmpty)
  }

  // MARK: Refusing

  @Test func `numbers that disagree are neither printed nor taken out`() async throws {
    let fixture = try await DisclosureFixture()
    var table = try await annex(fixture, [:])
    let good = AnnexPage(asked: try asked([:], fixture.lead), table: table)
    #expect(good.actions.text.contains("导出 XLSX"))
    table.rows[0].counts.remaining += 1
    let page = AnnexPage(asked: try asked([:], fixture.lead), table: table)
    #expect(page.actions.isEmpty)
    #expect(page.html.text.contains("不能打印，也不能导出") && page.html.text.contains("龙津小区的"))
    #expect(throws: SoundAnnex.Unsound.self) {
      try SoundAnnex(table, unit: "县住建局", filledOn: Day(number: 18_000), until: nil)
    }
  }

  // MARK: As people use it

  private static let shared = Task { try await TestPortal.start() }

  @Test(arguments: ["", "?until=2021-07-20", "?area=350423101", "?until=2021-08-01&area=350423100"])
  func `every number opens to its cases`(_ query: String) async throws {
    let browser = try await Self.shared.value.browser(signedInAs: "zhujian")
    let page = try await browser.open("/desk/annex\(query)")
    #expect(page.status == 200)
    let links = page.all("a").filter { $0["href"]?.contains("annex=") == true }
    #expect(links.count > 6)
    for link in links {
      let count = try #require(Int(link.text.filter(\.isNumber)))
      let list = try await browser.open(try #require(link["href"]))
      #expect(list.has("共 \(count) 件"), "\(link["href"] ?? "")")
    }
  }

  @Test func `it is laid out as the notice has it, on paper and as a workbook`() async throws {
    let browser = try await Self.shared.value.browser(signedInAs: "zhujian")
    let screen = try await browser.open("/desk/annex")
    let paper = try await screen.follow("打印")
    #expect(paper.heading == "公租房承租人应退未退整改情况表")
    #expect(paper.has("填报单位（加盖公章）：") && paper.has("填报时间：2021年8月20日"))
    #expect(paper.has("合计"))
    let file = try await screen.follow("导出 XLSX")
    #expect(file.status == 200)
    let rows = try Self.rows(file)
    #expect(rows.first?.first == "公租房承租人应退未退整改情况表")
    #expect(rows[1].contains { $0.hasPrefix("填报单位（加盖公章）：") })
    #expect(
      rows[2].prefix(6) == [
        "序号", "县市", "应退未退公租房项目名称", SoundAnnex.natureHeading, "共涉及应清退家庭户数", "已清退家庭户数",
      ])
    #expect(rows[3].suffix(2) == ["整改措施和进度", "计划完成时间"])
    #expect(rows.last?.contains("合计") == true)
  }

  private static func rows(_ file: Page) throws -> [[String]] {
    let path = NSTemporaryDirectory() + "annex-\(UUID().uuidString).xlsx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(file.bytes).write(to: URL(filePath: path))
    var rows: [[String]] = []
    try Workbook(path: path, fileName: "annex.xlsx").forEachRow { row in
      rows.append(row.cells.map(\.plainText))
    }
    return rows
  }

  @Test func `a day to come or no day is refused in words`() async throws {
    let browser = try await Self.shared.value.browser(signedInAs: "longjin")
    for address in ["/desk/annex?until=2021-08-21", "/desk/annex/print?until=2021-08-21"] {
      let page = try await browser.open(address)
      #expect(page.status == 422 && page.has("截止日期不能晚于今天（2021-08-20）"))
    }
    let page = try await browser.open("/desk/annex?until=yesterday")
    #expect(page.status == 400 && page.has("应写成 2021-08-25 这样"))
    #expect(try await browser.open("/desk/annex?format=csv").status == 400)
  }
}
