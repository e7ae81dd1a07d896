import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// From a complaint to a household and a case, and what either page then says of the other.
@Suite struct ComplaintCaseTests {
  private struct Complained {
    let work: CaseWorkFixture
    let complaint: String

    /// A household in 安居苑 1栋1单元502, and a complaint about it.
    init(_ kind: String = "sublet", address: String? = "安居苑1栋1单元502") async throws {
      work = try await CaseWorkFixture("502")
      let id = try await work.base.site.owner.transaction { tx in
        try tx.one(
          Query<Int64>(
            """
            INSERT INTO complaints (id, area, number, kind, address, description, is_named, received_at, submission_hash,
              follow_up_hash, digest, signature, signing_key)
            VALUES (77, '350423', '2021-00000077', \(kind), \(optional: address), '住户每月收租八百元，我是对门的', false,
              '2021-08-10 09:00+08', sha256('s'), sha256('f'), sha256('d'), decode(repeat('00', 64), 'hex'), 's1')
            RETURNING id
            """))
      }
      complaint = "/desk/complaints/\(id)"
    }

    func lines(_ sql: String) async throws -> [String] { try await work.base.register.lines(sql) }

    func link() async throws -> Page {
      let page = try await work.officer.open("\(complaint)/household")
      return try await page.form(to: "\(complaint)/household")
        .fill(["household": String(work.household)]).submit()
    }

    func open(_ typed: KeyValuePairs<String, String>) async throws -> Page {
      try await work.officer.open("\(complaint)/case").form(to: "\(complaint)/case").fill(typed)
        .submit()
    }
  }

  @Test func `the household is found by the words of the complaint and linked`() async throws {
    let seen = try await Complained()
    let page = try await seen.work.officer.open(seen.complaint)
    #expect(page.has("还没有关联家庭"))
    let found = try await page.follow("查找家庭")
    #expect(found.has("安居苑") && found.has("林*满") && !found.has("林小满"))
    let linked = try await seen.link()
    #expect(linked.has("已关联这一户") && linked.has("家庭 502"))
    #expect(
      try await seen.lines(
        "SELECT complaint_id, household_id, area, linked_by_name <> '' FROM complaint_households")
        == ["77|\(seen.work.household)|350423100|t"])
    #expect(
      try await seen.lines(
        "SELECT entity_id, after ->> 'household' FROM audit_events WHERE action = 'complaint.link_household'"
      )
        == ["77|\(seen.work.household)"])
    // It is not offered a second time.
    #expect(try await seen.work.officer.open("\(seen.complaint)/household").has("查到的家庭都已关联"))
  }

  @Test func `it is found by estate building and room too`() async throws {
    let seen = try await Complained(address: nil)
    let page = try await seen.work.officer.open("\(seen.complaint)/household")
    #expect(page.has("还没有查找"))
    let search = try page.form(to: "/find")
    for (building, room, isThere) in [
      ("1", "502", true), ("1幢", "502", false), ("1栋", "502室", true), ("１", "502", true),
      ("2", "502", false),
    ] {
      let found = try await search.fill([
        "estate": String(seen.work.base.estate), "building": building, "room": room,
      ]).submit()
      #expect(found.status == 200)
      #expect(found.has("家庭 502") == (isThere || building == "1幢"), "\(building) \(room)")
    }
    let words = try await search.fill(["words": "安居苑 1-1-502"]).submit()
    #expect(words.has("家庭 502"))
    #expect(!words.address.contains("502"))
    let nothing = try await search.fill(["words": "没有的小区9栋"]).submit()
    #expect(nothing.has("没有找到住在那里的家庭"))
  }

  @Test func `a case is opened from it and both pages say so without its words`() async throws {
    let seen = try await Complained()
    _ = try await seen.link()
    let short = try await seen.open(["target": "new", "facts": ""])
    #expect(short.status == 422 && short.errors.contains { $0.message.contains("核实的情况") })
    let opened = try await seen.open(["target": "new", "facts": "八月十二日上门，开门的是外地人"])
    #expect(opened.has("已列入问题清单") && opened.has("投诉举报") && opened.has("2021-00000077"))
    #expect(!opened.has("每月收租八百元") && !opened.has("对门"))
    #expect(
      try await seen.lines("SELECT source, nature, state FROM cases") == [
        "complaint|sublet|suspected"
      ])
    #expect(try await seen.lines("SELECT complaint_id FROM case_complaints") == ["77"])
    let complaint = try await seen.work.officer.open(seen.complaint)
    #expect(complaint.has("疑点待核") && complaint.has("WT2021-000001"))
    // Who may not read complaints learns that there is one, and no more.
    let town = try await seen.work.base.site.browser(signedInAs: "longjin")
    let own = try await town.open("/desk/cases/1")
    #expect(own.has("有 1 件投诉举报") && !own.has("2021-00000077") && !own.has("对门"))
    _ = try await seen.work.both(.verify, of: "/desk/cases/1")
    #expect(try await seen.work.officer.open(seen.complaint).has("已核实"))
  }

  @Test func `it joins a case that runs`() async throws {
    let seen = try await Complained()
    let address = try await seen.work.open(.sublet)
    let id = String(address.split(separator: "/").last ?? "")
    _ = try await seen.link()
    let again = try await seen.open(["target": "new", "nature": "sublet", "facts": "又是同一件事"])
    #expect(again.status == 422 && again.has("请并入那件问题") && again.keeps("又是同一件事"))
    let joined = try await seen.open(["target": id])
    #expect(joined.has("已并入这件问题") && joined.has("并入投诉举报"))
    #expect(try await seen.lines("SELECT count(*) FROM cases") == ["1"])
    #expect(
      try await seen.lines(
        "SELECT after ->> 'complaint' FROM audit_events WHERE action = 'case.add_complaint'")
        == ["77"])
    // Once is enough.
    let form = try await seen.work.officer.open("\(seen.complaint)/case")
    #expect(!form.has("并入 WT2021"))
  }

  @Test func `a wrong link is taken back with its reason`() async throws {
    let seen = try await Complained()
    _ = try await seen.link()
    let form = try await seen.work.officer.open(seen.complaint).follow("取消关联")
      .form(to: "\(seen.complaint)/unlinking")
    let silent = try await form.fill(["household": String(seen.work.household)]).submit()
    #expect(silent.status == 422)
    let done = try await form.fill([
      "household": String(seen.work.household), "reason": "看错了楼栋",
    ]).submit()
    #expect(done.has("已取消关联") && done.has("还没有关联家庭"))
    #expect(
      try await seen.lines("SELECT reason, removed_by IS NOT NULL FROM complaint_households") == [
        "看错了楼栋|t"
      ])
    #expect(try await seen.work.officer.open("\(seen.complaint)/case").has("还没有关联家庭"))
    #expect(try await seen.link().has("已关联这一户"))
  }

  @Test func `one that only inspectors see leads nowhere`() async throws {
    let seen = try await Complained("misconduct")
    for browser in [seen.work.officer, seen.work.lead] {
      for place in ["", "/household", "/case", "/unlinking"] {
        #expect(try await browser.open(seen.complaint + place).status == 404)
      }
    }
    let officer = try await seen.lines("SELECT id FROM accounts WHERE account = 'zhujian'")[0]
    let refused = try await seen.work.base.site.database.refused(
      as: .staff, ["portal.area": "350423", "portal.account": officer],
      """
      INSERT INTO complaint_households (area, complaint_id, household_id, linked_by, linked_by_name, linked_at)
      VALUES ('350423100', 77, \(seen.work.household), \(officer), '某人', now())
      """)
    #expect(refused)
  }

  @Test func `nobody links in the name of another`() async throws {
    let seen = try await Complained()
    let accounts = try await seen.lines(
      "SELECT id FROM accounts WHERE account IN ('zhujian', 'longjin') ORDER BY account DESC")
    for (actor, isRefused) in [(accounts[0], false), (accounts[1], true)] {
      let refused = try await seen.work.base.site.database.refused(
        as: .staff, ["portal.area": "350423", "portal.account": actor],
        """
        INSERT INTO complaint_households (area, complaint_id, household_id, linked_by, linked_by_name, linked_at)
        VALUES ('350423100', 77, \(seen.work.household), \(accounts[0]), '某人', now())
        """)
      #expect(refused == isRefused)
    }
  }

  @Test func `a household of another area cannot be linked`() async throws {
    let seen = try await Complained()
    let page = try await seen.work.officer.open("\(seen.complaint)/household")
    let forged = try await page.form(to: "\(seen.complaint)/household")
      .forging("household", "999999").submit()
    #expect(forged.status == 422 && forged.has("不在查找结果里"))
  }
}
