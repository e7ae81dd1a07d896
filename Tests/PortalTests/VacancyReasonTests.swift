import Domain
import Postgres
import TestSupport
import Testing

@testable import Ground

/// Why a home stands empty is recorded as a code with its proof, and R6 follows.
@Suite(.serialized) struct VacancyReasonTests {
  private func county() async throws -> (FindingFixture, Int64) {
    let fixture = try await FindingFixture()
    let household = try await fixture.household("H1", sequence: 1)
    try await fixture.answer(
      household, .utilities,
      (1...7).map { (0, [.month: "2021-0\($0)", .electricity: "0", .water: "0"]) })
    try await fixture.run()
    #expect(try await fixture.findings() == ["H1 R6 open"])
    return (fixture, household)
  }

  private func record(_ fixture: FindingFixture, _ household: Int64) async throws -> Page {
    let link = "/desk/households/\(household)/vacancy"
    let form = try await fixture.officer().open(link).form(to: link)
    return try await form.fill([
      "reason": "working_away", "from_on": "2021-03-01", "proof": "务工单位证明，存档案柜二",
    ]).submit()
  }

  @Test func aReasonWithItsProofEndsTheFindingAndTakenBackItReturns() async throws {
    let (fixture, household) = try await county()
    let page = try await record(fixture, household)
    #expect(page.has("外出务工") && page.has("务工单位证明，存档案柜二"))
    #expect(try await fixture.findings() == ["H1 R6 lapsed"])
    let form = try await page.follow("取消")
    let id = try await fixture.register.lines("SELECT id FROM vacancy_reasons").first ?? ""
    let back = try await form.form(to: "/desk/vacancies/\(id)/revocation")
      .fill(["reason": "证明是假的"]).submit()
    #expect(back.has("已取消") && back.has("证明是假的"))
    #expect(try await fixture.findings() == ["H1 R6 open"])
    #expect(
      try await fixture.register.lines(
        "SELECT action FROM audit_events WHERE action LIKE 'vacancy.%' ORDER BY id")
        == ["vacancy.record", "vacancy.revoke"])
  }

  @Test func withoutProofItIsNotTaken() async throws {
    let (fixture, household) = try await county()
    let link = "/desk/households/\(household)/vacancy"
    let form = try await fixture.officer().open(link).form(to: link)
    let answer = try await form.fill(["reason": "prison", "from_on": "2021-03-01"]).submit()
    #expect(answer.status == 422 && answer.has("证明"))
    #expect(try await fixture.findings() == ["H1 R6 open"])
  }
}
