import Foundation
import TestSupport
import Testing

/// Somebody of the housing bureau at work on the register of an empty county.
struct RegisterJourney {
  let fixture: RegisterFixture
  let officer: Browser

  init() async throws {
    fixture = try await RegisterFixture()
    officer = try await fixture.site.browser(signedInAs: "zhujian")
  }

  /// An estate in 龙津镇 with its address.
  func estate(_ name: String = "安居苑") async throws -> String {
    let form = try await officer.open("/desk/estates/new").form(to: "/desk/estates")
    let page = try await form.fill([
      "name": name, "township": "350423100", "address": "城东路18号", "ownership": "government",
    ]).submit()
    return page.address
  }

  /// A home of an estate.
  func home(_ room: String, of estate: String) async throws -> String {
    let form = try await officer.open(estate + "/homes/new").form(to: estate + "/homes")
    let page = try await form.fill([
      "building": "1栋", "unit": "1单元", "room": room, "floor_area": "52.5", "state": "vacant",
    ]).submit()
    return page.address
  }

  /// A household whose applicant has a made-up number.
  func household(_ name: String, _ sequence: Int) async throws -> String {
    let form = try await officer.open("/desk/households/new").form(to: "/desk/households")
    let page = try await form.fill([
      "township": "350423100", "category": "low_income", "name": name,
      "id_number": try idNumber(sequence), "phone": "13800000000", "marital_status": "married",
      "registered_at": "350423100",
    ]).submit()
    return page.address
  }

  /// Another member.
  func member(_ name: String, _ sequence: Int, _ relation: String, of household: String)
    async throws -> Page
  {
    let form = try await officer.open(household + "/members/new").form(to: household + "/members")
    return try await form.fill([
      "name": name, "relation": relation, "id_number": try idNumber(sequence),
      "marital_status": "married",
    ]).submit()
  }

  /// A lease of a home in the only estate, from 2020 on.
  func lease(_ number: String, room: String, of household: String, from day: String = "2020-01-01")
    async throws -> Page
  {
    let form = try await officer.open(household + "/leases/new").form(to: household + "/leases")
    return try await Self.terms(form, number, room, day).submit()
  }

  static func terms(
    _ form: PageForm, _ number: String, _ room: String, _ day: String
  ) throws -> PageForm {
    try form.fill([
      "estate": try form.option("estate", "安居苑"), "building": "1", "unit": "1", "room": room,
      "contract_number": number, "contract_version": "2016版", "starts_on": day,
      "ends_on": "2025-01-01", "monthly_rent": "168.5", "deposit": "500",
    ])
  }

  /// The address of the only form or page whose link on a page has these words.
  func link(_ words: String, on page: String) async throws -> String {
    try await officer.open(page).link(words)
  }

  func lines(_ sql: String) async throws -> [String] { try await fixture.lines(sql) }
}
