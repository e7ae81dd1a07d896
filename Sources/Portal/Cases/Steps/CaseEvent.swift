import Domain
import Foundation
import Ground
import Postgres

/// An entry in the history of a case, with what its step said.
struct CaseEvent: RowDecodable {
  let line: CaseEventLine
  private let details: [String: String]
  private let personalSealed: [UInt8]?

  init(_ row: Row) throws {
    line = try CaseEventLine(row)
    let text: String = try row("details")
    // Most entries of a case that was only written about say nothing; a job reads a hundred thousand cases.
    details =
      text == "{}" ? [:] : try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    personalSealed = try row("personal_sealed")
  }

  var action: CaseAction? { CaseAction(rawValue: line.action) }

  /// What was typed, by the names of the fields; what is personal too, where the keys are given.
  func values(of id: CaseID, keys: KeyRing?) -> StepValues {
    StepValues(details, personalSealed, of: id, keys: keys)
  }
}

/// The history of a case, oldest first.
func caseEvents(_ id: CaseID) -> Query<CaseEvent> {
  Query(
    """
    SELECT at, account_name, action, from_state, to_state, note, details::text AS details,
      personal_sealed
    FROM case_events WHERE case_id = \(id) ORDER BY id
    """)
}

/// The histories of several cases without what is sealed, each oldest first.
func openCaseEvents(_ ids: [CaseID]) -> Query<(CaseID, CaseEvent)> {
  Query(
    """
    SELECT case_id, at, account_name, action, from_state, to_state, note, details::text AS details,
      NULL::bytea AS personal_sealed
    FROM case_events WHERE case_id = ANY(\(list: ids)) ORDER BY case_id, id
    """
  ) { (try $0("case_id"), try CaseEvent($0)) }
}

/// What a step says: values by the names of its fields.
struct StepValues: Hashable, Sendable {
  var plain: [String: String] = [:]
  var personal: [String: String] = [:]

  init() {}

  init(_ plain: [String: String], _ sealed: [UInt8]?, of id: CaseID, keys: KeyRing?) {
    self.plain = plain
    guard let sealed, let keys else { return }
    personal =
      (try? keys.openText(sealed, for: .casePersonal, of: id)).flatMap {
        try? JSONDecoder().decode([String: String].self, from: Data($0.utf8))
      } ?? [:]
  }

  subscript(name: String) -> String? { plain[name] ?? personal[name] }

  func day(_ date: CaseDate) -> Day? { plain[date.rawValue].flatMap { Day(iso: $0) } }

  /// The days among them.
  var days: [CaseDate: Day] {
    Dictionary(
      CaseDate.allCases.compactMap { date in day(date).map { (date, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  var json: String { get throws { try Self.text(plain) } }

  /// Nil where nothing is personal.
  func sealed(_ keys: KeyRing, of id: CaseID) throws -> [UInt8]? {
    personal.isEmpty ? nil : try keys.seal(try Self.text(personal), for: .casePersonal, of: id)
  }

  private static func text(_ values: [String: String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(
      decoding: try encoder.encode(values.mapValues(Masking.withoutResidentIDs)), as: UTF8.self)
  }
}
