import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register
import Spreadsheet

/// Leases, known again by contract number.
struct LeaseImport: RegisterImport {
  typealias Lead = Void

  static let map = LeaseRecord.map
  /// What a row is written from; the state follows from the day of ending where it is not said.
  typealias Source = (
    place: HomePlaces.Named, record: LeaseRecord, applicant: [UInt8]?, state: LeaseState
  )

  static let staged = StagedColumns<Source>(
    "l",
    HomePlaces.columns(\.place) + [
      StagedColumn(key: "contract_number", "text") { $1.append($0.record.contractNumber) },
      StagedColumn(key: "household_number", "text") { $1.append($0.record.householdNumber) },
      StagedColumn(key: "applicant_index", "bytea") { $1.append($0.applicant) },
      StagedColumn("contract_version", "text", shown: .init(title: "合同文本版本")) {
        $1.append($0.record.contractVersion ?? "")
      },
      StagedColumn("starts_on", "date", shown: .init(title: "起租日期")) {
        $1.append($0.record.startsOn)
      },
      StagedColumn("ends_on", "date", shown: .init(title: "到期日期")) { $1.append($0.record.endsOn) },
      StagedColumn("monthly_rent", "numeric(9, 2)", shown: .init(title: "月租金")) {
        $1.append($0.record.monthlyRent)
      },
      StagedColumn("deposit", "numeric(9, 2)", shown: .init(title: "押金")) {
        $1.append($0.record.deposit)
      },
      StagedColumn(
        "state", "text", shown: .init(title: "租约状态", text: title(LeaseState.self, \.title))
      ) { $1.append($0.state) },
      StagedColumn("ended_on", "date", shown: .init(title: "终止日期")) {
        $1.append($0.record.endedOn)
      },
      StagedColumn("ended_reason", "text", keepsWhenEmpty: true, shown: .init(title: "终止原因")) {
        $1.append($0.record.endedReason)
      },
    ])
  static let found = """
    \(HomePlaces.found), household_id bigint, several boolean NOT NULL DEFAULT false, lease_id bigint
    """

  private var left = 0

  init(_ scope: ImportScope) {}

  static func convert(
    _ record: LeaseRecord, _ scope: ImportScope, _ notes: inout RowNotes,
    into fields: inout CopyFields
  ) throws {
    let area = notes.township(record.township, scope.townships)
    let state = checkTerm(record, &notes)
    if record.householdNumber == nil, record.applicantID == nil, !notes.hasError {
      notes.fail(
        .householdMissing, SheetTitles.householdNumber, "请填写家庭编号或申请人身份证号，至少一项")
    }
    let place = HomePlaces.Named(
      area: area, estate: record.estate, building: record.building, unit: record.unit,
      room: record.room)
    let applicant = record.applicantID.map { scope.idNumbers.hasher.hash($0.text).bytes }
    try staged.write((place, record, applicant, state), into: &fields)
  }

  /// The state, which follows from the day of ending where it is not said.
  private static func checkTerm(_ record: LeaseRecord, _ notes: inout RowNotes) -> LeaseState {
    let state = record.state ?? (record.endedOn == nil ? .running : .ended)
    if notes.hasError { return state }
    if (state == .ended) != (record.endedOn != nil) {
      notes.fail(
        .leaseState, "终止日期",
        state == .ended ? "已终止的租约要填终止日期" : "填了终止日期，租约状态却不是已终止，请核对")
    }
    if record.endedOn == nil, record.endedReason != nil {
      notes.fail(.leaseState, "终止原因", "填了终止原因，却没有终止日期，请核对")
    }
    if let starts = record.startsOn, let ends = record.endsOn, ends <= starts {
      notes.fail(.leaseDates, "到期日期", "到期日期应在起租日期之后，请核对")
    }
    if let starts = record.startsOn, let ended = record.endedOn, ended < starts {
      notes.fail(.leaseDates, "终止日期", "终止日期不应早于起租日期，请核对")
    }
    return state
  }

  mutating func admit(_ lead: Void, _ notes: inout RowNotes, into fields: inout CopyFields) -> Bool
  {
    if notes.hasError { left += 1 }
    return !notes.hasError
  }

  func badRows(_ tx: Transaction) throws -> Int { try left + tx.markedRows() }

  func counts(_ tx: Transaction) throws -> ImportCounts {
    var counts = try tx.one(
      plainCounts(
        """
        SELECT r.lease_id AS id, \(Self.staged.changed) AS changed
        FROM import_rows r LEFT JOIN leases l ON l.id = r.lease_id WHERE NOT r.bad
        """))
    counts.homesLeased = try tx.one(
      Query(
        """
        SELECT count(*) FROM import_rows r JOIN homes h ON h.id = r.home_id
        WHERE NOT r.bad AND r.state = 'running' AND h.state = 'vacant'
        """))
    return counts
  }

  func changes(_ tx: Transaction, limit: Int, _ sheets: [String]) throws -> [ImportChange] {
    try tx.all(
      Query<StagedChange>(
        """
        SELECT r.sheet, r.line, '合同 ' || r.contract_number AS subject, \(Self.staged.texts)
        FROM import_rows r JOIN leases l ON l.id = r.lease_id
        WHERE NOT r.bad AND \(Self.staged.changed) ORDER BY r.ordinal LIMIT \(limit)
        """)
    ).map { $0.change(Self.staged.fields, sheets) }
  }

  func apply(_ tx: Transaction, _ id: ImportID, at now: Date) throws -> AppliedRanges {
    // Those that end come first: a home or a household has one running lease at any moment.
    for state in [LeaseState.ended, .running] {
      try tx.execute(
        """
        UPDATE leases l SET \(Self.staged.assignments), version = version + 1
        FROM import_rows r
        WHERE l.id = r.lease_id AND NOT r.bad AND r.state = \(state) AND \(Self.staged.changed)
        """)
    }
    try tx.execute(
      """
      INSERT INTO leases (area, home_id, household_id, contract_number, \(Self.staged.inserted),
        import_id)
      SELECT h.area, r.home_id, r.household_id, r.contract_number, \(Self.staged.insertedValues),
        \(id)
      FROM import_rows r JOIN homes h ON h.id = r.home_id
      WHERE r.lease_id IS NULL AND NOT r.bad ORDER BY r.ordinal
      """)
    try tx.execute(
      """
      UPDATE homes h SET state = 'leased', version = version + 1 FROM import_rows r
      WHERE h.id = r.home_id AND NOT r.bad AND r.state = 'running' AND h.state = 'vacant'
      """)
    return AppliedRanges()
  }
}
