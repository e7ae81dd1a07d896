import Testing

@testable import Domain

/// When somebody goes, again, and where first.
@Suite struct VisitTests {
  private let calendar = WorkCalendar()

  private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

  @Test(arguments: [
    // 2021-08-20 was a Friday.
    ("2021-08-20", 9, VisitSlot.day), ("2021-08-20", 17, .day), ("2021-08-20", 18, .evening),
    ("2021-08-20", 5, .evening), ("2021-08-21", 9, .weekend), ("2021-08-22", 20, .weekend),
  ])
  func theHourSaysTheSlot(_ text: String, _ hour: Int, _ slot: VisitSlot) throws {
    #expect(VisitSlot(on: try day(text), hour: hour, in: calendar) == slot)
  }

  @Test func nobodyAtHomeAsksForAnotherHourUntilAllWereTried() throws {
    var attempts = [PlannedAttempt(day: try day("2021-08-18"), slot: .day)]
    for slot in [VisitSlot.evening, .weekend, .day, .evening] {
      let next = try #require(AttemptPlan.next(after: attempts, in: calendar))
      #expect(next.slot == slot)
      #expect(next.day > attempts[attempts.count - 1].day)
      #expect(calendar.isWorkday(next.day) == (slot != .weekend))
      attempts.append(next)
    }
    #expect(AttemptPlan.next(after: [], in: calendar) == nil)
  }

  @Test func whatPointsToAHomeWeighsByHowMuchItSays() {
    let weights = RiskSignal.allCases.map(\.weight)
    #expect(weights == weights.sorted(by: >), "they are shown in the order of their weights")
    // All of them together fit their column.
    let sum = weights.reduce(0, +)
    #expect(sum < Int(Int16.max))
  }

  @Test(arguments: 1...40) func wholeBuildingsAreDealtOutEvenlyInTheOrderOfTheRoute(_ seed: Int) {
    var number = UInt64(seed) &* 2_654_435_761
    func next(_ below: Int) -> Int {
      number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((number >> 33) % UInt64(below))
    }
    let sizes = (0..<next(60) + 1).map { _ in next(30) + 1 }
    let loads = (0..<next(5) + 1).map { _ in next(40) }
    let dealt = RosterDealing.deal(sizes, onto: loads)
    #expect(dealt.count == sizes.count && dealt == dealt.sorted())
    #expect(dealt.allSatisfy { loads.indices.contains($0) })
    var all = loads
    for (size, team) in zip(sizes, dealt) { all[team] += size }
    let (sum, before, dealtOut): (Int, Int, Int) = (
      all.reduce(0, +), loads.reduce(0, +), sizes.reduce(0, +)
    )
    #expect(sum == before + dealtOut)
    // Nobody has more than a building above what all would have, but for who had more before.
    let even = (sum + loads.count - 1) / loads.count
    let most = max(loads.max() ?? 0, even) + (sizes.max() ?? 0)
    #expect(all.allSatisfy { $0 <= most })
  }

  @Test func visitsGoOnEvenlyUntilTheSelfCheckEnds() throws {
    let stages = CampaignTemplate2021.stages
    let pace = VisitPace(
      madeOn: try day("2021-08-22"), stages: stages, clearBy: try day("2021-08-25"))
    #expect(pace.endsOn == (try day("2021-08-31")))
    #expect(pace.expected(of: 100, on: try day("2021-08-21")) == 0)
    #expect(pace.expected(of: 100, on: try day("2021-08-22")) == 10)
    #expect(pace.expected(of: 100, on: try day("2021-08-31")) == 100)
    #expect(pace.expected(of: 100, on: try day("2021-12-31")) == 100)
    let late = VisitPace(
      madeOn: try day("2021-09-05"), stages: stages, clearBy: try day("2021-09-14"))
    #expect(late.endsOn == (try day("2021-09-14")))
  }
}
