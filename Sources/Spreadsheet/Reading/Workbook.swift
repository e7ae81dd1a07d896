/// A file of tables, XLSX or CSV, told apart by what is in it and never by its name.
///
/// Opening looks at the file as a whole: what it is, its encoding, how large it gets, which sheets it
/// has. The rows are then read as a stream, as often as wanted, in memory that does not grow with
/// their number (but for the strings that an XLSX file shares, which ``ReadLimits`` bounds).
public struct Workbook: Sendable {
  /// As the sender calls it.
  public let fileName: String
  public let kind: WorkbookKind
  let path: String
  let limits: ReadLimits
  private let content: Content

  private enum Content: Sendable {
    case xlsx(XLSXParts)
    case csv(CSVFormat)
  }

  /// How the file is written, if it is a CSV file.
  var csvFormat: CSVFormat? {
    if case .csv(let format) = content { format } else { nil }
  }

  /// - Throws: what keeps the whole file from being read.
  public init(
    path: String, fileName: String, limits: ReadLimits = ReadLimits()
  ) throws(WorkbookError) {
    self.path = path
    self.fileName = fileName
    self.limits = limits
    switch try FileSignature(path: path) {
    case .zip:
      content = .xlsx(try XLSXParts(path: path, limits: limits))
      kind = .xlsx
    case .text:
      let format = try CSVFormat(path: path, limits: limits)
      content = .csv(format)
      kind = .csv(format.encoding)
    case .compoundFile:
      throw try compoundFileError(path: path)
    case .other(let name): throw .otherFormat(name)
    case .otherTable(let name): throw .otherTable(name)
    }
  }

  /// Hidden sheets included; one without a name for CSV.
  public var sheetNames: [String] {
    switch content {
    case .xlsx(let parts): parts.sheets.map(\.name)
    case .csv: [""]
    }
  }

  /// Gives every row of every sheet in order: up to the last that holds something, blank ones
  /// between others included, without empty cells at the end. The value of merged cells is given in
  /// all of them, but in rows that hold nothing else. Texts that a CSV file protects from being taken
  /// for formulas or numbers are given without that protection. A formula that was never reckoned is
  /// a failure.
  ///
  /// - Parameter limits: other limits than those of opening.
  /// - Throws: ``WorkbookError``, perhaps after some rows; whatever `body` throws, which ends the
  ///   reading.
  public func forEachRow(
    limits: ReadLimits? = nil, _ body: (SheetRow) throws -> Void
  ) throws {
    let limits = limits ?? self.limits
    try withoutActuallyEscaping(body) { body in
      let delivery = RowDelivery(limits: limits, body: body)
      switch content {
      case .xlsx(let parts): try parts.read(path: path, limits: limits, into: delivery)
      case .csv(let format): try format.read(path: path, limits: limits, into: delivery)
      }
    }
  }
}

/// What a file turned out to be.
public enum WorkbookKind: Hashable, Sendable {
  case xlsx
  case csv(TextEncoding)
}
