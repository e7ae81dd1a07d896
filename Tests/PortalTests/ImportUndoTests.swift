import Domain
import Foundation
import TestSupport
import Testing

@testable import Ground
@testable import Imports
@testable import Register

/// An import is taken back as long as nothing was built on it.
@Suite struct ImportUndoTests {
  private static let rows =
    "SELECT to_jsonb(p) FROM persons p UNION ALL SELECT to_jsonb(h) FROM households h"

  private func undo(_ page: Page) async throws -> Page {
    let asked = try await page.browser.open("\(ImportFixture.link(page))/undo")
    return try await asked.form(to: "\(ImportFixture.link(page))/undo")
      .fill(["reason": "选错了文件"]).submit()
  }

  @Test func whatItAddedIsGoneAndWhatItChangedIsAsBefore() async throws {
    let county = try await ImportFixture()
    try await county.bring(.households, try ImportFixture.households())
    let before = try await county.lines(Self.rows)
    let done = try await county.bring(
      .households,
      """
      家庭编号,乡镇,保障类别,关系,姓名,身份证号码,手机号,婚姻
      QL-1,嵩溪镇,低收入,本人,林小暑,\(try ImportFixture.person(1)),13900000009,离异
      QL-1,,,女儿,林谷雨,\(try ImportFixture.person(4, birth: "2010-05-06")),,
      QL-7,龙津镇,低保,本人,陈大雪,\(try ImportFixture.person(2)),,

      """)
    #expect(try await county.count("findings") == 2)
    #expect(
      try await county.lines("SELECT applicant, members FROM households WHERE number = 'QL-1'")
        == ["林小暑|3"])
    _ = try await undo(done)
    await county.jobs.finishAll()
    let page = try await county.browser.open(done.address)
    #expect(page.has("已撤销") && page.has("选错了文件"))
    #expect(try await county.lines(Self.rows).sorted() == before.sorted())
    #expect(try await county.count("findings") == 0)
    #expect(
      try await county.lines("SELECT action FROM audit_events WHERE entity = 'imports' ORDER BY id")
        .suffix(2) == ["import.ask_undo", "import.undo"])
  }

  @Test func whatWasBuiltOnItIsSaidAndNothingIsTakenBack() async throws {
    let county = try await ImportFixture()
    let estates = try await county.bring(.estates, ImportFixture.estates)
    try await county.bring(.homes, ImportFixture.homes)
    let page = try await county.browser.open("\(ImportFixture.link(estates))/undo")
    #expect(page.has("不能撤销") && page.has("导入的项目下已登记 3 套房源"))
    #expect(try await county.count("estates") == 2)
  }

  @Test func homesThatALeaseMadeLeasedAreVacantAgain() async throws {
    let county = try await ImportFixture()
    try await county.bring(.estates, ImportFixture.estates)
    let homes = try await county.bring(.homes, ImportFixture.homes)
    try await county.bring(.households, try ImportFixture.households())
    let leases = try await county.bring(.leases, ImportFixture.leases)
    _ = try await undo(leases)
    await county.jobs.finishAll()
    #expect(try await county.count("leases") == 0)
    #expect(
      try await county.lines("SELECT state FROM homes WHERE room = '101'") == ["vacant"])
    _ = try await undo(homes)
    await county.jobs.finishAll()
    #expect(try await county.count("homes") == 0)
  }
}
