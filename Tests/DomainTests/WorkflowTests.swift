import Foundation
import Testing

@testable import Domain

@Suite struct CaseWorkflowTests {
  @Test(arguments: ExitNature.allCases)
  func everyOpenStateReachesClosure(nature: ExitNature) {
    for state in CaseState.allCases where !state.isClosed {
      if state == .corrected && !nature.canBeCorrected { continue }
      var reached: Set<CaseState> = [state]
      var waiting = [state]
      while let current = waiting.popLast() {
        for step in CaseWorkflow.next(from: current, of: nature)
        where reached.insert(step.to).inserted {
          waiting.append(step.to)
        }
      }
      #expect(reached.contains(.closed), "\(state)")
    }
  }

  @Test func everyStateIsReachedFromTheFirst() {
    var reached: Set<CaseState> = [CaseWorkflow.initial]
    for _ in CaseState.allCases {
      for step in CaseWorkflow.transitions where reached.contains(step.from) {
        reached.insert(step.to)
      }
    }
    #expect(reached == Set(CaseState.allCases))
  }

  @Test func theStepsAreThoseOfThePlan() {
    let steps = Set(CaseWorkflow.transitions.map { "\($0.from.rawValue) \($0.to.rawValue)" })
    #expect(
      steps == [
        "suspected verified", "suspected unfounded", "verified noticed", "noticed moving",
        "noticed corrected", "noticed refused", "moving vacated", "moving market_rent",
        "moving refused", "market_rent vacated", "refused demanded", "demanded court",
        "demanded lawsuit", "court vacated", "lawsuit vacated", "corrected closed",
        "vacated closed", "closed verified", "unfounded suspected",
      ])
    #expect(steps.count == CaseWorkflow.transitions.count)
  }

  @Test func whatIsNotListedCannotHappen() {
    for state in CaseState.allCases {
      for action in CaseAction.allCases {
        for nature in ExitNature.allCases {
          let step = CaseWorkflow.transition(from: state, action: action, of: nature)
          let listed = CaseWorkflow.transitions.filter { $0.from == state && $0.action == action }
          #expect(listed.count <= 1)
          let forbidden = action == .correct && [.sublet, .lent, .deceit].contains(nature)
          #expect(step == (forbidden ? nil : listed.first))
        }
      }
    }
  }

  @Test func verifyingDismissingAndClosingNeedASecondPersonAndNothingElseDoes() {
    for step in CaseWorkflow.transitions {
      let needs = [CaseAction.verify, .dismiss, .close].contains(step.action)
      #expect(step.needsSecondPerson == needs)
      #expect(!needs || step.permission == .approveCases)
    }
  }

  @Test func everyStepCanBeTakenByASecondPersonWhoWrites() {
    for step in CaseWorkflow.transitions {
      #expect(step.permission.writes)
      #expect(!Role.holding(step.permission).isEmpty)
    }
    #expect(Role.holding(.approveCases).count > 1)
  }

  @Test func subletAndLentHomesAreReturnedNeverCorrected() {
    for nature in [ExitNature.sublet, .lent, .deceit] {
      let next = CaseWorkflow.next(from: .noticed, of: nature).map(\.to)
      #expect(next == [.moving, .refused])
    }
    #expect(CaseWorkflow.next(from: .noticed, of: .arrears).map(\.to).contains(.corrected))
  }

  @Test func clearedCasesAreVerifiedOnes() {
    for state in CaseState.allCases where state.isCleared { #expect(state.isVerified) }
    #expect(!CaseState.suspected.isVerified && !CaseState.unfounded.isVerified)
  }

  @Test func theDiagramShowsEveryStep() {
    let lines = CaseWorkflow.diagram.split(separator: "\n").map(String.init)
    #expect(lines.first == "stateDiagram-v2")
    for step in CaseWorkflow.transitions {
      let arrow = "  \(step.from.rawValue) --> \(step.to.rawValue): \(step.action.title)"
      #expect(lines.contains { $0.hasPrefix(arrow) })
    }
    #expect(lines.contains("  [*] --> suspected"))
    #expect(lines.contains("  closed --> [*]") && lines.contains("  unfounded --> [*]"))
  }

  @Test func theAnnexListsFourNatures() {
    #expect(ExitNature.allCases.compactMap(\.annexMark) == ["①A", "①B", "②", "③"])
    #expect(ExitNature.sublet.markedTitle == "②转租")
    #expect(ExitNature.vacant.markedTitle == "闲置")
  }
}

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
