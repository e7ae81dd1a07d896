import Domain
import Postgres
import TestSupport
import Testing

@testable import Ground

/// A name is found whatever separator, width or blank somebody types, and a number is no name.
@Suite(.serialized) struct NameSearchTests {
  private func county(_ name: String) async throws -> (RegisterFixture, Int64) {
    let fixture = try await RegisterFixture()
    let household = try await fixture.household("QL-1", members: [idNumber(1)])
    _ = try await fixture.lines("UPDATE persons SET name = '\(name)'")
    return (fixture, household)
  }

  private func found(_ words: String, _ fixture: RegisterFixture) async throws -> Bool {
    let browser = try await fixture.site.browser(signedInAs: "zhujian")
    let page = try await browser.open("/desk/households").form(to: "/desk/households/search")
      .fill(["q": words]).submit()
    #expect(page.status == 200)
    return page.has("QL-1")
  }

  @Test(arguments: [
    "阿卜杜拉·买买提", "阿卜杜拉•买买提", "阿卜杜拉・买买提", "阿卜杜拉．买买提", "阿卜杜拉.买买提", "阿卜杜拉‧买买提",
    "阿卜杜拉 · 买买提", "买买提",
  ])
  func aNameIsFoundWithAnySeparator(_ typed: String) async throws {
    let (fixture, _) = try await county("阿卜杜拉·买买提")
    #expect(try await found(typed, fixture))
  }

  @Test(arguments: ["ＬＩＮ ＸＩＡＯ", "LIN XIAO", "LIN　XIAO"])
  func aNameIsFoundInAnyWidth(_ typed: String) async throws {
    let (fixture, _) = try await county("LIN XIAO")
    #expect(try await found(typed, fixture))
  }

  @Test func anotherNameIsNotFound() async throws {
    let (fixture, _) = try await county("阿卜杜拉·买买提")
    #expect(!(try await found("阿卜杜拉·吐尔逊", fixture)))
  }

  @Test(arguments: ["123456", "１２３４５６", "35042319800308001X", "·", "林1234"])
  func aFormTakesNoNumberForAName(_ typed: String) async throws {
    let (fixture, household) = try await county("林小满")
    let person = try await fixture.persons(of: household)[0]
    let browser = try await fixture.site.browser(signedInAs: "zhujian")
    let form = try await browser.open("/desk/persons/\(person)/edit").form(
      to: "/desk/persons/\(person)")
    let answer = try await form.fill(["name": typed]).submit()
    #expect(answer.status == 422 && answer.has("像是填错了列"))
    let right = try await form.fill(["name": "阿卜杜拉．买买提"]).submit()
    #expect(right.status == 200)
    #expect(try await fixture.lines("SELECT name FROM persons") == ["阿卜杜拉·买买提"])
  }
}
