import Domain
import Ground
import Postgres
import Spreadsheet

/// One sheet of the register on its way out, in the columns in which it comes in.
struct RegisterExport: Sendable {
  let sheet: RegisterSheet
  /// Whether names, ID numbers and phones stand there whole. Only such a sheet of households can be
  /// brought in again.
  let isWhole: Bool
  let scope: AreaCode
  let keys: KeyRing

  var styles: [ColumnStyle] {
    switch sheet {
    case .estates: EstateRecord.map.styles
    case .homes: HomeRecord.map.styles
    case .households: MemberRecord.map.styles
    case .leases: LeaseRecord.map.styles
    }
  }

  /// Writes header and rows; how many rows.
  func write(to table: any TableWriter, _ tx: Transaction) throws -> Int {
    let townships = try TownshipTexts(in: scope, tx)
    switch sheet {
    case .estates: return try write(estateRecords(townships), as: EstateRecord.map, table, tx)
    case .homes: return try write(homeRecords(townships), as: HomeRecord.map, table, tx)
    case .households: return try writeMembers(townships, table, tx)
    case .leases: return try write(leaseRecords(townships), as: LeaseRecord.map, table, tx)
    }
  }

  private func write<Record>(
    _ records: Query<Record>, as map: ColumnMap<Record>, _ table: any TableWriter,
    _ tx: Transaction
  ) throws -> Int {
    try table.header(map.titles)
    var count = 0
    try tx.forEach(records) { record in
      try table.row(cells(of: record, map))
      count += 1
    }
    return count
  }

  private func cells<Record>(of record: Record, _ map: ColumnMap<Record>) -> [Cell] {
    map.columns.map { column in
      let cell = column.write(record)
      guard column.isPersonal, !isWhole, cell != .empty else { return cell }
      return .text(column.shown(cell))
    }
  }

  /// An ID number that is none is written as it is stored: one old row does not keep a county's
  /// register from being taken out, and nothing is left out of it unseen.
  private func writeMembers(
    _ townships: TownshipTexts, _ table: any TableWriter, _ tx: Transaction
  ) throws -> Int {
    let map = MemberRecord.map
    let idColumn = map.columns.firstIndex { $0.title == "身份证号" }
    try table.header(map.titles)
    var count = 0
    try tx.forEach(storedMembers(townships, keys)) { member in
      var row = cells(of: member.record, map)
      if let text = member.malformedID, let idColumn {
        row[idColumn] = .text(isWhole ? text : Masking.maskedResidentID(text))
      }
      try table.row(row)
      count += 1
    }
    return count
  }
}

private struct StoredMember: Sendable {
  let record: MemberRecord
  let malformedID: String?
}

private func estateRecords(_ townships: TownshipTexts) -> Query<EstateRecord> {
  Query("SELECT area, name, address, ownership FROM estates ORDER BY area, id") { row in
    EstateRecord(
      township: townships[try row("area")], name: try row("name"), address: try row("address"),
      ownership: try row("ownership"))
  }
}

private func homeRecords(_ townships: TownshipTexts) -> Query<HomeRecord> {
  Query(
    """
    SELECT e.name AS estate, e.area, m.building, m.unit, m.room, m.floor_area, m.state
    FROM homes m JOIN estates e ON e.id = m.estate_id ORDER BY m.area, m.id
    """
  ) { row in
    HomeRecord(
      estate: try row("estate"), township: townships[try row("area")],
      building: try row("building"), unit: try row("unit"), room: try row("room"),
      floorArea: try row("floor_area"), state: try row("state"))
  }
}

/// Household by household, the applicant first, those who left last.
private func storedMembers(_ townships: TownshipTexts, _ keys: KeyRing) -> Query<StoredMember> {
  Query(
    """
    SELECT h.number, h.area, h.category, into_household.number AS merged_into, p.relation, p.name,
      p.id_number_sealed, p.phone_sealed, p.marital_status, p.registered_at, p.left_on,
      p.left_reason
    FROM households h
    JOIN persons p ON p.household_id = h.id
    LEFT JOIN households into_household ON into_household.id = h.merged_into
    ORDER BY h.area, h.id, p.left_on IS NOT NULL, p.relation <> 'applicant', p.id
    """
  ) { row in
    let number = try keys.openText(row("id_number_sealed"), for: .personIDNumber)
    let idNumber = try? ResidentID(number)
    let record = MemberRecord(
      householdNumber: try row("number"), township: townships[try row("area")],
      category: try row("category"), mergedInto: try row("merged_into"),
      relation: try row("relation"), name: try row("name"),
      idNumber: idNumber,
      phone: try row("phone_sealed", as: [UInt8]?.self).map {
        try PhoneNumber(keys.openText($0, for: .personPhone))
      },
      maritalStatus: try row("marital_status"), registeredAt: try row("registered_at"),
      leftOn: try row("left_on"), leftReason: try row("left_reason"))
    return StoredMember(record: record, malformedID: idNumber == nil ? number : nil)
  }
}

private func leaseRecords(_ townships: TownshipTexts) -> Query<LeaseRecord> {
  Query(
    """
    SELECT l.contract_number, h.number AS household_number, e.name AS estate, e.area, m.building,
      m.unit, m.room, l.contract_version, l.starts_on, l.ends_on, l.monthly_rent, l.deposit,
      l.state, l.ended_on, l.ended_reason
    FROM leases l
    JOIN households h ON h.id = l.household_id
    JOIN homes m ON m.id = l.home_id
    JOIN estates e ON e.id = m.estate_id
    ORDER BY l.area, l.id
    """
  ) { row in
    LeaseRecord(
      contractNumber: try row("contract_number"), householdNumber: try row("household_number"),
      estate: try row("estate"), township: townships[try row("area")],
      building: try row("building"), unit: try row("unit"), room: try row("room"),
      contractVersion: try row("contract_version"), startsOn: try row("starts_on"),
      endsOn: try row("ends_on"), monthlyRent: try row("monthly_rent"),
      deposit: try row("deposit"), state: try row("state"), endedOn: try row("ended_on"),
      endedReason: try row("ended_reason"))
  }
}
