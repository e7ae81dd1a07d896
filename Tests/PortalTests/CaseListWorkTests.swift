import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// The problem list as a work list: whose, how late, on a board, and several cases at once.
@Suite struct CaseListWorkTests {
  private struct Work {
    let base: CaseWorkFixture
    /// The addresses of cases, all verified but the last.
    let cases: [String]

    var ids: [String] { cases.map { String($0.split(separator: "/").last ?? "") } }

    init(_ count: Int = 3, _ natures: [ExitNature] = [.sublet]) async throws {
      base = try await CaseWorkFixture()
      var cases: [String] = []
      for place in 0..<count {
        let household =
          place == 0
          ? base.household : try await base.base.household("H\(place + 1)", sequence: 100 + place)
        let nature = natures[place % natures.count]
        let address = try await base.open(nature, of: household)
        if place < count - 1 {
          _ = try await base.both(
            .verify, of: address,
            nature == .arrears ? ["route": "civil"] : [:])
        }
        cases.append(address)
      }
      self.cases = cases
    }

    func choose(_ places: [Int]? = nil) async throws -> Page {
      let chosen = (places ?? Array(ids.indices)).map { "case=\(ids[$0])" }.joined(separator: "&")
      return try await base.officer.open("/desk/cases/choice?\(chosen)")
    }

    func lines(_ sql: String) async throws -> [String] { try await base.base.register.lines(sql) }
  }

  private func person(_ name: String, _ work: Work) async throws -> String {
    try await work.lines("SELECT id FROM accounts WHERE account = '\(name)'")[0]
  }

  @Test func `cases are given to a colleague together and each says so`() async throws {
    let work = try await Work()
    let town = try await person("longjin", work)
    let list = try await work.base.officer.open("/desk/cases")
    #expect(list.all("input").count { $0["name"] == "case" } == 3)
    let done = try await work.choose().form(to: "/desk/cases/assignments").fill(["assignee": town])
      .submit()
    #expect(done.has("已把 3 件交给"))
    #expect(
      try await work.lines("SELECT count(*) FROM cases WHERE assigned_to = \(town)") == ["3"])
    #expect(
      try await work.lines("SELECT count(*) FROM case_events WHERE action = 'plan'") == ["3"])
    #expect(
      try await work.lines("SELECT count(*) FROM audit_events WHERE action = 'case.plan'") == ["3"])
    // They are the township's own now, and nobody's no more.
    let own = try await work.base.base.site.browser(signedInAs: "longjin")
    #expect(try await own.open("/desk/cases?holder=mine").has("共 3 件"))
    #expect(try await own.open("/desk").has("由我经办"))
    #expect(try await work.base.officer.open("/desk/cases?holder=mine").has("没有符合条件的问题"))
    #expect(try await work.base.officer.open("/desk/cases?holder=nobody").has("没有符合条件的问题"))
    #expect(try await work.base.officer.open("/desk/cases").has("马春萍"))
  }

  @Test func `a plan that somebody made stays when the case is given to another`() async throws {
    let work = try await Work(1)
    _ = try await work.base.officer.open("\(work.cases[0])/plan").form(to: "\(work.cases[0])/plan")
      .fill(["planned_on": "2021-09-10", "measures": "已约谈"]).submit()
    let town = try await person("longjin", work)
    _ = try await work.choose().form(to: "/desk/cases/assignments").fill(["assignee": town])
      .submit()
    #expect(
      try await work.lines("SELECT planned_on, measures, assigned_to FROM cases")
        == ["2021-09-10|已约谈|\(town)"])
    #expect(
      try await work.lines(
        "SELECT details ->> 'planned_on', details ->> 'measures' FROM case_events WHERE action = 'plan' ORDER BY id"
      )
        == ["2021-09-10|已约谈", "2021-09-10|已约谈"])
  }

  @Test func `one notice tells all that may be told and says which were left`() async throws {
    let work = try await Work()
    let page = try await work.choose()
    #expect(page.has("2 件可以送达告知") && page.has("现在是“疑点待核”，不能送达告知"))
    let form = try page.form(to: "/desk/cases/notices")
    let empty = try await form.submit()
    #expect(empty.status == 422 && empty.errors.contains { $0.message.contains("送达方式") })
    let filled = try form.fill([
      "noticed_on": "2021-08-18", "manner": "hand", "document": "清住建告〔2021〕1至2号",
      "answer_by": "2021-08-25",
    ])
    let whole = try await filled.fill(["left": "none"]).submit()
    #expect(whole.status == 422 && whole.has("一件也没有办"))
    #expect(try whole.form(to: "/desk/cases/notices")["document"] == "清住建告〔2021〕1至2号")
    #expect(try await work.lines("SELECT count(*) FROM cases WHERE state = 'noticed'") == ["0"])
    let done = try await filled.submit()
    #expect(done.has("已给 2 件送达告知") && done.has("留下 1 件") && done.has("不能送达告知"))
    #expect(
      try await work.lines("SELECT state FROM cases ORDER BY id") == [
        "noticed", "noticed", "suspected",
      ])
    #expect(
      try await work.lines(
        "SELECT DISTINCT details ->> 'answer_by' FROM case_events WHERE action = 'serve_notice'")
        == ["2021-08-25"])
    #expect(
      try await work.lines(
        "SELECT count(*) FROM audit_events WHERE action = 'case.step' AND after ->> 'step' = 'serve_notice'"
      )
        == ["2"])
  }

  @Test func `a day before what a case knows leaves that case`() async throws {
    let work = try await Work()
    let filled = try await work.choose([0, 1]).form(to: "/desk/cases/notices").fill([
      "noticed_on": "2021-08-01", "manner": "hand", "document": "告知书", "answer_by": "2021-08-25",
    ])
    let refused = try await filled.submit()
    #expect(refused.status == 422 && refused.has("告知送达日期不能早于发现（知道）日期（2021-08-02）"))
    #expect(try await work.lines("SELECT count(*) FROM cases WHERE state = 'noticed'") == ["0"])
  }

  @Test func `cases of different ways are not told together`() async throws {
    let work = try await Work(3, [.sublet, .arrears])
    let page = try await work.choose([0, 1])
    #expect(page.has("处理途径不同"))
    #expect(throws: NotOnPage.self) { try page.form(to: "/desk/cases/notices") }
  }

  @Test func `what others changed meanwhile is done to nothing that was chosen by hand`()
    async throws
  {
    let work = try await Work()
    let town = try await person("longjin", work)
    let form = try await work.choose().form(to: "/desk/cases/assignments").fill(["assignee": town])
    _ = try await work.base.take(.serveNotice, of: work.cases[0])
    let late = try await form.submit()
    #expect(late.status == 409 && late.has("一件也没有处理") && late.has("已告知"))
    #expect(
      try await work.lines("SELECT count(*) FROM cases WHERE assigned_to IS NOT NULL") == ["0"])
    // Of a whole filter what has not changed is done.
    let all = try await work.base.officer.open("/desk/cases").follow("处理筛选出的全部问题")
    let whole = try all.form(to: "/desk/cases/assignments").fill(["assignee": town])
    _ = try await work.base.take(.serveNotice, of: work.cases[1])
    let done = try await whole.submit()
    #expect(done.has("已把 2 件交给") && done.has("您打开页面以后有了变化"))
  }

  @Test func `the list is narrowed by way, hardship, plan and due day`() async throws {
    let work = try await Work(3, [.sublet, .arrears])
    _ = try await work.lines(
      """
      UPDATE cases SET in_hardship = true, planned_on = '2021-08-10', due_on = '2021-08-22', next_due_on = NULL WHERE id = \(work.ids[0]);
      UPDATE cases SET due_on = '2021-09-30', next_due_on = NULL WHERE id <> \(work.ids[0])
      """)
    for (query, count) in [
      ("route=administrative", 1), ("route=civil", 1), ("hardship=1", 1), ("behind=1", 1),
      ("soon=1", 1),
      ("overdue=1", 0),
    ] {
      let page = try await work.base.officer.open("/desk/cases?\(query)")
      #expect(count == 0 ? page.has("没有符合条件的问题") : page.has("共 \(count) 件"), "\(query)")
    }
    let list = try await work.base.officer.open("/desk/cases")
    #expect(list.has("困难情形") && list.has("2021-08-10"))
    let desk = try await work.base.officer.open("/desk")
    #expect(desk.has("逾期和临期的问题") && desk.has("还有 2 天"))
  }

  @Test func `the board shows each state with its first cases`() async throws {
    let work = try await Work()
    let board = try await work.base.officer.open("/desk/cases").follow("看板")
    #expect(board.status == 200)
    #expect(board.links.filter { work.cases.contains($0) }.count == 3)
    #expect(board.has("已核实") && board.has("2 件"))
    let list = try await board.follow("2 件")
    #expect(list.has("共 2 件") && list.has("表格"))
    #expect(try await work.base.officer.open("/desk/cases/board?state=suspected").has("1 件"))
    #expect(
      try await work.base.officer.open("/desk/cases/board?nature=lent").has("没有符合条件的问题"))
  }
}
