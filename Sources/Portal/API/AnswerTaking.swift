import Domain
import Foundation
import Ground
import Postgres
import Reviews
import Web

/// What became of a batch of answers.
struct TakenAnswers: Sendable {
  let delivery: DeliveryID?
  let assessment: AnswerAssessment
  let differences: [AnswerDifference]

  func json(_ type: CheckType) -> JSONValue {
    [
      "delivery": .optional(delivery.map { Int($0.rawValue) }), "check": .string(type.rawValue),
      "new": .integer(assessment.new), "same": .integer(assessment.same),
      "changed": .integer(assessment.changed),
      "contradicting": .integer(assessment.contradicting),
      "differences": .array(
        differences.map { difference in
          [
            "household": .string(difference.number),
            "before": .string(difference.before.rawValue),
            "after": .string(difference.after.rawValue), "before_by": .string(difference.beforeBy),
            "before_on": .string(difference.beforeOn.iso),
          ]
        }),
    ]
  }
}

extension Transaction {
  /// Takes a batch as one delivery, all or nothing; with `dry_run` it only says what it would come to.
  ///
  /// - Throws: `Problem`, `AnswerRefusal`.
  func take(
    _ batch: AnswerBatch, in round: ReviewRoundID, for call: APICall, keys: KeyRing, at now: Date
  ) throws -> TakenAnswers {
    guard try self.round(round).isOpen else { throw AnswerRefusal.roundClosed }
    let placed = try place(batch, in: round, keys: keys)
    let delivery = try openDelivery(
      NewDelivery(round: round, type: batch.type, way: .api, asOf: batch.asOf),
      by: call.principal, at: now)
    try insertRecords(try placed.flatMap { try $0.sealed(asOf: batch.asOf, keys) }, of: delivery.id)
    try makeProposedAnswers()
    try propose(
      placed.map { ProposedAnswer(household: $0.household, result: $0.answer.result) })
    let isDryRun = call.query["dry_run"]?.isTrue == true
    let assessment: AnswerAssessment
    do {
      assessment =
        isDryRun
        ? try assessAnswers(of: delivery)
        : try recordAnswers(of: delivery, AnswerTerms(reason: batch.reason), keys: keys, at: now)
    } catch AnswerRefusal.reasonNeeded {
      throw try reasonNeeded(placed)
    }
    return TakenAnswers(
      delivery: isDryRun ? nil : delivery.id, assessment: assessment,
      differences: try all(answerDifferences(limit: AnswerAPI.mostAnswers)))
  }

  /// Says which answers differ from the bureau's own earlier ones.
  private func reasonNeeded(_ placed: [PlacedAnswer]) throws -> Problem {
    let differing = try all(answerDifferences(limit: AnswerAPI.mostAnswers))
    let places = Dictionary(
      placed.map { ($0.household, $0.answer.place) }, uniquingKeysWith: { first, _ in first })
    let items = differing.compactMap { difference in
      places[difference.household].map {
        Problem.Item(
          pointer: "#/answers/\($0)",
          "\(difference.beforeOn.iso) 答复的是“\(difference.before.title)”，这次是“\(difference.after.title)”或内容不同"
        )
      }
    }
    return Problem(
      .conflict, "有 \(differing.count) 户与本单位以前的答复不一致，请在 reason 中说明原因后重发；两次答复都会保留。",
      items: items)
  }

  /// Finds the household of each answer in the frame, and the member of each record.
  private func place(
    _ batch: AnswerBatch, in round: ReviewRoundID, keys: KeyRing
  ) throws -> [PlacedAnswer] {
    let households = try all(framed(batch.answers.map(\.household), in: round))
    let byID = Dictionary(households.map { ($0.id, $0) }) { first, _ in first }
    let byNumber = Dictionary(households.map { ($0.number, $0) }) { first, _ in first }
    let hashes = batch.answers.flatMap(\.records).compactMap(\.idNumber).map {
      keys.hash($0.text, of: .idNumber)
    }
    let members = try all(members(of: households.map(\.id), among: hashes))
    var wrong: [Problem.Item] = []
    var seen: Set<HouseholdID> = []
    let placed = batch.answers.compactMap { answer -> PlacedAnswer? in
      let found =
        switch answer.household {
        case .id(let id): byID[id]
        case .number(let number): byNumber[number]
        }
      let pointer = "#/answers/\(answer.place)"
      guard let found else {
        wrong.append(.init(pointer: "\(pointer)/household", "不在这一轮复核的范围内"))
        return nil
      }
      guard seen.insert(found.id).inserted else {
        wrong.append(.init(pointer: "\(pointer)/household", "同一户出现了两次"))
        return nil
      }
      return PlacedAnswer(answer, found, members, keys: keys, &wrong)
    }
    guard wrong.isEmpty else { throw Problem.invalid(Array(wrong.prefix(100))) }
    return placed
  }
}

/// An answer with its household, and its records with their members.
private struct PlacedAnswer {
  let answer: AnswerBatch.Answer
  let household: HouseholdID
  private let area: AreaCode
  private let records: [(person: PersonID?, record: CheckRecord)]

  init(
    _ answer: AnswerBatch.Answer, _ framed: FramedHousehold, _ members: [FramedMember],
    keys: KeyRing, _ wrong: inout [Problem.Item]
  ) {
    self.answer = answer
    household = framed.id
    area = framed.area
    var records: [(PersonID?, CheckRecord)] = []
    for record in answer.records {
      guard let idNumber = record.idNumber else {
        records.append((nil, record.record))
        continue
      }
      let hash = keys.hash(idNumber.text, of: .idNumber)
      guard let member = members.first(where: { $0.household == framed.id && $0.hash == hash })
      else {
        wrong.append(
          .init(
            pointer: "#/answers/\(answer.place)/records/\(record.place)/id_number",
            "不是这个家庭的在册成员"))
        continue
      }
      records.append((member.id, record.record))
    }
    self.records = records.map { (person: $0.0, record: $0.1) }
  }

  func sealed(asOf: Day, _ keys: KeyRing) throws -> [SealedRecord] {
    try records.map { one in
      try SealedRecord(
        one.record, of: one.person, household: household, area: area, asOf: asOf, keys: keys)
    }
  }
}

private struct FramedHousehold: RowDecodable {
  let id: HouseholdID
  let number: String
  let area: AreaCode

  init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    area = try row("area")
  }
}

private func framed(
  _ names: [AnswerBatch.HouseholdName], in round: ReviewRoundID
) -> Query<FramedHousehold> {
  let ids = names.compactMap { if case .id(let id) = $0 { id } else { nil } }
  let numbers = names.compactMap { if case .number(let number) = $0 { number } else { nil } }
  return Query(
    """
    SELECT h.id, h.number, f.area FROM households h
    JOIN review_households f ON f.round_id = \(round) AND f.household_id = h.id
    WHERE h.id = ANY(\(list: ids)) OR h.number = ANY(\(list: numbers))
    """)
}

private struct FramedMember: RowDecodable {
  let id: PersonID
  let household: HouseholdID
  let hash: [UInt8]

  init(_ row: Row) throws {
    id = try row("id")
    household = try row("household_id")
    hash = try row("id_number_index")
  }
}

private func members(
  of households: [HouseholdID], among hashes: [[UInt8]]
) -> Query<FramedMember> {
  Query(
    """
    SELECT id, household_id, id_number_index FROM persons
    WHERE household_id = ANY(\(list: households)) AND left_on IS NULL
      AND id_number_index = ANY(\(list: hashes)::bytea[])
    """)
}
