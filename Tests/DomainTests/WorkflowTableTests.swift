import Testing

@testable import Domain

/// What holds for every table of transitions.
@Suite struct WorkflowTableTests {
  /// A table without its types: `from action to` of each step.
  struct Table: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let steps: [String]
    let pairs: [String]
    let states: [String]
    let reached: Set<String>
    let final: Set<String>
    let leadingOut: Set<String>
    let diagram: String
    let permissions: [Permission]
    let titles: [String]

    init<Flow: Workflow>(_ flow: Flow.Type, alsoBeginningAt others: [Flow.State] = []) {
      testDescription = "\(flow)"
      let all = flow.transitions
      steps = flow.drawn.map { "\($0.from.rawValue) \($0.action.rawValue) \($0.to.rawValue)" }
      // Where a subject decides which of several places a step leads to, its own test holds that.
      pairs =
        Flow.Subject.self == CaseSubject.self
        ? [] : all.map { "\($0.from.rawValue) \($0.action.rawValue)" }
      states = flow.State.allCases.map(\.rawValue)
      var reached = Set(others + [flow.initial])
      for _ in states {
        for step in all where reached.contains(step.from) { reached.insert(step.to) }
      }
      self.reached = Set(reached.map(\.rawValue))
      final = Set(flow.State.allCases.filter(flow.isFinal).map(\.rawValue))
      leadingOut = Set(all.filter { $0.from != $0.to }.map(\.from.rawValue))
      diagram = flow.diagram
      permissions = all.map(\.permission)
      titles = flow.drawn.map(\.action.title)
    }
  }

  static let all = [
    Table(CaseWorkflow.self), Table(ComplaintWorkflow.self), Table(FindingWorkflow.self),
    Table(ReleaseWorkflow.self), Table(ReviewRoundWorkflow.self),
    Table(ImportWorkflow.self, alsoBeginningAt: [.repeated]), Table(DeliveryWorkflow.self),
    Table(VisitWorkflow.self), Table(RepairWorkflow.self),
  ]

  @Test(arguments: all) func aStateAndAnActionLeadToOnePlace(table: Table) {
    #expect(Set(table.pairs).count == table.pairs.count)
  }

  @Test(arguments: all) func everyStateIsReached(table: Table) {
    #expect(table.reached == Set(table.states))
  }

  @Test(arguments: all) func whatIsNotFinalLeadsOn(table: Table) {
    for state in table.states where !table.final.contains(state) {
      #expect(table.leadingOut.contains(state), "\(state)")
    }
  }

  @Test(arguments: all) func whoeverTakesAStepMayWriteAndExists(table: Table) {
    for permission in table.permissions {
      #expect(permission.writes && !Role.holding(permission).isEmpty)
    }
  }

  @Test(arguments: all) func theDiagramHasEveryStepAndEnd(table: Table) {
    let lines = table.diagram.split(separator: "\n").map(String.init)
    for (step, title) in zip(table.steps, table.titles) {
      let parts = step.split(separator: " ")
      #expect(lines.contains { $0.hasPrefix("  \(parts[0]) --> \(parts[2]): \(title)") })
    }
    for state in table.final { #expect(lines.contains("  \(state) --> [*]")) }
    #expect(lines.count == 2 + table.states.count + table.steps.count + table.final.count)
  }
}

@Suite struct FindingWorkflowTests {
  @Test func theStepsAreThese() {
    let steps = FindingWorkflow.transitions.map {
      "\($0.from) \($0.action) \($0.to) \($0.taker)"
    }
    #expect(
      steps == [
        "open dismissed dismissed person", "open confirmed confirmed person",
        "open lapsed lapsed portal", "open changed open portal",
        "dismissed reopened open either", "confirmed changed confirmed portal",
        "lapsed reopened open portal", "confirmed reopened open portal",
      ])
  }

  @Test func nobodyIsOfferedWhatThePortalDoes() throws {
    let officer = Principal(
      accountID: AccountID(rawValue: 1), account: "a", displayName: "A", role: .housingOfficer,
      area: try #require(AreaCode("350423")))
    func offered(_ state: FindingState) -> [FindingAction] {
      FindingWorkflow.offered(from: state, to: officer).map(\.action)
    }
    #expect(offered(.open) == [.dismissed, .confirmed] && offered(.dismissed) == [.reopened])
    #expect(offered(.lapsed).isEmpty && offered(.confirmed).isEmpty)
  }

  @Test func whoMayNotIsOfferedNothing() throws {
    let clerk = Principal(
      accountID: AccountID(rawValue: 2), account: "b", displayName: "B", role: .counterClerk,
      area: try #require(AreaCode("350423")))
    #expect(FindingWorkflow.offered(from: .open, to: clerk).isEmpty)
    #expect(ComplaintWorkflow.offered(from: .received, of: .sublet, to: clerk).isEmpty)
  }

  @Test func takingAStepBackOrAwayNeedsWords() {
    for step in FindingWorkflow.transitions {
      let needs = step.action == .dismissed || (step.action == .reopened && step.from != .lapsed)
      #expect((step.requiredText != nil) == needs)
    }
  }
}

@Suite struct ReleaseAndRoundWorkflowTests {
  @Test func publishingAloneNeedsASecondPerson() {
    for step in ReleaseWorkflow.transitions {
      #expect(step.from == .prepared && step.needsSecondPerson == (step.action == .publish))
    }
    #expect(ReleaseWorkflow[.prepared, .publish].to == .published)
    #expect(ReleaseWorkflow[.prepared, .discard].to == .discarded)
    #expect(Role.holding(.publishRelease).count > 1)
  }

  @Test func aClosedRoundStaysClosed() {
    #expect(ReviewRoundWorkflow.next(from: .closed).isEmpty)
    #expect(ReviewRoundWorkflow.next(from: .open).map(\.to) == [.open, .closed])
  }
}

@Suite struct ImportAndDeliveryWorkflowTests {
  @Test func thePortalWorksWhereItsStepsAre() {
    #expect(
      ImportState.allCases.filter(\.isBusy) == [
        .uploaded, .checking, .confirmed, .committing, .undoAsked, .undoing,
      ])
  }

  @Test func anImportIsGivenUpBeforeItIsDone() {
    #expect(
      ImportState.allCases.filter(\.mayBeCancelled) == [
        .repeated, .uploaded, .checking, .checked, .confirmed, .committing,
      ])
  }

  @Test func whatFailedOrWasGivenUpStaysSo() {
    for state in [ImportState.failed, .cancelled, .undone] {
      #expect(ImportWorkflow.next(from: state).isEmpty)
    }
    for state in [DeliveryState.withdrawn, .failed, .cancelled] {
      #expect(DeliveryWorkflow.next(from: state).isEmpty)
    }
  }

  @Test func whatIsInForceIsWithdrawnByASecondPerson() {
    let steps = DeliveryWorkflow.next(from: .done)
    #expect(steps.map(\.action) == [.withdraw])
    #expect(steps.map(\.needsSecondPerson) == [true])
  }
}
