import Foundation
import TestSupport
import Testing

@Suite struct RegisterEditTests {
  @Test func anEstateItsHomesAndAHouseholdAreEnteredAndLinkedByALease() async throws {
    let journey = try await RegisterJourney()
    let estate = try await journey.estate()
    _ = try await journey.home("502", of: estate)
    let household = try await journey.household("林小满", 1)
    let page = try await journey.lease("HT-1", room: "502", of: household)
    #expect(page.status == 200)
    #expect(page.has("安居苑 1栋-1单元-502") && page.has("HT-1") && page.has("林*满"))
    #expect(page.has("350423********") && page.has("138****0000"))
    #expect(!page.source.contains(try idNumber(1)))
    let plan = try await journey.officer.open(estate)
    #expect(plan.has("502 租 已出租"))
    #expect(try await journey.lines("SELECT state FROM homes") == ["leased"])
    #expect(
      try await journey.lines("SELECT number ~ '^350423-[0-9]{7}$' FROM households") == ["t"])
  }

  @Test func everyStepIsInTheHistoryAndInTheAuditLogWithPeopleMasked() async throws {
    let journey = try await RegisterJourney()
    let household = try await journey.household("林小满", 1)
    _ = try await journey.member("吴秀英", 2, "spouse", of: household)
    let actions = try await journey.lines(
      "SELECT DISTINCT action FROM register_changes ORDER BY 1")
    #expect(actions == ["add_member", "create_household"])
    let events = try await journey.lines(
      "SELECT action || ' ' || coalesce(after::text, '') FROM audit_events ORDER BY id")
    let text = events.joined(separator: "\n")
    #expect(text.contains("register.create_household") && text.contains("register.add_member"))
    #expect(text.contains("林*满") && text.contains("350423********"))
    for secret in ["林小满", "吴秀英", try idNumber(1), try idNumber(2), "13800000000"] {
      #expect(!text.contains(secret))
    }
  }

  @Test func aFormComesBackWithEverythingTyped() async throws {
    let journey = try await RegisterJourney()
    let form = try await journey.officer.open("/desk/households/new").form(to: "/desk/households")
    let page = try await form.fill([
      "township": "350423101", "name": "林小满", "id_number": "35042319800308001X",
      "phone": "1380000", "marital_status": "married",
    ]).submit()
    #expect(page.status == 422)
    #expect(page.errors.map(\.field).sorted() == ["category", "id_number", "phone"])
    let again = try page.form(to: "/desk/households")
    #expect(again["name"] == "林小满" && again["township"] == "350423101")
    #expect(try await journey.lines("SELECT count(*) FROM households") == ["0"])
  }

  @Test func whatNeedsAnotherFloorOrSpellingIsFoundAndWhatIsNotThereIsSaid() async throws {
    let journey = try await RegisterJourney()
    let estate = try await journey.estate()
    _ = try await journey.home("502", of: estate)
    let household = try await journey.household("林小满", 1)
    let page = try await journey.lease("HT-1", room: "503", of: household)
    #expect(page.status == 422)
    #expect(page.errors.first?.message.contains("没有这套房") == true)
  }

  @Test func aNumberThatIsTakenIsSaidAtItsField() async throws {
    let journey = try await RegisterJourney()
    let estate = try await journey.estate()
    let form = try await journey.officer.open(estate + "/homes/new").form(to: estate + "/homes")
    let filled = try form.fill([
      "building": "1栋", "unit": "1单元", "room": "502", "floor_area": "50", "state": "vacant",
    ])
    _ = try await filled.submit()
    let second = try await filled.submit()
    #expect(second.status == 422)
    #expect(second.errors.first?.field == "room")
  }

  @Test func aCorrectionShowsFromWhatToWhat() async throws {
    let journey = try await RegisterJourney()
    let household = try await journey.household("林小满", 1)
    let edit = try await journey.link("修改", on: household)
    let form = try await journey.officer.open(edit).form(button: "保存")
    let page = try await form.fill(["category": "subsistence"]).submit()
    #expect(page.has("保障类别：低收入 → 低保"))
  }

  @Test func whoReadsMayNotWrite() async throws {
    let journey = try await RegisterJourney()
    let household = try await journey.household("林小满", 1)
    for account in ["longjin", "gongan", "zhuanban"] {
      let reader = try await journey.fixture.site.browser(signedInAs: account)
      let page = try await reader.open(household)
      #expect(page.status == 200)
      #expect(!page.has("增加成员") && !page.has("分户"))
      #expect(try await reader.open(household + "/edit").status == 403)
    }
  }

  @Test func twoWhoEditTheSameRowAreToldOfEachOther() async throws {
    let journey = try await RegisterJourney()
    let household = try await journey.household("林小满", 1)
    let lead = try await journey.fixture.site.browser(signedInAs: "zhujian-lead")
    let first = try await journey.officer.open(household + "/edit").form(button: "保存")
    let second = try await lead.open(household + "/edit").form(button: "保存")
    _ = try await first.fill(["category": "subsistence"]).submit()
    let late = try await second.fill(["category": "migrant_worker"]).submit()
    #expect(late.status == 409)
    #expect(late.has("保障类别：低收入 → 低保"))
    #expect(late.has("您填写的内容还没有保存"))
    let again = try late.form(button: "保存")
    #expect(again["category"] == "migrant_worker")
    #expect(try await again.submit().status == 200)
    #expect(try await journey.lines("SELECT category FROM households") == ["migrant_worker"])
  }

  @Test func aMemberIsCorrectedWithoutTypingTheNumberAgain() async throws {
    let journey = try await RegisterJourney()
    let household = try await journey.household("林小满", 1)
    let before = try await journey.lines("SELECT encode(id_number_index, 'hex') FROM persons")
    let person = try await journey.lines("SELECT id FROM persons")[0]
    let form = try await journey.officer.open("/desk/persons/\(person)/edit").form(button: "保存")
    #expect(form["id_number"] == "" && form["name"] == "林小满")
    let page = try await form.fill(["name": "林小曼", "no_phone": "yes"]).submit()
    #expect(page.address == household && page.has("林*曼") && page.has("电话：已删去"))
    #expect(
      try await journey.lines("SELECT encode(id_number_index, 'hex') FROM persons") == before)
  }

  @Test func whenTheApplicantLeavesAMemberFollows() async throws {
    let journey = try await RegisterJourney()
    let household = try await journey.household("林小满", 1)
    _ = try await journey.member("吴秀英", 2, "spouse", of: household)
    let people = try await journey.lines("SELECT id FROM persons ORDER BY id")
    let form = try await journey.officer.open("/desk/persons/\(people[0])/leaving")
      .form(button: "登记离开")
    let left = try form.fill(["left_on": "2021-08-01", "left_reason": "died"])
    let refused = try await left.submit()
    #expect(refused.status == 422 && refused.errors.first?.field == "successor")
    let page = try await left.fill(["successor": people[1]]).submit()
    #expect(page.has("已离开的成员") && page.has("去世"))
    #expect(
      try await journey.lines(
        "SELECT relation, left_on IS NULL FROM persons ORDER BY id")
        == ["applicant|f", "applicant|t"])
    let back = try await journey.officer.open("/desk/persons/\(people[0])/return")
      .form(button: "恢复").submit()
    #expect(back.status == 200)
    #expect(
      try await journey.lines("SELECT relation FROM persons WHERE left_on IS NULL ORDER BY id")
        == ["other", "applicant"])
    #expect(try await journey.lines("SELECT applicant, members FROM households") == ["吴秀英|2"])
  }

  @Test func aPersonWhoIsElsewhereIsSavedWithAWarningAndAFinding() async throws {
    let journey = try await RegisterJourney()
    let first = try await journey.household("林小满", 1)
    let second = try await journey.household("吴秀英", 2)
    let page = try await journey.member("林小满", 1, "parent", of: second)
    #expect(page.has("已增加成员") && page.has("已记为疑点"))
    #expect(try await journey.officer.open(first).has("同时登记在家庭"))
    #expect(try await journey.lines("SELECT rule, state FROM findings") == ["R8|open", "R8|open"])
  }

  @Test func theSameApplicantTwiceMustBeConfirmed() async throws {
    let journey = try await RegisterJourney()
    _ = try await journey.household("林小满", 1)
    let form = try await journey.officer.open("/desk/households/new").form(to: "/desk/households")
    let page = try await form.fill([
      "township": "350423100", "category": "low_income", "name": "林小满",
      "id_number": try idNumber(1), "marital_status": "married",
    ]).submit()
    #expect(page.status == 422 && page.errors.first?.field == "anyway")
    #expect(try await journey.lines("SELECT count(*) FROM households") == ["1"])
    let again = try await page.form(to: "/desk/households").fill(["anyway": "yes"]).submit()
    #expect(again.status == 200)
    #expect(try await journey.lines("SELECT count(*) FROM households") == ["2"])
  }
}
