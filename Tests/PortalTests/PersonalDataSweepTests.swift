import Domain
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing
import Web

@testable import Demo
@testable import Ground

/// No page tells who somebody is to those who need not know.
@Suite(.serialized) struct PersonalDataSweepTests {
  private struct People: Sendable {
    let names: Set<String>
    let numbers: Set<String>
    let phones: Set<String>
  }

  private static let shared = Task {
    let sweep = try await RouteSweep()
    return (sweep, try await people(sweep.site))
  }

  /// The actual values, opened.
  private static func people(_ site: TestPortal) async throws -> People {
    let keys = site.keys
    let rows = try await site.owner.read { tx in
      try tx.all(
        Query("SELECT name, id_number_sealed, phone_sealed FROM persons") { row in
          (
            name: try row("name", as: String.self),
            number: try keys.openText(try row("id_number_sealed"), for: .personIDNumber),
            phone: try row("phone_sealed", as: [UInt8]?.self).map {
              try keys.openText($0, for: .personPhone)
            }
          )
        })
    }
    // A colleague may be called as a tenant is; colleagues' names are shown.
    let colleagues = Set(DemoAccounts.all.map(\.displayName))
    return People(
      names: Set(rows.map(\.name)).subtracting(colleagues).filter { $0.count >= 2 },
      numbers: Set(rows.map(\.number)), phones: Set(rows.compactMap(\.phone)))
  }

  /// Every page that somebody gets: of each route the near row, and what its lists link to.
  private func eachPage(
    of sweep: RouteSweep, _ visitor: RouteSweep.Visitor, _ body: (Page) -> Void
  ) async throws {
    for route in sweep.pages where visitor.mayUse(route.access) {
      let address = sweep.address(route, try sweep.id(route.pattern, in: sweep.samples[0]))
      let page = try await visitor.browser.open(address, following: false)
      body(page)
      guard !route.hasArgument else { continue }
      for link in page.links.filter({ sweep.rules.route(.get, $0)?.hasArgument == true }).prefix(8)
      {
        body(try await visitor.browser.open(link))
      }
    }
  }

  @Test func noPageShowsAnIDNumberOrAPhoneOfATenant() async throws {
    let (sweep, people) = try await Self.shared.value
    #expect(people.numbers.count > 400 && people.phones.count > 100)
    for visitor in sweep.visitors {
      try await eachPage(of: sweep, visitor) { page in
        let digits = page.source.matches(of: /[0-9]{17}[0-9Xx]/).map { String($0.0).uppercased() }
        #expect(
          people.numbers.isDisjoint(with: digits), "\(visitor.name) \(page.address)")
        let phones = page.source.matches(of: /1[0-9]{10}/).map { String($0.0) }
        #expect(people.phones.isDisjoint(with: phones), "\(visitor.name) \(page.address)")
      }
    }
  }

  @Test func noPageShowsTheFullNameOfATenant() async throws {
    let (sweep, people) = try await Self.shared.value
    let names = people.names.filter { $0.count >= 3 }
    #expect(names.count > 100)
    @Sendable func words(_ page: Page) -> Set<String> {
      let letters = Array(page.text)
      return Set(
        [3, 4].flatMap { length in
          letters.indices.dropLast(length - 1).map { String(letters[$0..<$0 + length]) }
        })
    }
    for visitor in sweep.visitors {
      try await eachPage(of: sweep, visitor) { page in
        // Whoever decides whom a row without a number is about sees the names whole, and that is recorded.
        if visitor.name == "gongan", page.address.hasSuffix("/matches") { return }
        // So does who works a household, on its own page.
        if visitor.account?.role.permissions.contains(.viewNames) == true,
          page.address.contains(
            /^\/desk\/(households|cases|findings|visits\/homes)\/[0-9]+(\/(print|return|step|proposal|files))?$/
          )
        {
          return
        }
        // And who takes homes along on a phone to visit them, which is recorded: sealed there, and for nobody else.
        if visitor.account?.role.permissions.isSuperset(of: [.viewNames, .recordVisits]) == true,
          page.address == "/desk/visits/phone/homes"
        {
          return
        }
        // And who writes or approves a document of a case, on the document.
        if let role = visitor.account?.role,
          !role.permissions.isDisjoint(with: [.workCases, .approveCases]),
          page.address.contains(/^\/desk\/(documents|drafts)\/[0-9]+(\/[a-z]+)?$/)
        {
          return
        }
        #expect(names.isDisjoint(with: words(page)), "\(visitor.name) \(page.address)")
      }
    }
  }

  @Test func maskedNumbersAreShownOnACaseSoThatTheSweepLooksAtSomething() async throws {
    let (sweep, _) = try await Self.shared.value
    let officer = try #require(sweep.visitors.first { $0.name == "zhujian" })
    let list = try await officer.browser.open("/desk/cases")
    let link = try #require(list.links.first { sweep.rules.route(.get, $0)?.hasArgument == true })
    let page = try await officer.browser.open(link)
    #expect(page.source.contains(/[0-9]{6}\*{8}[0-9]{3}[0-9X]/))
  }

  @Test func aReportOfMisconductIsSeenByInspectorsAlone() async throws {
    let (sweep, _) = try await Self.shared.value
    let before = try await texts(sweep)
    let words = "经办人员收受烟酒优亲厚友\(Int.random(in: 1_000_000...9_999_999))"
    let citizen = sweep.site.browser(from: "198.51.100.77")
    let receipt = try await citizen.open("/complaints/new").form().fill([
      "kind": "misconduct", "description": words,
    ]).submit()
    let number = try #require(receipt.text.firstMatch(of: /编号 ([0-9]{4}-[0-9]{8})/)).1
    for visitor in sweep.visitors where visitor.account?.role != .inspector {
      try await eachPage(of: sweep, visitor) { page in
        #expect(!page.source.contains(words), "\(visitor.name) \(page.address)")
        #expect(!page.source.contains(number), "\(visitor.name) \(page.address)")
      }
    }
    // Counted nowhere: lists, cards and navigation say what they said before.
    // Asked of a portal that was just started, so that no count is remembered from before.
    let after = try await texts(try await RouteSweep(sweep.site.restarted(), sweep.samples))
    for (place, text) in after { #expect(before[place] == text, "\(place)") }
    let inspector = try #require(sweep.visitors.first { $0.account?.role == .inspector })
    let list = try await inspector.browser.open("/oversight/complaints")
    #expect(list.has(String(number)))
    #expect(try await list.follow(String(number)).has(words))
  }

  /// What every page without an argument says to everybody but inspectors and the administrators.
  private func texts(_ sweep: RouteSweep) async throws -> [String: String] {
    var texts: [String: String] = [:]
    for visitor in sweep.visitors
    where visitor.account?.role != .inspector && visitor.account?.role.isAdministrator != true {
      for route in sweep.pages where visitor.mayUse(route.access) && !route.hasArgument {
        let page = try await visitor.browser.open(route.pattern, following: false)
        // A workbook says when it was made.
        if page.isHTML { texts["\(visitor.name) \(route.pattern)"] = page.text }
      }
    }
    return texts
  }

  @Test func aReportOfMisconductDoesNotOpenOnTheDeskNorAnotherOneInTheOversight() async throws {
    let (sweep, _) = try await Self.shared.value
    let sample = sweep.samples[0]
    for visitor in sweep.visitors where visitor.mayUse(.needs(.viewComplaints)) {
      for address in [
        "/desk/complaints/\(sample.misconduct)", "/desk/complaint-photos/\(sample.misconductPhoto)",
      ] {
        #expect(try await visitor.browser.open(address).status == 404, "\(visitor.name)")
      }
    }
    let inspector = try #require(sweep.visitors.first { $0.account?.role == .inspector })
    for address in [
      "/oversight/complaints/\(sample.complaint)", "/oversight/complaint-photos/\(sample.photo)",
    ] {
      #expect(try await inspector.browser.open(address).status == 404)
    }
  }

  @Test func theAuditSaysThatSomethingWasSentButNotWhat() async throws {
    let (sweep, _) = try await Self.shared.value
    let words = "没有人应当在审计里读到这句话"
    let citizen = sweep.site.browser(from: "198.51.100.78")
    _ = try await citizen.open("/complaints/new").form().fill([
      "kind": "misconduct", "description": words,
    ]).submit()
    let auditor = try #require(sweep.visitors.first { $0.account?.role == .auditAdmin })
    let list = try await auditor.browser.open("/admin/audit")
    for link in list.links where sweep.rules.route(.get, link)?.hasArgument == true {
      let page = try await auditor.browser.open(link)
      for word in [words, "misconduct", "违规违纪"] { #expect(!page.source.contains(word)) }
    }
  }
}
