import Foundation
import Testing

@testable import Domain

@Suite struct IdentifierTests {
  @Test(arguments: ["1", "42", "9223372036854775807"])
  func canonicalDecimalsAreIdentifiers(text: String) throws {
    let id = try #require(CaseID(text))
    #expect(id.description == text)
  }

  @Test(arguments: [
    "", "0", "01", "-1", "+1", " 1", "1 ", "1.0", "1e3", "９", "9223372036854775808",
    "99999999999999999999", "0x1", "1\0",
  ])
  func anythingElseIsNot(text: String) {
    #expect(CaseID(text) == nil)
  }

  @Test func identifiersAreBareNumbersInJSON() throws {
    let json = try JSONEncoder().encode([EstateID(rawValue: 7)])
    #expect(String(decoding: json, as: UTF8.self) == "[7]")
    #expect(try JSONDecoder().decode([EstateID].self, from: json) == [EstateID(rawValue: 7)])
    #expect(EstateID(rawValue: 2) < EstateID(rawValue: 10))
  }

  @Test(arguments: [
    ("35", AreaLevel.province), ("3504", .city), ("350423", .county), ("350423100", .township),
  ])
  func areasHaveALevel(text: String, level: AreaLevel) throws {
    #expect(try #require(AreaCode(text)).level == level)
  }

  @Test(arguments: [
    "", "3", "350", "35042", "3504231", "35042310", "3504231000", "05", "3500", "350400",
    "350423000", "35042x", "３５", "35 4",
  ])
  func otherTextsAreNoAreas(text: String) {
    #expect(AreaCode(text) == nil)
  }

  @Test func anAreaContainsWhatStartsWithIt() throws {
    let city = try #require(AreaCode("3504"))
    let county = try #require(AreaCode("350423"))
    let town = try #require(AreaCode("350423100"))
    #expect(city.contains(town) && county.contains(town) && town.contains(town))
    #expect(!town.contains(county))
    #expect(try !#require(AreaCode("350424")).contains(town))
    #expect(town.parent == county && county.parent == city && city.parent == AreaCode("35"))
    #expect(town.county == county && county.county == county && city.county == nil)
    #expect(AreaCode("35")?.parent == nil)
  }
}
