import Domain
import Ground
import Pages
import Postgres
import Reviews
import Spreadsheet

/// Turns rows of a work list into rows for `delivery_rows`, and says what is wrong with each on its own.
struct WorkListRows: Sendable {
  let delivery: DeliveryHead
  let keys: KeyRing
  let today: Day
  let persons: RegisteredPersons

  func read(_ data: DataPiece<WorkListRow>) throws -> WorkListReading.Piece {
    var piece = WorkListReading.Piece(
      sheet: data.match.sheet, head: data.problems, size: data.rows.size)
    try data.rows.forEachRow { raw in
      let whole = try raw.whole()
      if whole.cells.allSatisfy(\.isBlank) || data.match.isRepeated(in: whole) { return }
      let (row, problems) = data.match.read(whole)
      var notes = RowNotes(sheet: data.match.sheet, line: raw.number, problems: problems)
      let record = check(row, &notes)
      piece.rows.append((raw.number, try columns(row, record, isBad: notes.hasError)))
      piece.problems += notes.problems
    }
    return piece
  }

  /// What the row says of a thing found, where it does and may.
  private func check(_ row: WorkListRow, _ notes: inout RowNotes) -> CheckRecord? {
    if let asOf = row.asOf, asOf > today {
      notes.fail(.fieldValue, WorkListSheet.asOf, "数据截止日期在今天之后，请核对")
    }
    if notes.hasError { return nil }
    switch (row.result, row.texts.isEmpty) {
    case (nil, false):
      notes.fail(.resultMissing, WorkListSheet.result, "填写了核查内容，却没有核查结果，请补上")
    case (.hit, true):
      notes.fail(
        .valuesMissing, WorkListSheet.result,
        "结果是“有情况”，请填写\(delivery.type.fields.filter(\.isRequired).map(\.title).joined(separator: "、"))"
      )
    case (.notFound, false):
      notes.fail(.valuesUnwanted, WorkListSheet.result, "结果是“查无此人”，却填写了核查内容，请核对")
    default: break
    }
    guard !notes.hasError, !row.texts.isEmpty else { return nil }
    do {
      let record = try CheckRecord(delivery.type, row.texts, today: today)
      if row.result == .clear,
        delivery.type.mismatch(.clear, [record], asOf: row.asOf ?? delivery.asOf) != nil
      {
        notes.fail(.valuesUnwanted, WorkListSheet.result, "结果是“无异常”，却填写了核查内容，请核对")
        return nil
      }
      return record
    } catch {
      notes.fail(.fieldValue, error.field?.title, error.description)
      return nil
    }
  }

  /// One row for each person of the register with this ID number: who stands in two households is found
  /// in the right one later.
  private func columns(
    _ row: WorkListRow, _ record: CheckRecord?, isBad: Bool
  ) throws -> [CopyFields] {
    let index = row.idNumber.map { keys.hasher(of: .idNumber).hash($0.text) }
    let found = index.map { persons.persons($0.prefix) } ?? []
    return try (found.isEmpty ? [nil] : found.map(Optional.some)).map { person in
      let sealed = try record.map {
        try SealedRecord(
          $0, of: person, household: HouseholdID(rawValue: 0), area: delivery.area,
          asOf: row.asOf ?? delivery.asOf, keys: keys)
      }
      var columns = CopyFields()
      columns.append(isBad)
      columns.append(row.isFilled || isBad)
      columns.append(row.household)
      columns.append(index?.bytes)
      columns.append(person)
      columns.append(row.result)
      columns.append(row.asOf)
      columns.append(row.reason)
      columns.append(sealed?.digest)
      columns.append(sealed?.values)
      columns.append(sealed?.holds)
      return columns
    }
  }
}

extension ProblemCause {
  static let resultMissing = ProblemCause("result_missing", "没有核查结果")
  static let valuesMissing = ProblemCause("values_missing", "有情况却没有填写内容")
  static let valuesUnwanted = ProblemCause("values_unwanted", "核查结果与填写的内容不符")
  static let outsideRound = ProblemCause("outside_round", "不在本轮复核范围内")
  static let personUnknown = ProblemCause("person_unknown", "这户家庭里没有这个人")
  static let membersMissing = ProblemCause("members_missing", "家庭没有填完")
  static let resultsDisagree = ProblemCause("results_disagree", "同一人的核查结果不一致")
  static let daysDisagree = ProblemCause("days_disagree", "同一家庭的数据截止日期不一致")
}
