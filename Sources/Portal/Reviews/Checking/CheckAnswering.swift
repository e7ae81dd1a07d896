import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register

/// The answer is the one that is in force already.
struct SameAnswer: Error {}

extension TypedAnswer {
  fileprivate func sealed(_ sheet: CheckSheet, keys: KeyRing) throws -> [SealedRecord] {
    try records.map { typed in
      try SealedRecord(
        typed.record, of: typed.person, household: sheet.household.id, area: sheet.position.area,
        asOf: asOf, keys: keys)
    }
  }

  /// Whether an answer says the same.
  func equals(
    _ answer: HouseholdAnswers.Answer, _ sheet: CheckSheet, keys: KeyRing
  ) throws -> Bool {
    func ordered(_ digests: [[UInt8]]) -> [[UInt8]] {
      digests.sorted { $0.lexicographicallyPrecedes($1) }
    }
    let typed = ordered(try sealed(sheet, keys: keys).map(\.digest))
    return answer.line.result == result && ordered(answer.said.map(\.digest)) == typed
  }
}

extension Transaction {
  /// Records an answer that somebody typed, after the one with this sequence.
  ///
  /// - Throws: ``AnswerRefusal``; ``SameAnswer`` when it changes nothing.
  func record(
    _ typed: TypedAnswer, for sheet: CheckSheet, after sequence: Int, by editor: Editor
  ) throws -> DeliveryID {
    let delivery = try openDelivery(
      NewDelivery(round: sheet.round.id, type: sheet.type, way: .screen, asOf: typed.asOf),
      by: editor.principal, at: editor.now)
    try insertRecords(try typed.sealed(sheet, keys: editor.keys), of: delivery.id)
    try makeProposedAnswers()
    try propose([ProposedAnswer(household: sheet.household.id, result: typed.result)])
    let assessment = try recordAnswers(
      of: delivery, AnswerTerms(reason: typed.reason, expectedSequence: sequence),
      keys: editor.keys, at: editor.now)
    guard assessment.same == 0 else { throw SameAnswer() }
    try audit(
      AuditEvent(
        action: .answerCheck, entity: "households",
        entityID: sheet.household.id.description,
        before: sheet.current.map { ["result": $0.line.result.title, "as_of": $0.line.asOf.iso] },
        after: [
          "round": sheet.round.id.description, "check": sheet.type.title,
          "result": typed.result.title, "as_of": typed.asOf.iso,
          "records": String(typed.records.count), "delivery": delivery.id.description,
          "reason": typed.reason ?? "",
        ]), by: editor.origin)
    return delivery.id
  }
}
