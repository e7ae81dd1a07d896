import Domain
import Ground
import Postgres
import Reviews
import Spreadsheet

/// Looks row by row whether an extract speaks of somebody in the register. Of the others it reads no more
/// than by what they are known, and keeps nothing.
struct ExtractSieve: Sendable {
  let type: CheckType
  let area: AreaCode
  let asOf: Day
  let today: Day
  let keys: KeyRing
  let persons: RegisteredPersons
  /// Empty where the file has no such column.
  let names: RegisteredTexts
  let contracts: RegisteredTexts
  /// What of `delivery_rows` is written.
  static let columns: [StaticString] = [
    "line", "person_id", "id_index", "given_name", "contract", "name", "birth", "digest", "sealed",
    "holds",
  ]

  private let hasher: BlindHasher
  private let readID: @Sendable (Cell, DateSystem) throws(CellProblem) -> ResidentID? =
    CellKind<ResidentID>.residentID.read
  private let readName = CellKind<String>.name(max: 60).read
  private let readCode = CellKind<String>.code(max: 60).read
  private let readDay = CellKind<Day>.day.read

  /// What a piece of the file comes to.
  struct Piece: Sendable {
    let sheet: String
    /// What is wrong with the header.
    let head: [RowProblem]
    let size: Int
    var rows = 0
    var matched = 0
    /// Rows with a name and a day of birth that may be somebody's.
    var named = 0
    var others = 0
    var bad = 0
    var problems: [RowProblem] = []
    /// Rows for COPY into `delivery_rows`.
    var fields = CopyFields()
    /// The first bytes of the digests, to see whether the file says something twice.
    var digests: [UInt64] = []
  }

  /// By what a row was found. Without a day of birth only what cannot be read is kept by name.
  private enum Key {
    case person(prefix: UInt64, index: [UInt8])
    case contract(String)
    case name(String, Day?)
  }

  init(
    type: CheckType, area: AreaCode, asOf: Day, today: Day, keys: KeyRing,
    persons: RegisteredPersons, names: RegisteredTexts, contracts: RegisteredTexts
  ) {
    self.type = type
    self.area = area
    self.asOf = asOf
    self.today = today
    self.keys = keys
    self.persons = persons
    self.names = names
    self.contracts = contracts
    hasher = keys.hasher(of: .idNumber)
  }

  func sift(_ data: DataPiece<ExtractRow>) throws -> Piece {
    let places = ExtractKeys(data.match)
    var piece = Piece(sheet: data.match.sheet, head: data.problems, size: data.rows.size)
    try data.rows.forEachRow { row in try sift(row, data.match, places, &piece) }
    return piece
  }

  private func sift(
    _ row: RawRow, _ match: HeaderMatch<ExtractRow>, _ places: ExtractKeys, _ piece: inout Piece
  ) throws {
    do throws(CellProblem) {
      if let place = places.idNumber,
        let number = try readID(try cell(row, place), .from1900)
      {
        return try keep(row, match, number, &piece)
      }
      if let place = places.contract, let number = try readCode(try cell(row, place), .from1900) {
        guard contracts.contains(number) else { return other(&piece) }
        return try keep(row, match, .contract(number), &piece)
      }
      if let name = places.name, let birth = places.birth,
        let name = try readName(try cell(row, name), .from1900)
      {
        guard names.contains(name) else { return other(&piece) }
        guard let day = try readDay(try cell(row, birth), .from1900) else { throw .keyMissing }
        return try keep(row, match, .name(name, day), &piece)
      }
      throw .keyMissing
    } catch {
      try note(error, row, match, places, &piece)
    }
  }

  private func cell(_ row: RawRow, _ index: Int) throws(CellProblem) -> Cell {
    do {
      return try row.cell(at: index)
    } catch {
      throw CellProblem(.valueKind, error.description)
    }
  }

  private func other(_ piece: inout Piece) {
    piece.rows += 1
    piece.others += 1
  }

  /// A row by which nobody can be found. It may be none: blank, or the header again.
  private func note(
    _ problem: CellProblem, _ row: RawRow, _ match: HeaderMatch<ExtractRow>, _ places: ExtractKeys,
    _ piece: inout Piece
  ) throws {
    let whole = try row.whole()
    if whole.cells.allSatisfy(\.isBlank) || match.isRepeated(in: whole) { return }
    piece.rows += 1
    if let name = places.name.flatMap({ try? readName(try cell(row, $0), .from1900) }),
      names.contains(name)
    {
      noteUnread(.name(name, nil), row.number, &piece)
    } else {
      piece.bad += 1
    }
    // Whoever it is about may be a stranger: nothing of the row is shown.
    piece.problems.append(
      RowProblem(
        sheet: piece.sheet, row: row.number, column: nil, cause: problem.cause, shown: "",
        message: problem.message))
  }

  private func keep(
    _ row: RawRow, _ match: HeaderMatch<ExtractRow>, _ number: ResidentID, _ piece: inout Piece
  ) throws(CellProblem) {
    let index = hasher.hash(number.text)
    guard persons.contains(index.prefix) else { return other(&piece) }
    try keep(row, match, .person(prefix: index.prefix, index: index.bytes), &piece)
  }

  private func keep(
    _ row: RawRow, _ match: HeaderMatch<ExtractRow>, _ key: Key, _ piece: inout Piece
  ) throws(CellProblem) {
    let whole: SheetRow
    do {
      whole = try row.whole()
    } catch {
      throw CellProblem(.valueKind, error.description)
    }
    piece.rows += 1
    let (record, problems) = match.read(whole)
    piece.problems += problems
    guard !problems.contains(where: { $0.severity == .error }) else {
      return noteUnread(key, row.number, &piece)
    }
    do {
      let found = try CheckRecord(type, record.texts, today: today)
      try write(found, key, named: record.name, row.number, &piece)
    } catch {
      noteUnread(key, row.number, &piece)
      piece.problems.append(
        RowProblem(
          sheet: piece.sheet, row: row.number, column: (error as? CheckFieldError)?.field?.title,
          cause: .fieldValue, shown: "", message: "\(error)"))
    }
  }

  /// - Parameter name: the one that stands in the row.
  private func write(
    _ record: CheckRecord, _ key: Key, named name: String?, _ line: Int, _ piece: inout Piece
  ) throws {
    switch key {
    case .person(let prefix, let index):
      piece.matched += 1
      for person in persons.persons(prefix) {
        let sealed = try sealed(record, of: type.isAboutPersons ? person : nil)
        write(line, person: person, index: index, named: name, sealed: sealed, &piece)
      }
    case .contract(let contract):
      piece.matched += 1
      write(line, contract: contract, sealed: try sealed(record, of: nil), &piece)
    case .name(let name, let birth):
      guard let birth else { return }
      piece.named += 1
      let row = NamedRow(name: name, birth: birth, values: record.storedText)
      write(line, name: name, birth: birth, values: try row.seal(keys), &piece)
    }
  }

  /// The row names somebody who may be in the register, and cannot be read: only whom it names is kept, so
  /// that nobody is taken for a person of whom the extract says nothing.
  private func noteUnread(_ key: Key, _ line: Int, _ piece: inout Piece) {
    piece.bad += 1
    switch key {
    case .person(let prefix, let index):
      for person in persons.persons(prefix) {
        write(line, person: person, index: index, sealed: nil, &piece)
      }
    case .contract(let contract): write(line, contract: contract, sealed: nil, &piece)
    case .name(let name, let birth): write(line, name: name, birth: birth, values: nil, &piece)
    }
  }

  /// In which household and area is not known yet, and stands beside what is sealed.
  private func sealed(_ record: CheckRecord, of person: PersonID?) throws -> SealedRecord {
    try SealedRecord(
      record, of: person, household: HouseholdID(rawValue: 0), area: area, asOf: asOf, keys: keys)
  }

  private func write(
    _ line: Int, person: PersonID? = nil, index: [UInt8]? = nil, named name: String? = nil,
    contract: String? = nil, sealed: SealedRecord?, _ piece: inout Piece
  ) {
    if let sealed {
      piece.digests.append(sealed.digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
    begin(line, person, index, name, contract, &piece)
    piece.fields.append(String?.none)
    piece.fields.append(Day?.none)
    piece.fields.append(sealed?.digest)
    piece.fields.append(sealed?.values)
    piece.fields.append(sealed?.holds)
  }

  private func write(
    _ line: Int, name: String, birth: Day?, values: [UInt8]?, _ piece: inout Piece
  ) {
    begin(line, nil, nil, nil, nil, &piece)
    piece.fields.append(name)
    piece.fields.append(birth)
    piece.fields.append([UInt8]?.none)
    piece.fields.append(values)
    piece.fields.append(Bool?.none)
  }

  /// The columns by which a row is found by number.
  private func begin(
    _ line: Int, _ person: PersonID?, _ index: [UInt8]?, _ name: String?, _ contract: String?,
    _ piece: inout Piece
  ) {
    piece.fields.beginRow(fields: Self.columns.count)
    piece.fields.append(Int32(line))
    piece.fields.append(person)
    piece.fields.append(index)
    piece.fields.append(name)
    piece.fields.append(contract)
  }
}

extension CellProblem {
  fileprivate static let keyMissing = CellProblem(
    .keyMissing, "这一行没有身份证号，也没有姓名和出生日期（或合同编号），无法比对，请补上")
}

extension ProblemCause {
  static let keyMissing = ProblemCause("key_missing", "没有可以比对的号码")
}
