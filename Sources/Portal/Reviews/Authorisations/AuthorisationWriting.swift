import Domain
import Foundation
import Ground
import Pages
import Postgres

/// A scan as it was sent, of a kind that is kept.
struct ScannedPaper: Sendable {
  let type: String
  let bytes: [UInt8]
  let sha256: [UInt8]

  /// By what the file begins with; nil for other kinds.
  static func type(of first: [UInt8]) -> String? {
    if first.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if first.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    return first.starts(with: Array("%PDF-".utf8)) ? "application/pdf" : nil
  }
}

/// An authorisation as it was typed or read.
struct TypedAuthorisation: Sendable {
  let person: PersonID
  let signedOn: Day
  let runsOutOn: Day?
  let paperNote: String?
  var scan: ScannedPaper?
}

extension Transaction {
  /// Enters authorisations; those that are there already, by member and day, are left as they are.
  ///
  /// - Returns: how many are new.
  func enter(
    _ typed: [TypedAuthorisation], by actor: ActingPerson, keys: KeyRing
  ) throws -> Int {
    guard !typed.isEmpty else { return 0 }
    let sealed = try typed.map { one in
      try one.scan.map { try keys.seal($0.bytes, for: .authorisationScan, of: one.person) }
    }
    return try execute(
      """
      INSERT INTO authorisations (area, household_id, person_id, signed_on, runs_out_on, paper_note,
        scan_sealed, scan_type, scan_sha256, recorded_by, recorded_by_name, recorded_at)
      SELECT p.area, p.household_id, p.id, t.signed, t.until, t.note, t.scan, t.type, t.hash,
        \(actor.principal.accountID), \(actor.principal.displayName), \(actor.now)::timestamptz
      FROM unnest(\(list: typed.map(\.person))::bigint[], \(list: typed.map(\.signedOn))::date[],
        \(list: typed.map(\.runsOutOn))::date[], \(list: typed.map(\.paperNote))::text[],
        \(list: sealed)::bytea[], \(list: typed.map(\.scan?.type))::text[],
        \(list: typed.map(\.scan?.sha256))::bytea[])
        AS t (person, signed, until, note, scan, type, hash)
      JOIN persons p ON p.id = t.person
      ON CONFLICT (person_id, signed_on) DO NOTHING
      """)
  }

  func setAuthorisation(
    mayCheckWithout: Bool, document: String, by actor: ActingPerson
  ) throws {
    let principal = actor.principal
    try execute(
      """
      INSERT INTO authorisation_settings (area, may_check_without, document, set_by, set_by_name, set_at)
      VALUES (\(principal.area), \(mayCheckWithout), \(document), \(principal.accountID),
        \(principal.displayName), \(actor.now))
      """)
    try audit(
      AuditEvent(
        action: .setAuthorisation, entity: "authorisation_settings",
        after: ["result": mayCheckWithout ? "可以核对" : "不得核对", "document": document]),
      by: actor.origin)
  }
}
