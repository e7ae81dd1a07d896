import Testing

@testable import Domain

/// Which days hold after which steps.
@Suite struct CaseCourseTests {
  /// A step that said some days, all of them the number of the step.
  struct Said: Sendable {
    let action: CaseAction?
    let from: CaseState?
    let to: CaseState
    let dates: [CaseDate]

    init(
      _ from: CaseState?, _ action: CaseAction?, _ to: CaseState, _ dates: CaseDate...
    ) {
      (self.action, self.from, self.to, self.dates) = (action, from, to, dates)
    }
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let steps: [Said]
    /// The days that hold, each with the step that said it.
    let holds: [CaseDate: Int]
  }

  private static let opened = Said(nil, nil, .suspected)
  private static let verified = Said(.suspected, .verify, .verified, .discovered)
  private static let noticed = Said(.verified, .serveNotice, .noticed, .noticed, .answerBy)
  private static let heard = Said(.noticed, .hear, .noticed, .heard)
  private static let decided = Said(.noticed, .decide, .decided, .decided)
  private static let ordered = Said(.decided, .startMoving, .moving, .decisionServed, .movesBy)
  private static let left = Said(.moving, .vacate, .vacated, .vacated)
  private static let closed = Said(.vacated, .close, .closed)
  private static let way = [opened, verified, noticed, heard, decided, ordered]

  static let rows: [Row] = [
    Row(
      testDescription: "all that was said on the way", steps: way,
      holds: [
        .discovered: 1, .noticed: 2, .answerBy: 2, .heard: 3, .decided: 4, .decisionServed: 5,
        .movesBy: 5,
      ]),
    Row(
      testDescription: "a step taken back takes its entries along",
      steps: [opened, verified, noticed, heard, Said(.noticed, .takeBack, .verified)],
      holds: [.discovered: 1]),
    Row(
      testDescription: "a pause that is over",
      steps: way + [
        Said(.moving, .suspend, .suspended, .paused, .reviewBy),
        Said(.suspended, .resume, .moving),
      ],
      holds: [
        .discovered: 1, .noticed: 2, .answerBy: 2, .heard: 3, .decided: 4, .decisionServed: 5,
        .movesBy: 5,
      ]),
    Row(
      testDescription: "a decision that was revoked",
      steps: way + [Said(.moving, .revokeDecision, .verified)], holds: [.discovered: 1]),
    Row(
      testDescription: "a case that was opened again",
      steps: way + [left, closed, Said(.closed, .reopen, .verified)], holds: [.discovered: 1]),
    Row(
      testDescription: "its new way",
      steps: way + [left, closed, Said(.closed, .reopen, .verified), noticed],
      holds: [.discovered: 1, .noticed: 9, .answerBy: 9]),
    Row(
      testDescription: "a new step that was taken back",
      steps: way + [
        left, closed, Said(.closed, .reopen, .verified), noticed,
        Said(.noticed, .takeBack, .verified),
      ],
      holds: [.discovered: 1]),
    Row(
      testDescription: "opened again after it was opened again",
      steps: way + [
        left, closed, Said(.closed, .reopen, .verified),
        Said(.verified, .vacate, .vacated, .vacated),
        closed, Said(.closed, .reopen, .verified),
      ],
      holds: [.discovered: 1]),
    Row(
      testDescription: "a suspicion again",
      steps: [
        opened, verified, noticed, heard, Said(.noticed, .dismiss, .unfounded),
        Said(.unfounded, .reopen, .suspected),
      ],
      holds: [:]),
    Row(
      testDescription: "verified once more",
      steps: [
        opened, verified, noticed, Said(.noticed, .dismiss, .unfounded),
        Said(.unfounded, .reopen, .suspected), verified, noticed,
        Said(.noticed, .correct, .corrected, .corrected), Said(.corrected, .close, .closed),
        Said(.closed, .reopen, .verified),
      ],
      holds: [.discovered: 5]),
  ]

  @Test(arguments: rows) func holds(_ row: Row) {
    var course = CaseCourse<[CaseDate: Day]>()
    for (index, step) in row.steps.enumerated() {
      let days = Dictionary(uniqueKeysWithValues: step.dates.map { ($0, Day(number: index)) })
      course.add(days, action: step.action, from: step.from, to: step.to)
    }
    #expect(course.entries.holding == row.holds.mapValues { Day(number: $0) })
  }
}
