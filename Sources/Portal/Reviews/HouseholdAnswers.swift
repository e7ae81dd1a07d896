package import Domain
package import Foundation
package import Ground
package import Postgres

/// Everything that bureaus said about a household, with the values opened.
package struct HouseholdAnswers: Sendable {
  /// One thing that an answer says, of a person or of the household.
  struct Said: Sendable {
    let person: PersonID?
    /// The row of the file.
    let line: Int?
    let digest: [UInt8]
    /// Nil where it does not open.
    let record: CheckRecord?

    /// Person by person, month by month.
    fileprivate var place: (Int64, String) { (person?.rawValue ?? 0, record?.storedText ?? "") }
  }

  package struct Answer: Sendable {
    package let line: AnswerLine
    let said: [Said]
    /// What the bureau had said before in the same round, or before in the exchange.
    let earlier: CheckResult?

    /// Whether it contradicts what the bureau had said in the same round.
    package var contradicts: Bool { line.sequence > 1 && earlier != nil && earlier != line.result }
  }

  /// An answer whose delivery was withdrawn, or that was set aside after a contest.
  package struct Withdrawn: Sendable {
    package let answer: Answer
    /// Who asked for it, who decided, when and why.
    package let askedBy: String
    package let decidedBy: String
    package let decidedAt: Date
    package let reason: String
  }

  /// The newest first, of each check.
  package let byType: [CheckType: [Answer]]
  /// What is in force no more, the last withdrawn first.
  package let withdrawn: [Withdrawn]

  /// Nobody has said anything.
  package static let none = HouseholdAnswers([], [], keys: nil)

  init(
    _ lines: [AnswerLine], _ records: [AnswerRecord], withdrawn: [WithdrawnLine] = [],
    keys: KeyRing?
  ) {
    let said = Dictionary(grouping: records, by: \.delivery).mapValues { records in
      records.map { record in
        Said(
          person: record.person, line: record.line, digest: record.digest,
          record: keys.flatMap { (try? record.open($0)) ?? nil })
      }.sorted { $0.place < $1.place }
    }
    byType = Dictionary(grouping: lines, by: \.type).mapValues { lines in
      let ordered = Self.ordered(lines)
      return ordered.enumerated().map { place, line in
        Answer(
          line: line, said: said[line.delivery] ?? [],
          earlier: place + 1 < ordered.count ? ordered[place + 1].result : nil)
      }
    }
    self.withdrawn = withdrawn.map { one in
      Withdrawn(
        answer: Answer(line: one.line, said: said[one.line.delivery] ?? [], earlier: nil),
        askedBy: one.askedBy, decidedBy: one.decidedBy, decidedAt: one.decidedAt, reason: one.why)
    }
  }

  /// The rounds and exchanges by how new what they say in the end is; in a round the highest sequence
  /// first, for it is in force.
  private static func ordered(_ lines: [AnswerLine]) -> [AnswerLine] {
    struct Group: Hashable {
      let round: ReviewRoundID?
      let exchange: CheckID?
    }
    let groups = Dictionary(grouping: lines) { line in
      Group(round: line.round, exchange: line.round == nil ? line.id : nil)
    }
    let sorted = groups.values.map { $0.sorted { $0.sequence > $1.sequence } }
    return sorted.sorted { ($0[0].asOf, $0[0].id) > ($1[0].asOf, $1[0].id) }.flatMap { $0 }
  }

  /// What counts now.
  package func inForce(_ type: CheckType) -> Answer? { byType[type]?.first }

  /// What counted before, the newest first.
  package func earlier(_ type: CheckType) -> ArraySlice<Answer> { byType[type]?.dropFirst() ?? [] }

  /// What counts in a round.
  func inForce(_ type: CheckType, in round: ReviewRoundID) -> Answer? {
    byType[type]?.first { $0.line.round == round }
  }

  /// What bureaus owe, answered or not, and whatever else there is an answer to.
  package var shown: [CheckType] {
    CheckType.allCases.filter { $0.isOwed || inForce($0) != nil }
  }

  package var all: [Answer] { CheckType.allCases.flatMap { byType[$0] ?? [] } }
}

extension Transaction {
  package func answers(of household: HouseholdID, keys: KeyRing) throws -> HouseholdAnswers {
    HouseholdAnswers(
      try all(answerLines(household)), try all(answerRecords(of: household)),
      withdrawn: try all(withdrawnAnswers(of: household)), keys: keys)
  }
}

/// The same query under a name that the method above does not hide.
private func answerLines(_ household: HouseholdID) -> Query<AnswerLine> { answers(of: household) }
