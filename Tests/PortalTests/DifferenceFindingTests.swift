import Domain
import Findings
import Foundation
import Ground
import TestSupport
import Testing
import Web

@testable import Portal

/// Whatever way an answer comes, its findings are there without anybody running the rules.
@Suite struct DifferenceFindingTests {
  @Test func anAnswerTypedOnTheScreenIsAFindingAtOnce() async throws {
    let fixture = try await ReviewFixture()
    _ = try await fixture.open()
    let bureau = try await fixture.browser("ziran")
    let household = fixture.households[0]
    _ = try await fixture.checkForm(bureau, household, "registered_property").fill([
      "result": "hit", "record-0-certificate": "闽（2020）0001号", "record-0-address": "桥下路1号",
    ]).submit()
    #expect(
      try await fixture.lines("SELECT household_id, rule, state FROM findings")
        == ["\(household)|R1|open"])
    _ = try await fixture.checkForm(bureau, household, "registered_property").fill([
      "result": "clear", "record-0-certificate": "", "record-0-address": "", "reason": "已过户",
    ]).submit()
    #expect(
      try await fixture.lines("SELECT rule, state FROM findings ORDER BY rule")
        == ["R1|lapsed", "R8|open"])
  }

  @Test func answersOfASystemAreFindingsAsSoonAsTheirRunHasItsTurn() async throws {
    let fixture = try await FindingFixture()
    _ = try await fixture.household("A", sequence: 1)
    let system = try await fixture.site.system(for: "zhujian", .viewReviews, .answerChecks)
    let answer = try await system.post(
      "/api/v1/rounds/\(fixture.round)/answers",
      [
        "check": "rent_arrears", "as_of": "2021-08-15",
        "answers": [
          [
            "household": "A", "result": "hit", "records": [["months": 7, "amount": "1176.00"]],
          ]
        ],
      ])
    #expect(answer.status == 201)
    await fixture.services.jobs.finishAll()
    #expect(try await fixture.findings() == ["A R7 open"])
  }
}
