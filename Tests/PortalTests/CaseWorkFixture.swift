import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// A household about which a case is opened by hand, and those who work it in their browsers.
struct CaseWorkFixture {
  let base: FindingFixture
  let household: Int64
  let officer: Browser
  let lead: Browser
  let taskForce: Browser

  init(_ number: String = "H1", sequence: Int = 1) async throws {
    base = try await FindingFixture()
    household = try await base.household(number, sequence: sequence)
    officer = try await base.officer()
    lead = try await base.site.browser(signedInAs: "zhujian-lead")
    taskForce = try await base.site.browser(signedInAs: "zhuanban")
  }

  /// The address of a new case.
  func open(_ nature: ExitNature = .sublet, of other: Int64? = nil) async throws -> String {
    let address = "/desk/households/\(other ?? household)/case"
    let page = try await officer.open(address).form(to: address)
      .fill([
        "nature": nature.rawValue, "source": "visit", "facts": "走访时开门的是外地人，说房子是租来的",
      ]).submit()
    return String(page.address.prefix { $0 != "?" })
  }

  /// The form of a step, filled with what every step of its kind asks for and with what is said here.
  func form(
    _ action: CaseAction, of address: String, as browser: Browser? = nil,
    _ typed: [String: String] = [:]
  ) async throws -> PageForm {
    let page = try await (browser ?? officer).open("\(address)/step?take=\(action.rawValue)")
    let form = try page.form(to: "\(address)/step")
    let known = Self.usual.merging(typed) { _, own in own }
    return try known.filter { form.has($0.key) }.sorted { $0.key < $1.key }
      .reduce(form) { try $0.fill([$1.key: $1.value]) }
  }

  func take(
    _ action: CaseAction, of address: String, as browser: Browser? = nil,
    _ typed: [String: String] = [:]
  ) async throws -> Page {
    try await form(action, of: address, as: browser, typed).submit()
  }

  func decide(
    _ decision: String, of address: String, as browser: Browser? = nil, _ reason: String = ""
  ) async throws -> Page {
    try await (browser ?? lead).open("\(address)/proposal").form(to: "\(address)/proposal")
      .fill(["decision": decision, "reason": reason]).submit()
  }

  /// Proposed by the officer, approved by the lead.
  func both(
    _ action: CaseAction, of address: String, _ typed: [String: String] = [:]
  ) async throws -> Page {
    _ = try await take(action, of: address, typed)
    return try await decide("approve", of: address)
  }

  func state(_ address: String) async throws -> String? {
    let id = address.split(separator: "/").last ?? ""
    return try await base.register.lines("SELECT state FROM cases WHERE id = \(id)").first
  }

  /// What forms are filled with where a test says nothing else; the day is 20 August 2021.
  static let usual: [String: String] = [
    "discovered_on": "2021-08-02", "route": "administrative", "facts": "查明属实",
    "noticed_on": "2021-08-03",
    "manner": "hand", "document": "清住建〔2021〕12号", "answer_by": "2021-08-06",
    "heard_on": "2021-08-05",
    "hearing": "heard", "statement": "当事人说只是朋友借住", "decided_on": "2021-08-09", "basis": "第二十七条",
    "remedies": "六十日内申请行政复议", "decision_served_on": "2021-08-10", "moves_by": "2021-08-18",
    "refused_on": "2021-08-19", "demanded_on": "2021-08-20", "paused_on": "2021-08-19",
    "pause": "hardship",
    "review_by": "2021-09-20", "vacated_on": "2021-08-20", "corrected_on": "2021-08-20",
    "filed_on": "2021-08-20", "court": "清流县人民法院", "keys": "2", "bills": "settled", "water": "123.4",
    "handed_by": "承租人本人", "home_state": "vacant",
  ]
}
