import Testing

@testable import Domain

/// What a county wants to be in a case before a step.
@Suite struct StepEvidenceTests {
  @Test func whatIsStoredIsReadAndKeptInOrder() {
    let evidence = StepEvidence(
      stored: ["close:handover", "decide:hearing", "decide:evidence", "decide:evidence"])
    #expect(evidence.stored == ["decide:evidence", "decide:hearing", "close:handover"])
    #expect(StepEvidence(stored: evidence.stored) == evidence)
    #expect(evidence.lines == ["作出书面决定：证据、陈述申辩材料", "销号：退房交验单"])
  }

  @Test(arguments: [
    "", "decide", "decide:", "decide:nothing", "take_back:evidence", "fly:evidence",
  ])
  func whatIsNotKnownIsLeftOut(_ text: String) {
    #expect(StepEvidence(stored: [text]).isEmpty)
  }

  @Test func whatACaseLacksIsSaid() {
    let evidence = StepEvidence(stored: ["decide:evidence", "decide:hearing"])
    #expect(evidence.missing(.decide, among: [.evidence, .scene]) == [.hearing])
    #expect(evidence.missing(.decide, among: [.hearing, .evidence]).isEmpty)
    #expect(evidence.missing(.verify, among: []).isEmpty)
  }
}
