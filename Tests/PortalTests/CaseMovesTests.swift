import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// Findings leave a case: back to the list of findings, into another case, or into one of their own.
@Suite(.serialized) struct CaseMovesTests {
  /// A household with two findings, R2 and R3, confirmed into one case.
  private func county() async throws -> (work: CaseWorkFixture, address: String) {
    let work = try await CaseWorkFixture()
    try await work.base.answer(work.household, .income, [(1, [.amount: "60000"])])
    try await work.base.answer(work.household, .assets, [(1, [.amount: "900000"])])
    _ = try await work.base.run()
    var address = ""
    for rule in ["R2", "R3"] {
      let id = try await work.base.register.lines("SELECT id FROM findings WHERE rule = '\(rule)'")
      let page = try await work.officer.open("/desk/findings/choice?finding=\(id.first ?? "")")
        .form(to: "/desk/findings/confirmation").submit()
      address = String(page.address.prefix { $0 != "?" })
    }
    return (work, address)
  }

  private func links(_ work: CaseWorkFixture) async throws -> [String] {
    try await work.base.register.lines(
      """
      SELECT c.case_id - min(c.case_id) OVER (), f.rule, f.state, c.released_at IS NULL
      FROM case_findings c JOIN findings f ON f.id = c.finding_id ORDER BY c.case_id, f.id
      """)
  }

  @Test func whatACaseRestedOnIsOpenAgainOnceItIsWithdrawn() async throws {
    let (work, address) = try await county()
    _ = try await work.both(.withdraw, of: address, ["facts": "核对错了人"])
    #expect(try await work.state(address) == "withdrawn")
    #expect(try await links(work) == ["0|R2|open|f", "0|R3|open|f"])
    // It may become a case again.
    let id = try await work.base.register.lines("SELECT id FROM findings WHERE rule = 'R2'")
    let page = try await work.officer.open("/desk/findings/choice?finding=\(id.first ?? "")")
      .form(to: "/desk/findings/confirmation").submit()
    #expect(page.has("新列 1 件问题"))
  }

  @Test func someOfItsFindingsAreSplitOff() async throws {
    let (work, address) = try await county()
    let page = try await work.officer.open("\(address)/split")
    let form = try page.form(to: "\(address)/split")
    let none = try await form.fill(["nature": "other", "reason": "车是借的"]).submit()
    #expect(none.status == 422 && none.has("请勾选要分出去的疑点"))
    let id = try await work.base.register.lines("SELECT id FROM findings WHERE rule = 'R3'")
    let split = try await form.fill([
      "findings": id.first ?? "", "nature": "other", "reason": "资产另有说明",
    ]).submit()
    #expect(split.has("已分出") && split.has("由 WT2021-000001 分出"))
    #expect(
      try await links(work) == ["0|R2|confirmed|t", "0|R3|confirmed|f", "1|R3|confirmed|t"])
    #expect(try await work.officer.open(address).has("分出疑点另立问题"))
  }

  @Test func oneThatWasOpenedTwiceBecomesPartOfTheOther() async throws {
    let (work, address) = try await county()
    let other = try await work.open(.other)
    let wrong = try await work.take(.withdraw, of: address, ["merged_into": "WT2021-999999"])
    #expect(wrong.status == 422 && wrong.has("WT2021-000002（其他）"))
    _ = try await work.both(.withdraw, of: address, ["merged_into": "WT2021-000002"])
    #expect(try await work.state(address) == "withdrawn")
    #expect(
      try await links(work) == [
        "0|R2|confirmed|f", "0|R3|confirmed|f", "1|R2|confirmed|t", "1|R3|confirmed|t",
      ])
    #expect(try await work.officer.open(other).has("WT2021-000001 并入本件"))
  }
}
