import Foundation
import TestSupport
import Testing

@Suite struct RegisterMoveTests {
  /// A household in 502, and 503 beside it.
  private func settled() async throws -> (RegisterJourney, household: String) {
    let journey = try await RegisterJourney()
    let estate = try await journey.estate()
    _ = try await journey.home("502", of: estate)
    _ = try await journey.home("503", of: estate)
    let household = try await journey.household("林小满", 1)
    _ = try await journey.lease("HT-1", room: "502", of: household)
    return (journey, household)
  }

  @Test func aLeaseEndsWithItsHomeAndTheEndingCanBeTakenBack() async throws {
    let (journey, household) = try await settled()
    let lease = try await journey.link("HT-1", on: household)
    let form = try await journey.officer.open(lease + "/ending").form(button: "终止租约")
    let page = try await form.fill([
      "ended_on": "2021-08-01", "reason": "到期不续租", "home_state": "in_repair",
    ]).submit()
    #expect(page.has("已终止租约 HT-1") && page.has("到期不续租"))
    #expect(
      try await journey.lines("SELECT state FROM homes ORDER BY room") == ["in_repair", "vacant"])
    #expect(
      try await journey.lines("SELECT num_nulls(estate_id, home_id) FROM households") == ["2"])
    #expect(try await journey.officer.open("/desk/households").has("1栋-1单元-502") == false)
    let back = try await journey.officer.open(lease + "/reopening").form(button: "撤销终止").submit()
    #expect(back.has("恢复履行"))
    #expect(
      try await journey.lines("SELECT state, ended_on IS NULL FROM leases") == ["running|t"])
    #expect(
      try await journey.lines("SELECT state FROM homes ORDER BY room") == ["leased", "vacant"])
    #expect(try await journey.officer.open("/desk/households").has("1栋-1单元-502"))
  }

  @Test func aLeaseThatOverlapsIsRefusedAndTheOneInTheWayNamed() async throws {
    let (journey, household) = try await settled()
    let other = try await journey.household("吴秀英", 2)
    let taken = try await journey.lease("HT-2", room: "502", of: other)
    #expect(taken.status == 422)
    #expect(taken.errors.first?.message.contains("租约 HT-1（2020-01-01 起，尚未终止）") == true)
    let lease = try await journey.link("HT-1", on: household)
    _ = try await journey.officer.open(lease + "/ending").form(button: "终止租约").fill([
      "ended_on": "2021-08-01", "reason": "清退", "home_state": "vacant",
    ]).submit()
    let early = try await journey.lease("HT-2", room: "502", of: other, from: "2021-07-31")
    #expect(early.status == 422)
    #expect(early.errors.first?.message.contains("2020-01-01 至 2021-08-01") == true)
    let page = try await journey.lease("HT-2", room: "502", of: other, from: "2021-08-01")
    #expect(page.status == 200 && page.has("HT-2"))
    let back = try await journey.officer.open(lease + "/reopening").form(button: "撤销终止").submit()
    #expect(back.status == 422 && back.has("之后已有租约 HT-2"))
  }

  @Test func aMoveIsOneOperation() async throws {
    let (journey, household) = try await settled()
    let form = try await journey.officer.open(household + "/move").form(button: "换房")
    let page = try await RegisterJourney.terms(form, "HT-2", "503", "2021-08-01")
      .fill(["home_state": "vacant"]).submit()
    #expect(page.has("已换到 安居苑 1栋-1单元-503"))
    #expect(
      try await journey.lines(
        "SELECT contract_number, state, ended_on FROM leases ORDER BY id")
        == ["HT-1|ended|2021-08-01", "HT-2|running|"])
    #expect(
      try await journey.lines("SELECT state FROM homes ORDER BY room") == ["vacant", "leased"])
    let list = try await journey.officer.open("/desk/households")
    #expect(list.has("1栋-1单元-503") && !list.has("1栋-1单元-502"))
    #expect(
      try await journey.lines(
        """
        SELECT count(DISTINCT operation), count(*) FROM register_changes
        WHERE action = 'move_household'
        """) == ["1|4"])
  }

  @Test func aMoveThatCannotBeChangesNothing() async throws {
    let (journey, household) = try await settled()
    let form = try await journey.officer.open(household + "/move").form(button: "换房")
    let same = try await RegisterJourney.terms(form, "HT-2", "502", "2021-08-01").submit()
    #expect(same.status == 422)
    let future = try await RegisterJourney.terms(form, "HT-2", "503", "2021-09-01").submit()
    #expect(future.status == 422)
    #expect(try await journey.lines("SELECT state FROM leases") == ["running"])
  }

  @Test func membersWhoSplitOffAreAHouseholdOfTheirOwn() async throws {
    let (journey, household) = try await settled()
    _ = try await journey.member("林大山", 3, "child", of: household)
    _ = try await journey.member("陈秋月", 2, "child", of: household)
    let people = try await journey.lines("SELECT id FROM persons ORDER BY id")
    let form = try await journey.officer.open(household + "/split").form(button: "分户")
    let nobody = try await form.submit()
    #expect(nobody.status == 422)
    let page = try await form.fill([
      "person_\(people[1])": "applicant", "person_\(people[2])": "spouse",
      "category": "new_employee", "day": "2021-08-10",
    ]).submit()
    #expect(page.status == 200 && page.address != household)
    #expect(page.has("林*山") && page.has("陈*月") && !page.has("林*满"))
    let old = try await journey.officer.open(household)
    #expect(old.has("分户") && old.has("在册人口 1 人"))
    #expect(try await journey.lines("SELECT count(*) FROM findings WHERE state = 'open'") == ["0"])
    #expect(
      try await journey.lines(
        "SELECT name FROM persons WHERE left_reason = 'split' ORDER BY id") == ["林大山", "陈秋月"])
    #expect(try await journey.fixture.site.miscountedHouseholds() == [])
  }

  @Test func mergingShowsWhatWillHappenAndThenDoesIt() async throws {
    let (journey, household) = try await settled()
    let other = try await journey.household("吴秀英", 2)
    _ = try await journey.member("林小满", 1, "spouse", of: other)
    let number = try await journey.lines(
      "SELECT number FROM households ORDER BY id")
    let ask = try await journey.officer.open(household + "/merger").form(button: "下一步")
    let wrong = try await ask.fill(["target": "没有"]).submit()
    #expect(wrong.has("没有编号为 没有 的家庭"))
    let confirm = try await ask.fill(["target": number[1]]).submit()
    #expect(confirm.has("将要发生什么") && confirm.has("租约 HT-1"))
    let person = try await journey.lines("SELECT min(id) FROM persons")[0]
    let page = try await confirm.form(button: "确认并户").fill([
      "person_\(person)": "spouse", "day": "2021-08-10", "reason": "结婚",
    ]).submit()
    #expect(page.address == other && page.has("HT-1") && page.has("在册人口 2 人"))
    #expect(try await journey.fixture.site.miscountedHouseholds() == [])
    let old = try await journey.officer.open(household)
    #expect(old.has("已并入") && !old.has("增加成员"))
    #expect(
      try await journey.officer.open(household + "/edit").form(button: "保存").submit().status == 409)
    #expect(try await journey.lines("SELECT count(*) FROM findings WHERE state = 'open'") == ["0"])
    #expect(
      try await journey.lines("SELECT state FROM findings") == ["lapsed", "lapsed"])
  }

  @Test func whatHappenedMeanwhileStopsAMerger() async throws {
    let (journey, household) = try await settled()
    let other = try await journey.household("吴秀英", 2)
    let number = try await journey.lines("SELECT number FROM households ORDER BY id")[1]
    let confirm = try await journey.officer.open(household + "/merger?target=\(number)")
    let person = try await journey.lines("SELECT min(id) FROM persons")[0]
    _ = try await journey.member("林大山", 3, "child", of: household)
    let page = try await confirm.form(button: "确认并户").fill([
      "person_\(person)": "spouse", "day": "2021-08-10", "reason": "结婚",
    ]).submit()
    #expect(page.status == 422 || page.status == 409)
    #expect(try await journey.officer.open(other).has("在册人口 1 人"))
  }
}
