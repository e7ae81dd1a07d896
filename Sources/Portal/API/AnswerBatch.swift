import Domain
import Foundation
import Postgres
import Reviews
import Web

/// Answers to one kind of check as they were sent, each looked at by itself.
struct AnswerBatch: Sendable {
  struct Answer: Sendable {
    /// Where it stands in what was sent.
    let place: Int
    let household: HouseholdName
    let result: CheckResult
    let records: [Record]
  }

  struct Record: Sendable {
    let place: Int
    let idNumber: ResidentID?
    let record: CheckRecord
  }

  /// A household by its number, or by its id.
  enum HouseholdName: Hashable, Sendable {
    case id(HouseholdID)
    case number(String)
  }

  let type: CheckType
  let asOf: Day
  let reason: String?
  let answers: [Answer]

  private static let firstDay = TypedAnswer.firstDay

  /// - Parameter body: of the right shape already.
  /// - Throws: `Problem` (422) with everything that is wrong in it.
  init(_ body: JSONValue, today: Day) throws {
    var wrong: [Problem.Item] = []
    guard let type = (body["check"]?.text).flatMap({ CheckType(rawValue: $0) }),
      let asOf = (body["as_of"]?.text).flatMap({ Day(iso: $0) })
    else { throw Problem(.badRequest, "请求内容不完整。") }
    if !(Self.firstDay...today).contains(asOf) {
      wrong.append(.init(pointer: "#/as_of", "应在 \(Self.firstDay.iso) 到今天之间"))
    }
    self.type = type
    self.asOf = asOf
    reason = body["reason"]?.text
    answers = (body["answers"]?.items ?? []).enumerated().compactMap { place, answer in
      Self.answer(answer, place, type, asOf, today, &wrong)
    }
    guard wrong.isEmpty else { throw Problem.invalid(Array(wrong.prefix(100))) }
  }

  private static func answer(
    _ answer: JSONValue, _ place: Int, _ type: CheckType, _ asOf: Day, _ today: Day,
    _ wrong: inout [Problem.Item]
  ) -> Answer? {
    let pointer = "#/answers/\(place)"
    guard let result = (answer["result"]?.text).flatMap({ CheckResult(rawValue: $0) }),
      let household = HouseholdName(answer["household"])
    else { return nil }
    var records: [Record] = []
    for (index, record) in (answer["records"]?.items ?? []).enumerated() {
      guard let read = Self.record(record, index, pointer, type, today, &wrong) else { continue }
      records.append(read)
    }
    // One that cannot be read has been told of.
    let isWhole = records.count == answer["records"]?.items.count ?? 0
    if isWhole, let mismatch = type.mismatch(result, records.map(\.record), asOf: asOf) {
      wrong.append(.init(pointer: "\(pointer)/result", words(mismatch, type)))
    }
    return Answer(place: place, household: household, result: result, records: records)
  }

  private static func record(
    _ record: JSONValue, _ place: Int, _ answer: String, _ type: CheckType, _ today: Day,
    _ wrong: inout [Problem.Item]
  ) -> Record? {
    var texts: [CheckFieldName: String] = [:]
    for field in type.fields { texts[field.name] = field.text(in: record) }
    do throws(CheckFieldError) {
      return Record(
        place: place,
        idNumber: (record["id_number"]?.text).flatMap { try? ResidentID($0) },
        record: try CheckRecord(type, texts, today: today))
    } catch {
      let field = error.field.map { "/\($0.name.rawValue)" } ?? ""
      wrong.append(
        .init(pointer: "\(answer)/records/\(place)\(field)", error.description))
      return nil
    }
  }

  private static func words(_ mismatch: AnswerMismatch, _ type: CheckType) -> String {
    switch mismatch {
    case .nothingFound: "有情况的，records 里至少要有一条"
    case .nobodyFound: "查无此人的，不能带有 records"
    case .namedAfterAll: "\(type.title)里有的，不能答有情况"
    case .somethingFound: "无异常的，不能带有\(type.title)的 records"
    }
  }
}

extension AnswerBatch.HouseholdName {
  fileprivate init?(_ value: JSONValue?) {
    switch value {
    case .integer(let id)?: self = .id(HouseholdID(rawValue: Int64(id)))
    case .string(let number)?: self = .number(number)
    default: return nil
    }
  }
}
