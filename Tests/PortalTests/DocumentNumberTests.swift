import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Cases
@testable import Ground
@testable import Portal

/// Numbers of documents run without gaps, whoever issues at the same time and whatever is taken back.
@Suite(.serialized) struct DocumentNumberTests {
  private struct TakenBack: Error {}

  @Test func issuedAtOnceTheyAreNumberedWithoutGaps() async throws {
    let fixture = try await DocumentFixture()
    var forms: [PageForm] = []
    for place in 0..<8 {
      let browser = place.isMultiple(of: 2) ? fixture.officer : fixture.work.lead
      forms.append(
        try await fixture.issueForm(try await fixture.draft(.demand, as: browser), as: browser))
    }
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for form in forms { group.addTask { try await form.submit().status } }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 200, count: 8))
    #expect(
      try await fixture.lines(
        "SELECT string_agg(number::text, ' ' ORDER BY number) FROM case_documents")
        == ["1 2 3 4 5 6 7 8"])
  }

  @Test func oneDraftSentByTwoAtOnceIsOneDocument() async throws {
    let fixture = try await DocumentFixture()
    let draft = try await fixture.draft(.demand)
    let forms = [
      try await fixture.issueForm(draft), try await fixture.issueForm(draft, as: fixture.work.lead),
    ]
    let addresses = try await withThrowingTaskGroup(of: String.self) { group in
      for form in forms { group.addTask { DocumentFixture.path(try await form.submit()) } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(addresses.count == 1)
    #expect(try await fixture.lines("SELECT count(*), max(number) FROM case_documents") == ["1|1"])
  }

  @Test func whatIsTakenBackTakesItsNumberBack() async throws {
    let fixture = try await DocumentFixture()
    #expect(try await fixture.issue(.demand).has("〔2021〕1号"))
    let services = fixture.work.base.services
    let county = try #require(AreaCode("350423"))
    let officer = fixture.work.base.register.officer
    await #expect(throws: TakenBack.self) {
      try await services.databases.transaction(as: officer) { tx in
        #expect(try tx.nextDocumentNumber(.demand, year: 2021, in: county) == 2)
        throw TakenBack()
      }
    }
    // A number that no document has is refused by the database itself.
    await #expect(throws: PostgresError.self) {
      try await services.databases.transaction(as: officer) { tx in
        _ = try tx.nextDocumentNumber(.demand, year: 2021, in: county)
      }
    }
    #expect(try await fixture.issue(.demand).has("〔2021〕2号"))
  }

  @Test func everyKindAndYearHasItsOwnSeries() async throws {
    let fixture = try await DocumentFixture()
    #expect(try await fixture.issue(.demand).has("清住建催〔2021〕1号"))
    #expect(try await fixture.issue(.transfer).has("清住建移〔2021〕1号"))
    fixture.site.clock.advance(by: 200 * 86_400)
    let lead = try await fixture.site.browser(signedInAs: "zhujian")
    let draft = try await fixture.draft(
      .demand, as: lead, ["term": "2022-04-01", "answer_by": "2022-03-20"])
    #expect(try await fixture.issueForm(draft, as: lead).submit().has("清住建催〔2022〕1号"))
  }
}
