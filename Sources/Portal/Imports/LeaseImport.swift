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
  static let tables = """
    CREATE TEMPORARY TABLE import_rows (
      ordinal integer NOT NULL, sheet smallint NOT NULL, line integer NOT NULL,
      bad boolean NOT NULL DEFAULT false, \(HomePlaces.columns), contract_number text,
      household_number text, applicant_index bytea, contract_version text, starts_on date,
      ends_on date, monthly_rent numeric(9, 2), deposit numeric(9, 2), state text, ended_on date,
      ended_reason text, household_id bigint, several boolean NOT NULL DEFAULT false,
      lease_id bigint) ON COMMIT DROP
    """
  static let columns: [StaticString] = [
    "ordinal", "sheet", "line", "area", "estate", "building", "unit", "room", "contract_number",
    "household_number", "applicant_index", "contract_version", "starts_on", "ends_on",
    "monthly_rent", "deposit", "state", "ended_on", "ended_reason",
  ]

  private var left = 0

  init(_ scope: ImportScope) {}

  static func convert(
    _ record: LeaseRecord, _ scope: ImportScope, _ notes: inout RowNotes,
    into fields: inout CopyFields
  ) {
    let area = notes.township(record.township, scope.townships)
    let state = checkTerm(record, &notes)
    if record.householdNumber == nil, record.applicantID == nil, !notes.hasError {
      notes.fail(
        .householdMissing, SheetTitles.householdNumber, "请填写家庭编号或申请人身份证号，至少一项")
    }
    HomePlaces.write(
      area: area, estate: record.estate, building: record.building, unit: record.unit,
      room: record.room, into: &fields)
    fields.append(record.contractNumber)
    fields.append(record.householdNumber)
    fields.append(record.applicantID.map { scope.idNumbers.hasher.hash($0.text).bytes })
    fields.append(record.contractVersion ?? "")
    fields.append(record.startsOn)
    fields.append(record.endsOn)
    fields.append(record.monthlyRent)
    fields.append(record.deposit)
    fields.append(state)
    fields.append(record.endedOn)
    fields.append(record.endedReason)
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

  static let changed: SQL = """
    (l.contract_version, l.starts_on, l.ends_on, l.monthly_rent, l.deposit, l.state)
    <> (r.contract_version, r.starts_on, r.ends_on, r.monthly_rent, r.deposit, r.state)
    OR l.ended_on IS DISTINCT FROM r.ended_on
    OR l.ended_reason IS DISTINCT FROM COALESCE(r.ended_reason, l.ended_reason)
    """

  func counts(_ tx: Transaction) throws -> ImportCounts {
    var counts = try tx.one(
      plainCounts(
        """
        SELECT r.lease_id AS id, \(Self.changed) AS changed
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
        SELECT r.sheet, r.line, '合同 ' || r.contract_number AS subject,
          ARRAY[l.contract_version, l.starts_on::text, l.ends_on::text, l.monthly_rent::text,
            l.deposit::text, l.state, COALESCE(l.ended_on::text, ''), COALESCE(l.ended_reason, '')]
            AS old,
          ARRAY[r.contract_version, r.starts_on::text, r.ends_on::text, r.monthly_rent::text,
            r.deposit::text, r.state, COALESCE(r.ended_on::text, ''),
            COALESCE(r.ended_reason, l.ended_reason, '')] AS new
        FROM import_rows r JOIN leases l ON l.id = r.lease_id
        WHERE NOT r.bad AND (\(Self.changed)) ORDER BY r.ordinal LIMIT \(limit)
        """)
    ).map {
      $0.change(
        [
          ("合同文本版本", plain), ("起租日期", plain), ("到期日期", plain), ("月租金", plain), ("押金", plain),
          ("租约状态", title(LeaseState.self, \.title)), ("终止日期", plain), ("终止原因", plain),
        ], sheets)
    }
  }

  func apply(_ tx: Transaction, _ id: ImportID, at now: Date) throws -> AppliedRanges {
    // Those that end come first: a home or a household has one running lease at any moment.
    for state in [LeaseState.ended, .running] {
      try tx.execute(
        """
        UPDATE leases l SET contract_version = r.contract_version, starts_on = r.starts_on,
          ends_on = r.ends_on, monthly_rent = r.monthly_rent, deposit = r.deposit, state = r.state,
          ended_on = r.ended_on, ended_reason = COALESCE(r.ended_reason, l.ended_reason),
          version = version + 1
        FROM import_rows r
        WHERE l.id = r.lease_id AND NOT r.bad AND r.state = \(state) AND (\(Self.changed))
        """)
    }
    try tx.execute(
      """
      INSERT INTO leases (area, home_id, household_id, contract_number, contract_version, starts_on,
        ends_on, monthly_rent, deposit, state, ended_on, ended_reason, import_id)
      SELECT h.area, r.home_id, r.household_id, r.contract_number, r.contract_version, r.starts_on,
        r.ends_on, r.monthly_rent, r.deposit, r.state, r.ended_on, r.ended_reason, \(id)
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
