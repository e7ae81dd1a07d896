import Domain
import Foundation
import Ground
import Pages
import Postgres
import Reviews
import Spreadsheet

/// Brings an extract into the records of a delivery, all in one transaction: read, sifted on several
/// threads, copied into a temporary table, and joined with the register.
struct ExtractMatching: Sendable {
  /// More than an import: a bureau's whole register is looked through, and hardly anything of it kept.
  static let limits: ReadLimits = {
    var limits = ReadLimits()
    limits.rows = 20_000_000
    return limits
  }()

  let delivery: DeliveryHead
  let workbook: Workbook
  let size: Int
  let keys: KeyRing
  let today: Day
  let progress: JobProgress

  func run(_ tx: Transaction) throws -> DeliveryOutcome {
    var outcome = DeliveryOutcome()
    try progress.begin("读取登记")
    let sieve = try sieve(tx)
    try tx.script(
      """
      CREATE TEMPORARY TABLE delivery_rows (line integer NOT NULL, person_id bigint, id_index bytea,
        given_name text, contract text, name text, birth date, digest bytea, sealed bytea,
        holds boolean) ON COMMIT DROP;
      CREATE TEMPORARY TABLE unread_households (id bigint PRIMARY KEY) ON COMMIT DROP
      """)
    try progress.begin("比对")
    let hasRepeats = try stage(sieve, &outcome, tx)
    if outcome.rows == 0, !outcome.log.isBlocked { outcome.log.block(.noRows) }
    if outcome.log.isBlocked { return explain(outcome) }
    try progress.begin("写入比中的内容")
    // Whatever it is joined by: under row-level security the planner takes the register for nearly empty, and
    // would go through all these rows once for each person of it.
    try tx.script(
      """
      CREATE INDEX ON delivery_rows (person_id) WHERE person_id IS NOT NULL;
      CREATE INDEX ON delivery_rows (contract) WHERE contract IS NOT NULL;
      CREATE INDEX ON delivery_rows (name) WHERE name IS NOT NULL;
      ANALYZE delivery_rows
      """)
    try tx.keepMatchedPersons(of: delivery, hasRepeats: hasRepeats)
    if !delivery.type.isAboutPersons {
      try tx.keepMatchedContracts(of: delivery)
    }
    if outcome.bad > 0 { try tx.noteUnreadHouseholds() }
    try tx.keepCandidates(of: delivery, keys)
    let followed = try tx.followDecisions(of: delivery, keys)
    outcome.undecided = try tx.one(undecidedRows(of: delivery.id))
    outcome.matched += followed
    outcome.others -= followed + outcome.undecided
    try tx.script("DROP TABLE delivery_rows")
    return outcome
  }

  /// Loads no more of the register than the file's columns ask for.
  private func sieve(_ tx: Transaction) throws -> ExtractSieve {
    let header = try firstKeys()
    return ExtractSieve(
      type: delivery.type, area: delivery.area, asOf: delivery.asOf, today: today, keys: keys,
      persons: try tx.registeredPersons(),
      names: needsNames(header) ? try tx.registeredNames() : RegisteredTexts(),
      contracts: header?.contract != nil ? try tx.registeredContracts() : RegisteredTexts())
  }

  /// Whom a row means that has no number to be read matters too where silence is an answer.
  private func needsNames(_ header: ExtractKeys?) -> Bool {
    header?.hasNames == true || (delivery.isComplete && header?.name != nil)
  }

  private func firstKeys() throws -> ExtractKeys? {
    struct Enough: Error {}
    var reader = TableReader(ExtractSheet.map(delivery.type, today: today))
    var keys: ExtractKeys?
    do {
      try workbook.forEachRow { row in
        guard case .data(let match, _) = reader.place(row) else { return }
        keys = ExtractKeys(match)
        throw Enough()
      }
    } catch is Enough {}
    return keys
  }

  // MARK: Reading

  /// - Returns: whether the file says something twice.
  private func stage(
    _ sieve: ExtractSieve, _ outcome: inout DeliveryOutcome, _ tx: Transaction
  ) throws -> Bool {
    let pipeline = deliveryPipeline(
      workbook, ExtractSheet.map(delivery.type, today: today), limits: Self.limits,
      headerErrors: Self.headerErrors, convert: sieve.sift)
    defer { pipeline.stop() }
    var seen = SeenDigests()
    var bytesRead = 0
    try tx.copyIn(into: "delivery_rows", ExtractSieve.columns) { writer in
      while let step = try pipeline.next() {
        switch step {
        case .piece(let piece):
          take(piece, &outcome)
          for digest in piece.digests { seen.insert(digest) }
          try writer.write(piece.fields)
          bytesRead += piece.size
          // How much of a packed file has been read, rows do not say.
          let expected = bytesRead == 0 ? nil : outcome.rows * size / bytesRead
          try progress.advance(to: outcome.rows, of: expected.map { max($0, outcome.rows) })
        case .end(let problems): for problem in problems { outcome.log.block(problem) }
        }
      }
    }
    return seen.hasRepeats
  }

  private func take(_ piece: ExtractSieve.Piece, _ outcome: inout DeliveryOutcome) {
    for problem in piece.head { outcome.log.block(problem) }
    for problem in piece.problems { outcome.log.add(problem) }
    outcome.rows += piece.rows
    outcome.matched += piece.matched
    outcome.others += piece.others + piece.named
    outcome.bad += piece.bad
  }

  /// What keeps every row below a header from being read, with all else that is to be said of it.
  private static func headerErrors(_ data: DataPiece<ExtractRow>) -> [RowProblem] {
    var problems = data.problems
    if !ExtractKeys(data.match).isEnough {
      problems.append(
        RowProblem(
          sheet: data.match.sheet, row: data.match.row, column: ExtractSheet.idNumber,
          cause: .columnMissing, shown: "",
          message:
            "表头里没有“\(ExtractSheet.idNumber)”这一列，也没有“\(ExtractSheet.name)”和“\(ExtractSheet.birth)”，无法比对，请补上"
        ))
    }
    return problems.contains { $0.severity == .error } ? problems : []
  }

  // MARK: Files of another kind

  /// Says whose file it is, where the header is another register's.
  private func explain(_ outcome: DeliveryOutcome) -> DeliveryOutcome {
    let isHeaderWrong = outcome.log.counts.keys.contains {
      $0.cause == .columnMissing || $0.cause == .headerMissing
    }
    guard isHeaderWrong, let type = SheetRecognition(workbook, today: today).type,
      type != delivery.type
    else { return outcome }
    return outcome.blocked(as: type, insteadOf: delivery.type)
  }
}
