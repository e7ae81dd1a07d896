import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// A county's campaign: made, corrected, ticked off, ended, and followed by the next.
@Suite struct CampaignTests {
  private let site: TestPortal
  private let officer: Browser

  init() async throws {
    site = try await TestPortal.start(.empty)
    officer = try await site.browser(signedInAs: "zhujian")
  }

  @Test func `an empty county makes one from the notice's plan, moved to its first day`()
    async throws
  {
    let empty = try await officer.open("/desk/campaign")
    #expect(empty.has("还没有整治行动"))
    let round = try await officer.open("/desk/reviews/new")
    #expect(round.source.contains("href=\"/desk/campaign/new\""))

    let edit = try await opened(startsOn: "2022-03-01")
    // 273 days after the notice's 1 June 2021.
    let form = try edit.form(button: "保存")
    #expect(form["clear_by"] == "2022-05-25")
    #expect(form["stage_title_1"] == "方案制定阶段" && form["stage_from_1"] == "2022-03-01")
    #expect(try await lines("SELECT count(*), min(due_on) FROM milestones") == ["7|2022-03-15"])
    #expect(
      try await lines(
        "SELECT account, after ->> 'title' FROM audit_events WHERE action = 'campaign.open'")
        == ["zhujian|公租房租后管理点题整治"])
  }

  @Test func `the plan is corrected, with its history, and nothing typed is lost`() async throws {
    let edit = try await opened()
    let form = try edit.form(button: "保存").fill([
      "clear_by": "2021-09-25", "grace_by": "2021-09-26", "stage_to_1": "2020-01-01",
    ])
    let refused = try await form.submit()
    #expect(refused.status == 422)
    #expect(refused.errors.map(\.field).sorted() == ["grace_by", "stage_to_1"])
    #expect(try refused.form(button: "保存")["grace_by"] == "2021-09-26")

    let saved = try await edit.form(button: "保存").fill([
      "clear_by": "2021-09-25", "grace_by": "2021-09-10",
    ]).submit()
    #expect(saved.status == 200)
    #expect(saved.has("主动退出宽限至") && saved.has("2021年9月10日"))

    // Somebody who had the page open before is told what happened.
    let late = try await form.fill(["grace_by": "2021-09-01", "stage_to_1": "2021-09-30"]).submit()
    #expect(late.status == 409)
    #expect(late.has("修改行动方案"))
  }

  @Test func `stages at the same time are asked about`() async throws {
    let form = try await opened().form(button: "保存")
    let refused = try await form.forging("overlap", nil).submit()
    #expect(refused.status == 422)
    #expect(refused.errors.first?.field == "overlap")
    #expect(refused.errors.first?.message.contains("重叠") == true)
  }

  @Test func `a task is ticked off with what shows it, and back`() async throws {
    _ = try await opened()
    let task = try #require(try await lines("SELECT id FROM milestones ORDER BY position").first)
    let completion = try await officer.open("/desk/milestones/\(task)/completion")
    let tomorrow = try completion.form(button: "登记完成").fill([
      "done_on": "2021-08-21", "evidence": "清住建〔2021〕9号",
    ])
    #expect(try await tomorrow.submit().errors.map(\.field) == ["done_on"])
    let done = try await tomorrow.fill(["done_on": "2021-08-20"]).submit()
    #expect(done.has("清住建〔2021〕9号"))
    // Sent twice, it says what has been done.
    let again = try await tomorrow.fill(["done_on": "2021-08-20"]).submit()
    #expect(again.status == 409 && again.has("任务完成"))

    let back = try await officer.open("/desk/milestones/\(task)/reopening")
    _ = try await back.form(button: "改为未完成").fill(["reason": "凭据不全"]).submit()
    #expect(
      try await lines("SELECT done_on IS NULL, evidence IS NULL FROM milestones WHERE id = \(task)")
        == ["t|t"])
    let history = try await officer.open(try await address())
    #expect(history.has("凭据不全") && history.has("清住建〔2021〕9号"))
  }

  @Test func `tasks are added, corrected and taken out`() async throws {
    _ = try await opened()
    let campaign = try await address()
    let added = try await officer.open(campaign + "/milestones/new").form(button: "增加").fill([
      "title": "逐户发放告知书", "due_on": "2021-09-05", "owed_by": "townships",
    ]).submit()
    #expect(added.has("逐户发放告知书"))
    let task = try #require(try await lines("SELECT max(id) FROM milestones").first)
    let changed = try await officer.open("/desk/milestones/\(task)/edit").form(button: "保存").fill([
      "due_on": "2021-09-08"
    ]).submit()
    #expect(changed.has("2021-09-08"))
    _ = try await officer.open("/desk/milestones/\(task)/removal").form(button: "删除").submit()
    #expect(try await lines("SELECT count(*) FROM milestones") == ["7"])
  }

  @Test func `it ends when nothing is under way, and its open cases go on in the next`()
    async throws
  {
    _ = try await opened()
    let campaign = try await address()
    let sample = try await site.addSample(township: "350423100")
    let ending = try await officer.open(campaign + "/ending")
    #expect(ending.has("还不能结束") && ending.has("还没有结束"))
    #expect(!ending.source.contains("name=\"reason\""))
    try await site.owner.transaction { tx in
      try tx.execute("UPDATE review_rounds SET closed_on = '2021-08-19'")
      try tx.execute("UPDATE releases SET state = 'discarded' WHERE state = 'prepared'")
    }
    let ended = try await officer.open(campaign + "/ending").form(button: "结束行动").fill([
      "reason": "验收完成"
    ]).submit()
    #expect(ended.has("建立下一次行动"))

    let next = try await officer.open("/desk/campaign/new").form(button: "建立").fill([
      "source": String(sample.campaign), "title": "公租房常态核查", "document_number": "清建〔2022〕1号",
      "starts_on": "2022-01-01",
    ]).submit()
    #expect(next.has("转入未销号的问题 1 件"))
    let moved = try await lines(
      "SELECT campaign_id = \(sample.campaign), state FROM cases WHERE id = \(sample.case)")
    #expect(moved == ["f|suspected"])
    let page = try await officer.open("/desk/cases/\(sample.case)")
    #expect(page.has("转入下一次行动"))

    // The first cannot come back while the second runs.
    let back = try await officer.open(campaign + "/reopening").form(button: "恢复行动").fill([
      "reason": "试一试"
    ]).submit()
    #expect(back.status == 422)
    #expect(back.errors.first?.message.contains("进行中的行动") == true)
  }

  @Test func `two who make one at once make one`() async throws {
    let form = try await openingForm()
    async let one = form.submit()
    async let other = form.submit()
    let pages = try await [one, other]
    #expect(pages.map(\.status).sorted() == [200, 422])
    #expect(try await lines("SELECT count(*) FROM campaigns") == ["1"])
  }

  @Test func `whoever reads the plan may not change it`() async throws {
    _ = try await opened()
    let reader = try await site.browser(signedInAs: "longjin")
    #expect(try await reader.open("/desk/campaign").has("任务与责任单位"))
    #expect(try await reader.open("/desk/campaign/new").status == 403)
    #expect(try await !reader.open("/desk/campaign").source.contains("/ending"))
  }

  // MARK: Steps

  private func openingForm(startsOn: String = "2021-06-01") async throws -> PageForm {
    try await officer.open("/desk/campaign/new").form(button: "建立").fill([
      "document_number": "清建〔2021〕35号", "starts_on": startsOn,
    ])
  }

  /// The page on which the new campaign's plan is checked.
  private func opened(startsOn: String = "2021-06-01") async throws -> Page {
    let page = try await openingForm(startsOn: startsOn).submit()
    #expect(page.status == 200 && page.has("请核对各阶段的日期"))
    return page
  }

  private func address() async throws -> String {
    "/desk/campaign/" + (try await lines("SELECT min(id) FROM campaigns").first ?? "")
  }

  private func lines(_ sql: String) async throws -> [String] {
    try await site.database.psql(as: .superuser, [:], sql).lines
  }
}
