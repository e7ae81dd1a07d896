import Domain
import Postgres
import TestSupport
import Testing
import Web

@testable import Ground
@testable import Reviews

/// How answers of bureaus are taken, whatever way they come.
@Suite struct AnswerRecordingTests {
  typealias Said = AnswerFixture.Said

  @Test func `a first answer counts, and the same answer again changes nothing`() async throws {
    let fixture = try await AnswerFixture()
    let hit = Said(result: .hit, records: [Said.home])
    #expect(try await fixture.answer(fixture.households[0], hit).new == 1)
    #expect(try await fixture.progress() == ["0 1 0"])
    let again = try await fixture.answer(fixture.households[0], hit)
    #expect(again == AnswerAssessment(same: 1))
    #expect(try await fixture.stored() == ["1 hit"])
    #expect(try await fixture.progress() == ["0 1 0"])
  }

  @Test func `another answer needs a reason, and the first one stays`() async throws {
    let fixture = try await AnswerFixture()
    let household = fixture.households[0]
    try await fixture.answer(household, Said(result: .clear))
    var second = Said(result: .hit, records: [Said.home])
    await #expect {
      try await fixture.answer(household, second)
    } throws: { error in
      guard case AnswerRefusal.reasonNeeded(1) = error else { return false }
      return true
    }
    second.terms.reason = "复查时发现"
    let taken = try await fixture.answer(household, second)
    #expect(taken == AnswerAssessment(changed: 1, contradicting: 1))
    #expect(try await fixture.stored() == ["1 clear", "2 hit 复查时发现"])
    #expect(try await fixture.progress() == ["0 1 0"])
  }

  @Test func `other values with the same result are another answer, but no contradiction`()
    async throws
  {
    let fixture = try await AnswerFixture()
    var said = Said(
      type: .income, result: .clear, records: [[.amount: "30000"]], role: .civilAffairs)
    try await fixture.answer(fixture.households[0], said)
    said.records = [[.amount: "31000"]]
    said.terms.reason = "补报"
    let taken = try await fixture.answer(fixture.households[0], said)
    #expect(taken == AnswerAssessment(changed: 1))
    #expect(try await fixture.stored(.income) == ["1 clear", "2 clear 补报"])
    #expect(try await fixture.progress(.income) == ["1 0 0"])
  }

  @Test(arguments: [
    Said(result: .hit), Said(result: .clear, records: [Said.home]),
    Said(type: .income, result: .hit, role: .civilAffairs),
  ])
  func `a hit has values, and who owns nothing has no home`(said: Said) async throws {
    let fixture = try await AnswerFixture()
    await #expect {
      try await fixture.answer(fixture.households[0], said)
    } throws: { error in
      guard case AnswerRefusal.malformed(1) = error else { return false }
      return true
    }
    #expect(try await fixture.register.lines("SELECT FROM checks").isEmpty)
    #expect(try await fixture.register.lines("SELECT FROM deliveries").isEmpty)
  }

  @Test func `a household outside the frame is not answered for`() async throws {
    let fixture = try await AnswerFixture()
    let late = try await fixture.register.household("H9", members: [idNumber(9)])
    var said = Said(result: .clear)
    await #expect {
      try await fixture.answer(HouseholdID(rawValue: late), said)
    } throws: { error in
      guard case AnswerRefusal.outside(1) = error else { return false }
      return true
    }
    said.terms.leavesOutside = true
    let left = try await fixture.answer(HouseholdID(rawValue: late), said)
    #expect(left == AnswerAssessment(outside: 1))
    #expect(try await fixture.register.lines("SELECT id FROM checks").isEmpty)
  }

  @Test func `a closed round takes no answers`() async throws {
    let fixture = try await AnswerFixture()
    try await fixture.register.site.owner.transaction { tx in
      _ = try tx.execute("UPDATE review_rounds SET closed_on = '2021-08-01'")
    }
    await #expect {
      try await fixture.answer(fixture.households[0], Said(result: .clear))
    } throws: { error in
      guard case AnswerRefusal.roundClosed = error else { return false }
      return true
    }
  }

  @Test func `a bureau answers its own checks only`() async throws {
    let fixture = try await AnswerFixture()
    for role in [Role.civilAffairs, .publicSecurity, .housingLead, .townOfficer] {
      await #expect {
        try await fixture.answer(fixture.households[0], Said(result: .clear, role: role))
      } throws: { error in
        guard case WebError.forbidden = error else { return false }
        return true
      }
    }
  }

  @Test func `of two who answer at once the second is told`() async throws {
    let fixture = try await AnswerFixture()
    var said = Said(result: .clear)
    said.terms.expectedSequence = 0
    try await fixture.answer(fixture.households[0], said)
    said = Said(result: .hit, records: [Said.home])
    said.terms = AnswerTerms(reason: "不知道别人已经答复", expectedSequence: 0)
    await #expect {
      try await fixture.answer(fixture.households[0], said)
    } throws: { error in
      guard case AnswerRefusal.overtaken = error else { return false }
      return true
    }
    #expect(try await fixture.stored() == ["1 clear"])
  }

  @Test func `answers that meet in the database do not both become the first`() async throws {
    let fixture = try await AnswerFixture()
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for place in 0..<6 {
        group.addTask {
          let said = Said(
            result: .hit, records: [[.certificate: "闽\(place)", .address: "桥下路"]],
            terms: AnswerTerms(reason: "同时答复", expectedSequence: 0))
          return (try? await fixture.answer(fixture.households[0], said)) != nil
        }
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(outcomes.count { $0 } == 1)
    #expect(try await fixture.stored() == ["1 hit"])
    #expect(try await fixture.progress() == ["0 1 0"])
  }

  @Test func `outside a round the latest answer is in force`() async throws {
    let fixture = try await AnswerFixture()
    let actor = try await fixture.principal(.naturalResources)
    let household = fixture.households[0]
    let keys = fixture.register.site.keys
    func exchange(_ result: CheckResult) async throws -> AnswerAssessment {
      try await fixture.databases.transaction(as: actor) { tx in
        let head = try tx.openDelivery(
          NewDelivery(type: .registeredProperty, way: .extract, asOf: AnswerFixture.day), by: actor,
          at: TestPortal.start)
        try tx.makeProposedAnswers()
        try tx.propose([ProposedAnswer(household: household, result: result)])
        return try tx.recordAnswers(
          of: head, AnswerTerms(reason: "新数据"), keys: keys, at: TestPortal.start)
      }
    }
    #expect(try await exchange(.clear).new == 1)
    #expect(try await exchange(.clear).same == 1)
    #expect(try await exchange(.notFound).changed == 1)
    #expect(try await fixture.progress() == ["0 0 0"])
  }

  @Test func `nobody takes an answer back`() async throws {
    let fixture = try await AnswerFixture()
    try await fixture.answer(fixture.households[0], Said(result: .clear))
    for statement in ["UPDATE checks SET result = 'hit'", "DELETE FROM checks"] {
      await #expect(throws: PostgresError.self) {
        try await fixture.register.site.owner.transaction { tx in try tx.script(statement) }
      }
    }
    #expect(try await fixture.stored() == ["1 clear"])
  }
}
