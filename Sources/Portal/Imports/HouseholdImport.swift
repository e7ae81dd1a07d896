import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// Households with their members: a household is known again by its number, else by its applicant's ID
/// number; a member by the ID number. Who is in the register and not in the file stays as it is, and so
/// does what a cell leaves empty.
struct HouseholdImport: RegisterImport {
  typealias Lead = MemberLead

  static let map = MemberRecord.map
  static let staged = personColumns
  static let admitted: [(name: StaticString, type: StaticString)] = [
    ("household", "integer NOT NULL"), ("seen", "boolean NOT NULL"),
  ]
  static let found = "person_id bigint"
  static let otherTables = """
    CREATE TEMPORARY TABLE import_households (
      household integer NOT NULL, ordinal integer NOT NULL, sheet smallint NOT NULL,
      line integer NOT NULL, bad boolean NOT NULL, number text, area text, category text,
      merged_into text, rows integer NOT NULL, members integer NOT NULL, applicants integer NOT NULL,
      applicant text, household_id bigint, several boolean NOT NULL DEFAULT false) ON COMMIT DROP
    """

  var groups = HouseholdGroups()
  private var seen = SeenPersons()
  /// Whether some person may be in the file twice.
  private(set) var hasRepeats = false
  /// Whether some household of the file is in the register already.
  var hasKnown = false
  var findings = 0

  init(_ scope: ImportScope) {}

  static func convert(
    _ record: MemberRecord, _ scope: ImportScope, _ notes: inout RowNotes,
    into fields: inout CopyFields
  ) throws -> MemberLead {
    let area = notes.township(record.township, scope.townships)
    if (record.leftOn == nil) != (record.leftReason == nil),
      !notes.problems.contains(where: { $0.column == "离开日期" || $0.column == "离开原因" })
    {
      notes.fail(.leavingIncomplete, "离开日期", "离开日期和离开原因要么都填，要么都不填")
    }
    var person: UInt64?
    if let relation = record.relation, let name = record.name, let idNumber = record.idNumber {
      let index = scope.idNumbers.hasher.hash(idNumber.text)
      person = index.prefix
      try staged.write(
        StagedPerson(
          relation: relation, name: name, idNumber: idNumber, index: index.bytes, record: record,
          scope: scope), into: &fields)
    }
    return MemberLead(
      number: record.householdNumber, area: area, category: record.category,
      mergedInto: record.mergedInto, relation: record.relation, name: record.name,
      hasLeft: record.leftOn != nil, person: person)
  }

  mutating func admit(
    _ lead: MemberLead, _ notes: inout RowNotes, into fields: inout CopyFields
  ) -> Bool {
    let household = groups.place(lead, &notes)
    guard !notes.hasError, let person = lead.person else {
      groups[household].isBad = true
      return false
    }
    let wasSeen = seen.insert(person)
    if wasSeen { hasRepeats = true }
    fields.append(Int32(household))
    fields.append(wasSeen)
    return true
  }

  mutating func check(_ tx: Transaction, _ log: inout ProblemLog, _ sheets: [String]) throws {
    try copyGroups(tx)
    try tx.settle("import_rows", Self.joined, indexes: ["ordinal", "household", "person_id"])
    try tx.settle("import_households", indexes: ["household", "number", "household_id"])
    try findKnown(tx)
    for check in Self.householdChecks(hasKnown: hasKnown, hasUnnumbered: groups.hasUnnumbered) {
      try tx.look(for: check, &log, sheets)
    }
    var marked = 0
    for check in Self.personChecks(hasKnown: hasKnown, hasRepeats: hasRepeats) {
      let rows = try tx.look(for: check, &log, sheets)
      if check.severity == .error { marked += rows }
      if check.cause == .personElsewhere { findings += rows }
    }
    if marked > 0 {
      try tx.execute(
        """
        UPDATE import_households h SET bad = true
        WHERE NOT bad AND household IN (SELECT household FROM import_rows WHERE bad)
        """)
    }
  }

  /// The columns of `import_rows` that the plans of what follows depend on.
  private static let joined: StaticString =
    "bad, household, seen, relation, id_index, left_on, person_id"

  private func copyGroups(_ tx: Transaction) throws {
    let columns: [StaticString] = [
      "household", "ordinal", "sheet", "line", "bad", "number", "area", "category", "merged_into",
      "rows", "members", "applicants", "applicant",
    ]
    try tx.copyIn(into: "import_households", columns) { writer in
      var rows = CopyFields()
      for (place, group) in groups.groups.enumerated() {
        rows.beginRow(fields: columns.count)
        rows.append(Int32(place))
        rows.append(group.ordinal)
        rows.append(group.sheet)
        rows.append(group.line)
        rows.append(group.isBad)
        rows.append(group.number)
        rows.append(group.area)
        rows.append(group.category)
        rows.append(group.mergedInto)
        rows.append(group.rows)
        rows.append(group.members)
        rows.append(group.applicants)
        rows.append(group.applicant)
        if rows.count > 1 << 16 {
          try writer.write(rows)
          rows.removeAll()
        }
      }
      try writer.write(rows)
    }
  }

  private mutating func findKnown(_ tx: Transaction) throws {
    var known = try tx.execute(
      """
      UPDATE import_households g SET household_id = h.id FROM households h
      WHERE h.number = g.number
      """)
    if groups.hasUnnumbered { known += try tx.execute(Self.findByApplicant) }
    hasKnown = known > 0
    guard hasKnown else { return }
    try tx.settle("import_households")
    try tx.execute(
      """
      UPDATE import_rows r SET person_id = p.id
      FROM import_households g JOIN persons p ON p.household_id = g.household_id
      WHERE g.household = r.household AND p.id_number_index = r.id_index
      """)
    try tx.settle("import_rows", Self.joined)
  }

  private static let findByApplicant: SQL = """
    UPDATE import_households g SET household_id = f.household_id, several = f.several
    FROM (
      SELECT r.household, min(h.id) AS household_id, count(*) > 1 AS several
      FROM import_rows r
      JOIN import_households o ON o.household = r.household AND o.number IS NULL
      JOIN persons p ON p.id_number_index = r.id_index AND p.relation = 'applicant'
        AND p.left_on IS NULL
      JOIN households h ON h.id = p.household_id AND h.merged_into IS NULL
      WHERE r.relation = 'applicant' AND r.left_on IS NULL
      GROUP BY r.household) f
    WHERE f.household = g.household
    """

  /// A household is taken as a whole or not at all: without one of its members it would be wrong.
  func badRows(_ tx: Transaction) throws -> Int {
    try tx.one(Query("SELECT COALESCE(sum(rows), 0) FROM import_households WHERE bad"))
  }
}
