import Domain
import Foundation
import Ground
public import HTML
public import Postgres
public import Spreadsheet
public import Web

/// A list taken out as a sheet: the columns of the page, and all the rows that its filter leaves.
public struct ListExport<Row: Sendable>: Sendable {
  /// What the list is called: the name of the sheet and the file.
  let title: String
  /// The table that it is about, for the audit.
  let entity: String
  let columns: @Sendable () -> [Column<Row>]
  /// Gives every row in the order of the list.
  let rows: @Sendable (Transaction, (Row) throws -> Void) throws -> Void

  public init(
    _ title: String, of entity: String, columns: @escaping @Sendable () -> [Column<Row>],
    rows: @escaping @Sendable (Transaction, (Row) throws -> Void) throws -> Void
  ) {
    self.title = title
    self.entity = entity
    self.columns = columns
    self.rows = rows
  }

  /// A list whose rows come from one query.
  public init(
    _ title: String, of entity: String, columns: @escaping @Sendable () -> [Column<Row>],
    query: Query<Row>
  ) {
    self.init(title, of: entity, columns: columns) { tx, body in try tx.forEach(query, body) }
  }

  /// A list whose rows are at hand.
  public init(
    _ title: String, of entity: String, columns: @escaping @Sendable () -> [Column<Row>],
    rows: [Row]
  ) {
    self.init(title, of: entity, columns: columns) { _, body in try rows.forEach(body) }
  }

  /// Writes header and rows; how many rows.
  func write(to table: any TableWriter, _ tx: Transaction) throws -> Int {
    let columns = columns().compactMap { column in
      column.export.map { (title: column.title, cell: $0) }
    }
    try table.header(columns.map(\.title))
    var count = 0
    try rows(tx) { row in
      try table.row(columns.map { $0.cell(row) })
      count += 1
    }
    return count
  }
}

extension WebRequest {
  /// The form in which a list is asked for as a file; nil for the page.
  public var exportFormat: ExportFormat? {
    get throws { try query.filterChoice("format") }
  }
}

/// Links that take the list out as it is narrowed now.
public func exportLinks(_ list: Link) -> HTML {
  let links = ExportFormat.allCases.map { format -> HTML in
    let link = list.query("format", format.rawValue)
    return "<a class=\"button button-secondary\" href=\"\(path: link)\">导出 \(format.title)</a>"
  }
  return links.joined(separator: " ")
}

extension Services {
  /// The list as a file. That it was taken out is recorded, with what it was narrowed to.
  ///
  /// The file is written before the first byte is sent: a browser that reads slowly holds up neither
  /// the database nor anybody else.
  public func export<Row>(
    _ list: ListExport<Row>, as format: ExportFormat, _ request: WebRequest
  ) async throws -> WebResponse {
    let (confirmed, origin) = (try request.confirmedPrincipal(), try request.auditOrigin)
    let principal = confirmed.principal
    let made = "\(principal.displayName)（\(principal.account)）于 \(tableTime(request.now)) 导出"
    let properties = DocumentProperties(
      title: list.title, author: principal.displayName, comments: made)
    let filter = maskedFilter(request.query)
    let file = try await databases.export(as: confirmed) { tx in
      var count = 0
      let file = try ExportFile.make(format, sheet: list.title, properties: properties) { table in
        count = try list.write(to: table, tx)
      }
      try tx.audit(
        AuditEvent(
          action: .exportList, entity: list.entity,
          after: [
            "list": list.title, "format": format.title, "filter": filter,
            "rows": String(count),
          ]), by: origin)
      return file
    }
    let day = ShanghaiTime.day(of: request.now).iso
    return file.response(format, name: "\(list.title)-\(day)")
  }
}

extension Services {
  /// A form as a workbook. That it was taken out is recorded, with what it was narrowed to.
  ///
  /// - Parameters:
  ///   - title: the name of the sheet and its file.
  ///   - make: reads what the form holds, and how many rows it has.
  public func export(
    form title: String, of entity: String, _ request: WebRequest,
    _ make: @escaping @Sendable (Transaction) throws -> (sheet: ReportSheet, rows: Int)
  ) async throws -> WebResponse {
    let (confirmed, origin) = (try request.confirmedPrincipal(), try request.auditOrigin)
    let principal = confirmed.principal
    let properties = DocumentProperties(
      title: title, author: principal.displayName,
      comments: "\(principal.displayName)（\(principal.account)）于 \(tableTime(request.now)) 导出")
    let filter = maskedFilter(request.query)
    let file = try await databases.export(as: confirmed) { tx in
      let (sheet, rows) = try make(tx)
      let file = try ExportFile.make(sheet, sheet: title, properties: properties)
      try tx.audit(
        AuditEvent(
          action: .exportList, entity: entity,
          after: [
            "list": title, "format": ExportFormat.xlsx.title, "filter": filter,
            "rows": String(rows),
          ]), by: origin)
      return file
    }
    let day = ShanghaiTime.day(of: request.now).iso
    return file.response(.xlsx, name: "\(title)-\(day)")
  }
}

/// What a list was narrowed to, for the audit; what may be somebody's name is masked.
private func maskedFilter(_ query: FormFields) -> String {
  query.fields.filter { !$0.value.isEmpty && $0.name != "format" }.map { field in
    let isName = field.name == "name" || field.name == "q"
    return "\(field.name)=\(isName ? Masking.maskedName(field.value) : field.value)"
  }.joined(separator: " ")
}
