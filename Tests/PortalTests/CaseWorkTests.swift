import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// A case is worked in the browser: by buttons of the table, by two people where it says so.
@Suite(.serialized) struct CaseWorkTests {
  @Test func aCaseIsOpenedByHandWithoutAFinding() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    #expect(try await work.state(address) == "suspected")
    let page = try await work.officer.open(address)
    #expect(page.has("入户走访") && page.has("说房子是租来的") && page.has("不是由疑点转来的"))
    // What was seen is sealed.
    #expect(
      try await work.base.register.lines(
        "SELECT count(*) FROM case_events WHERE strpos(case_events::text, '外地人') > 0") == ["0"])
    // One of the same nature goes on; another nature is a case of its own.
    let again = try await work.officer.open("/desk/households/\(work.household)/case")
      .form(to: "/desk/households/\(work.household)/case")
      .fill(["nature": "sublet", "source": "hand", "facts": "邻居又看到了"]).submit()
    #expect(again.status == 422 && again.has("已在办理"))
    #expect(try again.form(to: "/desk/households/\(work.household)/case")["facts"] == "邻居又看到了")
    _ = try await work.open(.arrears)
    #expect(try await work.base.register.lines("SELECT count(*) FROM cases") == ["2"])
  }

  @Test func itGoesTheAdministrativeWayToItsEnd() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    let verified = try await work.both(.verify, of: address)
    #expect(verified.has("已批准") && verified.has("第二十七条第一款第一项") && verified.has("责令退回"))
    _ = try await work.take(.serveNotice, of: address)
    let heard = try await work.take(.hear, of: address)
    #expect(heard.has("当事人说只是朋友借住") && heard.has("提出了陈述申辩"))
    _ = try await work.both(.decide, of: address)
    _ = try await work.take(.startMoving, of: address)
    _ = try await work.take(.recordRefusal, of: address)
    _ = try await work.take(.demand, of: address)
    _ = try await work.take(.applyToCourt, of: address)
    #expect(try await work.state(address) == "court")
    _ = try await work.take(.vacate, of: address)
    let closed = try await work.both(.close, of: address)
    #expect(try await work.state(address) == "closed")
    #expect(closed.has("重新立案") == true)
    #expect(
      try await work.base.register.lines("SELECT cleared_on, route FROM cases")
        == ["2021-08-20|administrative"])
  }

  @Test func whoProposesCannotApproveAndTheDatabaseKnowsItToo() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    let proposed = try await work.take(.verify, of: address, as: work.lead)
    #expect(proposed.has("已报审"))
    #expect(try await work.state(address) == "suspected")
    let own = try await work.lead.open("\(address)/proposal")
    #expect(own.has("报审的人不能自己批准") && !own.has("同意，这一步生效"))
    let forced = try await own.form(to: "\(address)/proposal").fill(["decision": "withdraw"])
      .forging("decision", "approve").submit()
    #expect(forced.status == 422)
    let id = address.split(separator: "/").last ?? ""
    let refused = try await work.base.site.database.refused(
      as: .staff, ["portal.area": "350423"],
      "UPDATE cases SET state = 'verified', version = version + 1 WHERE id = \(id)")
    #expect(refused)
    let approved = try await work.decide("approve", of: address, as: work.taskForce)
    #expect(approved.has("已批准"))
    #expect(try await work.state(address) == "verified")
  }

  @Test func whatIsDeclinedOrTakenAwayChangesNothing() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    _ = try await work.take(.verify, of: address)
    let silent = try await work.decide("decline", of: address)
    #expect(silent.status == 422)
    let declined = try await work.decide("decline", of: address, "证据不够，请再走访一次")
    #expect(declined.has("证据不够，请再走访一次"))
    #expect(try await work.state(address) == "suspected")
    _ = try await work.take(.verify, of: address)
    let taken = try await work.decide("withdraw", of: address, as: work.officer)
    #expect(taken.has("已撤回报审"))
    #expect(try await work.state(address) == "suspected")
    #expect(
      try await work.base.register.lines("SELECT outcome FROM case_proposals ORDER BY id")
        == ["declined", "withdrawn"])
  }

  @Test func aDecisionIsReadByAThirdPersonWhereTheCountySaysSo() async throws {
    let work = try await CaseWorkFixture()
    _ = try await work.lead.open("/desk/grounds/review").form(to: "/desk/grounds/review")
      .fill(["needs_legal_review": "yes"]).submit()
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    _ = try await work.take(.serveNotice, of: address)
    _ = try await work.take(.hear, of: address)
    _ = try await work.take(.decide, of: address)
    #expect(try await work.lead.open("\(address)/proposal").has("须先由第三人法制审核"))
    let reviewed = try await work.decide("review", of: address, as: work.lead, "事实清楚，依据正确")
    #expect(reviewed.has("事实清楚，依据正确"))
    #expect(try await work.lead.open("\(address)/proposal").has("法制审核的人不能再批准"))
    _ = try await work.decide("approve", of: address, as: work.taskForce)
    #expect(try await work.state(address) == "decided")
  }

  @Test func nothingIsDecidedBeforeTheTenantCouldBeHeard() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    _ = try await work.take(.serveNotice, of: address, ["answer_by": "2021-08-25"])
    let page = try await work.officer.open(address)
    #expect(page.has("还不能办的") && page.has("陈述申辩期到 2021-08-25"))
    #expect(try await work.officer.open("\(address)/step?take=decide").has("还没有届满"))
    _ = try await work.take(.hear, of: address)
    #expect(try await work.take(.decide, of: address).has("已报审"))
  }

  @Test func aDayBeforeItsPredecessorIsRefusedAndNothingTypedIsLost() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    let early = try await work.take(
      .serveNotice, of: address, ["noticed_on": "2021-08-01", "document": "清住建〔2021〕7号"])
    #expect(early.status == 422 && early.has("不能早于发现（知道）日期（2021-08-02）"))
    #expect(try early.form(to: "\(address)/step")["document"] == "清住建〔2021〕7号")
    let late = try await work.take(.serveNotice, of: address, ["noticed_on": "2021-08-21"])
    #expect(late.status == 422 && late.has("不能晚于今天"))
    #expect(try await work.state(address) == "verified")
  }

  @Test func aStepThatTheStateOrTheWayDoesNotKnowIsRefused() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    #expect(try await work.officer.open("\(address)/step?take=demand").has("不能“催告”"))
    #expect(try await work.officer.open("\(address)/step?take=nonsense").status == 404)
    _ = try await work.both(.verify, of: address)
    _ = try await work.take(.serveNotice, of: address)
    // On the administrative way nobody is told to leave without a decision.
    #expect(try await work.officer.open("\(address)/step?take=start_moving").has("不能“限期搬迁”"))
    #expect(try await work.officer.open("\(address)/step?take=correct").has("不能“确认整改”"))
  }

  @Test func ofTwoOfficersAtOnceTheSecondIsToldWhatTheFirstDid() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    let second = try await work.form(.serveNotice, of: address, as: work.lead, ["document": "乙文"])
    _ = try await work.take(.serveNotice, of: address, ["document": "甲文"])
    let late = try await second.submit()
    #expect(late.status == 409 && late.has("送达告知"))
    #expect(late.has("没有保存") && late.has("乙文"))
    #expect(
      try await work.base.register.lines(
        "SELECT count(*) FROM case_events WHERE action = 'serve_notice'") == ["1"])
  }

  @Test func theLastStepIsTakenBackWithAReason() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    _ = try await work.take(.serveNotice, of: address)
    let back = try await work.take(.takeBack, of: address, ["facts": "送错了人"])
    #expect(back.has("送错了人"))
    #expect(try await work.state(address) == "verified")
    // Its days do not hold any more.
    let again = try await work.take(.serveNotice, of: address, ["noticed_on": "2021-08-02"])
    #expect(try await work.state(address) == "noticed", "\(again.errors)")
  }

  @Test func hardshipIsAskedAboutBeforeEveryHardStep() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    _ = try await work.officer.open("\(address)/hardship").form(to: "\(address)/hardship")
      .fill(["kinds": "over_70", "proof": "身份证，七十五岁"]).submit()
    _ = try await work.take(.serveNotice, of: address)
    _ = try await work.take(.hear, of: address)
    _ = try await work.both(.decide, of: address)
    let silent = try await work.take(.startMoving, of: address)
    #expect(silent.status == 422 && silent.errors.first?.field.contains("hardship_reason") == true)
    _ = try await work.take(
      .startMoving, of: address, ["hardship_reason": "已联系敬老院，下周可以入住"])
    #expect(try await work.state(address) == "moving")
    _ = try await work.take(.suspend, of: address)
    #expect(try await work.state(address) == "suspended")
    _ = try await work.take(.resume, of: address)
    #expect(try await work.state(address) == "moving")
    #expect(
      try await work.base.register.lines(
        "SELECT count(*) FROM case_events WHERE strpos(case_events::text, '敬老院') > 0") == ["1"])
  }

  @Test func whoWorksItAndTheMeasuresStandOnThePage() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    let form = try await work.lead.open("\(address)/plan").form(to: "\(address)/plan")
    let saved = try await form.fill([
      "assignee": form.option("assignee", Role.townOfficer.title), "planned_on": "2021-08-24",
      "measures": "已约谈两次",
    ]).submit()
    #expect(saved.has("2021-08-24") && saved.has("已约谈两次"))
    let town = try await work.base.site.browser(signedInAs: "longjin")
    let noted = try await town.open("\(address)/notes").form(to: "\(address)/notes")
      .fill(["facts": "今天又去了一次，没有人"]).submit()
    #expect(noted.has("已写入办理经过"))
    #expect(try await work.officer.open(address).has("今天又去了一次"))
    #expect(try await town.open("\(address)/step?take=verify").status == 403)
  }

  /// The database asks for two people where the table does, and nowhere else.
  @Test func theDatabaseKnowsWhichStepsNeedTwo() async throws {
    let work = try await CaseWorkFixture()
    let known = try await work.base.register.lines(
      """
      SELECT a || ' ' || b FROM unnest(ARRAY[\(CaseState.allCases.map { "'\($0.rawValue)'" }.joined(separator: ","))]) a,
        unnest(ARRAY[\(CaseState.allCases.map { "'\($0.rawValue)'" }.joined(separator: ","))]) b
      WHERE case_needs_two(a, b)
      """)
    let listed = CaseWorkflow.transitions.filter { $0.from != $0.to }
    for step in listed {
      #expect(
        known.contains("\(step.from.rawValue) \(step.to.rawValue)") == step.needsSecondPerson,
        "\(step.from) \(step.action)")
    }
  }
}
