import Foundation
import Testing

@testable import Domain

@Suite struct ComplaintWorkflowTests {
  @Test func nobodyMovesAComplaintOfMisconduct() {
    for state in ComplaintState.allCases {
      #expect(ComplaintWorkflow.next(from: state, of: .misconduct).isEmpty)
      for action in ComplaintAction.allCases {
        #expect(
          ComplaintWorkflow.transition(from: state, action: action, of: .misconduct) == nil)
      }
    }
  }

  @Test func everyOpenComplaintCanBeAnsweredAndReopened() {
    for kind in ComplaintKind.allCases where kind != .misconduct {
      let first = ComplaintWorkflow.next(from: .received, of: kind)
      #expect(first.map(\.to) == [.accepted, .notAccepted])
      #expect(ComplaintWorkflow.next(from: .accepted, of: kind).map(\.to) == [.finished])
      for state in ComplaintState.allCases where state.isAnswered {
        #expect(ComplaintWorkflow.next(from: state, of: kind).map(\.action) == [.reopen])
      }
    }
  }

  @Test func decliningAndFinishingNeedWords() {
    for step in ComplaintWorkflow.transitions {
      #expect((step.requiredText == nil) == (step.action == .accept))
      #expect(Role.holding(step.permission) == [.housingOfficer, .housingLead])
    }
    #expect(ComplaintWorkflow.diagram.contains("  received --> not_accepted: 不予受理\n"))
  }

  @Test func theClockCountsFromTheDayOfReceipt() throws {
    let received = try #require(Day(iso: "2021-08-25"))
    let clock = ComplaintClock(received: received)
    #expect(clock.acceptanceDue.iso == "2021-09-09")
    #expect(clock.finishDue.iso == "2021-10-24")
    #expect(clock.latestFinish.iso == "2021-11-23")
    #expect(ComplaintClock(received: received, extended: 10).finishDue.iso == "2021-11-03")
    #expect(ComplaintClock(received: received, extended: 99).finishDue == clock.latestFinish)
    #expect(ComplaintClock(received: received, extended: -5).finishDue == clock.finishDue)
    #expect(clock.due(in: .received) == clock.acceptanceDue)
    #expect(clock.due(in: .accepted) == clock.finishDue)
    #expect(clock.due(in: .finished) == nil && clock.due(in: .notAccepted) == nil)
  }

  @Test func inTimeMeansBothAnswersByTheirDays() throws {
    let day = try #require(Day(iso: "2021-06-01"))
    let clock = ComplaintClock(received: day)
    func inTime(_ decided: Int?, _ finished: Int?, declined: Bool = false, today: Int) -> Bool {
      clock.isInTime(
        decided: decided.map { day + $0 }, finished: finished.map { day + $0 },
        wasDeclined: declined, today: day + today)
    }
    #expect(inTime(15, 60, today: 300))
    #expect(!inTime(16, 60, today: 300))
    #expect(!inTime(15, 61, today: 300))
    #expect(inTime(nil, nil, today: 15) && !inTime(nil, nil, today: 16))
    #expect(inTime(3, nil, today: 60) && !inTime(3, nil, today: 61))
    #expect(inTime(3, nil, declined: true, today: 300))
  }
}
