import Domain
import Foundation
import Postgres
import Testing

@Suite struct FigureReadingTests {
  @Test func figuresCountTheEstatesOfTheGovernmentAlone() async throws {
    let county = try await DisclosureFixture().county()
    #expect(county.estates.map(\.name) == ["龙津小区", "嵩溪小区"])
    #expect(county.total.homes == 4)
    #expect(county.total.households == 4)
  }

  @Test func whereTheCampaignLooksAtAllHomesTheFiguresDoToo() async throws {
    let fixture = try await DisclosureFixture()
    try await fixture.run("UPDATE campaigns SET scope = 'all'")
    for actor in [fixture.lead, fixture.inspector] {
      let figures = try await fixture.figures(as: actor)
      #expect(figures.estates.count == 3 && figures.total.homes > 4)
      #expect(figures.crossFootProblems().isEmpty)
    }
  }

  @Test func aHouseholdThatLeftDuringTheCampaignStillCounts() async throws {
    let county = try await DisclosureFixture().county()
    #expect(county.estates[0].counts.households == 3)
  }

  @Test func reviewedMeansAllTenChecksAnswered() async throws {
    let county = try await DisclosureFixture().county()
    #expect(county.estates.map(\.counts.reviewed) == [2, 1])
  }

  @Test func visitedMeansThatSomebodyWasMet() async throws {
    let county = try await DisclosureFixture().county()
    #expect(county.estates.map(\.counts.visited) == [1, 1])
  }

  @Test func suspicionsAndWhatWasUntrueAreNoProblemsFound() async throws {
    let county = try await DisclosureFixture().county()
    #expect(county.total.found == 2)
    #expect(county.total.cleared == 1)
    #expect(county.total.remaining == 1)
    #expect(county.total.byNature == [.sublet: 1, .lent: 1])
    #expect(county.crossFootProblems().isEmpty)
  }

  @Test func aTownshipCountsItsOwnEstates() async throws {
    let fixture = try await DisclosureFixture()
    let figures = try await fixture.figures(as: fixture.townOfficer)
    #expect(figures.estates.map(\.name) == ["龙津小区"])
    #expect(figures.total.households == 3)
  }

  @Test func misconductCountsForNobody() async throws {
    let fixture = try await DisclosureFixture()
    for (id, kind) in [(1, "sublet"), (2, "misconduct")] {
      try await fixture.run(
        """
        INSERT INTO complaints (id, area, number, kind, description, is_named, received_at,
          submission_hash, follow_up_hash, digest, signature, signing_key)
        VALUES (\(id), '350423', \("T\(id)"), \(kind), '说明', false,
          date_trunc('hour', \(DisclosureFixture.now)), sha256(\("s\(id)")::bytea),
          sha256(\("f\(id)")::bytea), sha256('d'), decode(repeat('00', 64), 'hex'), 's1')
        """)
    }
    for actor in [fixture.lead, fixture.inspector] {
      let figures = try await fixture.figures(as: actor)
      #expect(figures.complaintsReceived == 1)
      #expect(figures.complaintsInTime == 1)
    }
  }

  @Test func everyStateOfACaseCountsOnce() {
    for state in CaseState.allCases {
      #expect(!state.isCleared || state.isVerified)
      #expect(state.clockRuns == (!state.isCleared && !state.isClosed))
    }
    #expect(Set(CaseState.found).isSuperset(of: CaseState.cleared))
    #expect(CaseState.waiting.contains(.suspected))
  }
}

extension DisclosureFixture {
  func county() async throws -> CountyFigures { try await figures(as: lead) }
}
