package import Domain
import Foundation
import Pages
import Register
import Web

/// An answer as it was typed: its result, its day, and what was found of whom.
package struct TypedAnswer: Sendable {
  struct Record: Sendable {
    let person: PersonID?
    let record: CheckRecord
  }

  let result: CheckResult
  let asOf: Day
  let records: [Record]
  let reason: String?

  /// The most things that one answer may hold.
  package static let mostRecords = 30
  package static let firstDay = Day(number: 10_957)  // 2000-01-01

  init?(_ checker: inout FormChecker, _ sheet: CheckSheet, today: Day) {
    let type = sheet.type
    let choice = checker.choice(
      "result", "结果", among: CheckResult.answers.map(\.rawValue))
    let asOf = checker.day("as_of", "数据截至", in: Self.firstDay...today)
    var records: [Record] = []
    for place in 0..<Self.blocks(in: checker.fields) {
      guard let record = Self.record(&checker, place, sheet, today: today) else { continue }
      records.append(record)
    }
    let reason = checker.column("reason", "与此前答复不同的原因", max: 500, required: false)
    if let result = choice.flatMap({ CheckResult(rawValue: $0) }), checker.isValid, let asOf {
      let mismatch = type.mismatch(result, records.map(\.record), asOf: asOf)
      mismatch.map { Self.fail(&checker, $0, type) }
    }
    guard checker.isValid, let result = choice.flatMap({ CheckResult(rawValue: $0) }), let asOf
    else { return nil }
    self.result = result
    self.asOf = asOf
    self.records = records
    self.reason = reason
  }

  /// How many blocks of a record's fields came with a form.
  static func blocks(in fields: FormFields) -> Int {
    let places = fields.names.compactMap { name -> Int? in
      let parts = name.split(separator: "-")
      return parts.count >= 3 && parts[0] == "record" ? Int(parts[1]) : nil
    }
    return min((places.max() ?? -1) + 1, mostRecords)
  }

  static func field(_ place: Int, _ name: String) -> String { "record-\(place)-\(name)" }

  /// Nil for a block that was left blank, and for one with something wrong in it.
  private static func record(
    _ checker: inout FormChecker, _ place: Int, _ sheet: CheckSheet, today: Day
  ) -> Record? {
    let type = sheet.type
    var texts: [CheckFieldName: String] = [:]
    for field in type.fields {
      texts[field.name] = plain(checker.fields[Self.field(place, field.name.rawValue)], field)
    }
    guard texts.values.contains(where: { !$0.isEmpty }) else { return nil }
    var isRight = true
    for field in type.fields {
      guard let problem = problem(field, texts[field.name] ?? "", today: today) else { continue }
      checker.fail(Self.field(place, field.name.rawValue), "第 \(place + 1) 条：\(problem)")
      isRight = false
    }
    var person: PersonID?
    if type.isAboutPersons {
      let name = Self.field(place, "person")
      let typed = checker.fields[name].flatMap { PersonID($0) }
      person = sheet.members.map(\.person.id).first { $0 == typed }
      if person == nil {
        checker.fail(name, "第 \(place + 1) 条：请选择是哪一位成员")
        isRight = false
      }
    }
    guard isRight, let record = try? CheckRecord(type, texts, today: today) else { return nil }
    return Record(person: person, record: record)
  }

  private static func problem(_ field: CheckField, _ text: String, today: Day) -> String? {
    guard !text.isEmpty else { return field.isRequired ? "“\(field.title)”必须填写" : nil }
    do {
      _ = try field.canonical(text, today: today)
      return nil
    } catch {
      return error.description
    }
  }

  /// What was typed, with full-width digits and signs as ASCII where the field is no text.
  private static func plain(_ typed: String?, _ field: CheckField) -> String {
    let trimmed = (typed ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
      .precomposedStringWithCanonicalMapping
    if case .text = field.kind { return trimmed }
    let narrow = trimmed.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? trimmed
    guard case .day = field.kind else { return narrow }
    let parts = narrow.split { "-./年月日".contains($0) }.compactMap { Int($0) }
    guard parts.count == 3 else { return narrow }
    return Day(year: parts[0], month: parts[1], day: parts[2])?.iso ?? narrow
  }

  private static func fail(
    _ checker: inout FormChecker, _ mismatch: AnswerMismatch, _ type: CheckType
  ) {
    switch mismatch {
    case .nothingFound:
      checker.fail(
        field(0, type.fields[0].name.rawValue), "选了“有情况”，请至少填写一条查到的、现在仍有效的情况")
    case .nobodyFound:
      checker.fail("result", "选了“查无此人”，又填了查到的情况，请改选，或清空下面的内容")
    case .namedAfterAll:
      checker.fail("result", "选了“有情况”，又填了“\(type.title)”里的内容，请改选“无异常”，或清空下面的内容")
    case .somethingFound:
      checker.fail("result", "选了“无异常”，又填了“\(type.title)”情况，请改选“有情况”，或清空下面的内容")
    }
  }
}

extension CheckResult {
  /// What a bureau may answer, in the order of the keys 1, 2, 3.
  package static let answers: [CheckResult] = [.clear, .hit, .notFound]
}
