import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal
@testable import Register

/// The normal form of names in the database, and what stood there before there was one.
@Suite struct NormalNameTests {
  private static let samples = [
    "金小玉", "⾦⼩⽟", "\u{F90A}\u{F914}", "葛\u{E0100}小芳", "⻢龙⻰", "王　芳", " 王 芳 ", "王\u{200B}芳\u{FEFF}",
    "阿卜杜拉•买买提", "阿卜杜拉・买买提", "阿卜杜拉．买买提", "阿卜杜拉.买买提", "阿卜杜拉 · 买买提", "阿卜杜拉 . 买买提", "John  Smith",
    "J.Smith", "李 John", "〇 一", "金龙苑（一期）", "１栋", "Ａ－１０１", "㈠区", "ﾊﾝ", "𠮷 野", "龍\u{2F800}",
    "a\u{3000}b", "…",
    "·", " · ", "甲..乙", "甲.乙.丙", "人 \u{85}口",
  ]

  @Test func theDatabaseHasTheSameRule() async throws {
    let county = try await ImportFixture()
    for sample in Self.samples {
      let form = try await county.site.owner.read { tx in
        try tx.one(Query<String>("SELECT normal_name(\(sample))"))
      }
      #expect(
        Array(form.unicodeScalars) == Array(NormalForm.name(sample).unicodeScalars), "\(sample)")
    }
  }

  @Test func aNameIsTheSameAtTheFormAndAtTheCounter() async throws {
    let county = try await ImportFixture()
    let person = try ImportFixture.person(1)
    try await county.bring(
      .households,
      """
      家庭编号,乡镇,保障类别,关系,姓名,身份证号码
      QL-1,龙津镇,低保,本人,阿卜杜拉・买买提,\(person)

      """)
    #expect(try await county.lines("SELECT name FROM persons") == ["阿卜杜拉·买买提"])
    #expect(
      try await county.lines(
        "SELECT before ->> 'name', after ->> 'name', action FROM register_changes")
        == ["阿卜杜拉・买买提|阿卜杜拉·买买提|import"])
    let browser = try await county.site.browser(signedInAs: "zhujian")
    let household = try await county.lines("SELECT id FROM households")[0]
    let form = try await browser.open("/desk/households/\(household)/members/new")
      .form(to: "/desk/households/\(household)/members")
    let page = try await form.fill([
      "name": "⾦⼩⽟ • 甲", "relation": "spouse", "id_number": try ImportFixture.person(2),
      "marital_status": "married",
    ]).submit()
    #expect(page.status == 200, "\(page.text)")
    #expect(
      try await county.lines("SELECT name FROM persons ORDER BY id DESC LIMIT 1") == ["金小玉·甲"])
  }

  @Test func anImportThatIsTakenBackLeavesNoNameBehind() async throws {
    let county = try await ImportFixture()
    let page = try await county.bring(
      .households,
      """
      家庭编号,乡镇,保障类别,关系,姓名,身份证号码
      QL-1,龙津镇,低保,本人,⾦⼩⽟,\(try ImportFixture.person(1))

      """)
    let link = ImportFixture.link(page)
    _ = try await county.browser.open("\(link)/undo").form(to: "\(link)/undo")
      .fill(["reason": "传错了文件"]).submit()
    await county.jobs.finishAll()
    #expect(try await county.count("persons") == 0)
  }
}
