import Testing

@testable import Domain

@Suite struct ServiceLadderTests {
  private let issued = Day(iso: "2021-08-02")!
  private let today = Day(iso: "2021-08-20")!

  private func attempt(
    _ manner: ServiceManner, _ outcome: ServiceOutcome, _ day: String = "2021-08-03"
  ) -> ServiceAttempt {
    ServiceAttempt(manner, outcome, on: Day(iso: day)!)
  }

  private func problem(
    _ next: ServiceAttempt, after before: [ServiceAttempt] = [], witness: Bool = false
  ) -> String? {
    ServiceLadder(before).problem(next, issued: issued, today: today, hasWitnessOrVideo: witness)
  }

  @Test func handAndPostServeOnTheDayOfReceipt() {
    #expect(attempt(.hand, .served).servedOn?.iso == "2021-08-03")
    #expect(attempt(.post, .served).servedOn?.iso == "2021-08-03")
    #expect(attempt(.hand, .refused).servedOn == nil && attempt(.post, .returned).servedOn == nil)
  }

  @Test func aPublicNoticeServesThirtyDaysLater() {
    #expect(attempt(.publicNotice, .served).servedOn?.iso == "2021-09-02")
    #expect(attempt(.publicNotice, .served, "2020-01-31").servedOn?.iso == "2020-03-01")
  }

  @Test func whatComesBackFromTheAgreedAddressIsServed() {
    #expect(attempt(.agreed, .returned).servedOn?.iso == "2021-08-03")
    #expect(attempt(.agreed, .refused).servedOn != nil)
  }

  @Test func leavingItThereNeedsAWitnessOrARecording() {
    #expect(problem(attempt(.left, .served))?.contains("第八十九条") == true)
    #expect(problem(attempt(.left, .served), witness: true) == nil)
  }

  @Test func aPublicNoticeComesAfterAnotherMannerFailed() {
    let notice = attempt(.publicNotice, .served, "2021-08-10")
    #expect(problem(notice)?.contains("第九十五条") == true)
    #expect(problem(notice, after: [attempt(.post, .waiting)]) != nil)
    #expect(problem(notice, after: [attempt(.post, .returned)]) == nil)
  }

  @Test func aDayBeforeTheDocumentOrAfterTodayIsRefused() {
    #expect(problem(attempt(.hand, .served, "2021-08-01"))?.contains("2021-08-02") == true)
    #expect(problem(attempt(.hand, .served, "2021-08-21"))?.contains("今天") == true)
    #expect(problem(attempt(.hand, .returned))?.contains("没有") == true)
  }

  @Test func theLadderGoesFromHandToWitnessToPostToPublicNotice() {
    #expect(ServiceLadder([]).next == .hand)
    #expect(ServiceLadder([attempt(.hand, .refused)]).next == .left)
    #expect(ServiceLadder([attempt(.hand, .absent)]).next == .hand)
    #expect(ServiceLadder([attempt(.hand, .absent), attempt(.hand, .absent)]).next == .post)
    #expect(ServiceLadder([attempt(.post, .returned)]).next == .publicNotice)
    #expect(ServiceLadder([attempt(.hand, .served)]).next == nil)
  }

  @Test func theFirstDayOnWhichItCountsHolds() {
    let ladder = ServiceLadder([
      attempt(.post, .returned), attempt(.publicNotice, .served, "2021-08-04"),
      attempt(.hand, .served, "2021-08-09"),
    ])
    #expect(ladder.servedOn?.iso == "2021-08-09")
  }
}
