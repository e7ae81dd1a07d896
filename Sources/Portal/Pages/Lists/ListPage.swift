import Domain
import Ground
public import HTML
public import HTTPTypes
public import Postgres
public import Web

/// One page of a list.
public struct ListPage<List: RecordList>: Sendable {
  public let list: List
  public let lines: ListLines<List.Row>
  /// How many rows the list has, as far as they are counted.
  public let counted: Int
  public let more: List.More

  /// Reads the page that is asked for.
  ///
  /// - Parameter counted: how many rows there are, where that is known already.
  public init(_ list: List, _ tx: Transaction, counted: Int? = nil) throws {
    var list = list
    if let choices = try list.choices(tx) { list.asked.choices = choices }
    let position = list.position
    self.list = list
    lines = ListLines(
      try tx.all(list.lines(at: position)), isBackward: position?.isBackward)
    self.counted = try counted ?? tx.count(list)
    more = try list.more(tx)
  }

  public var filters: HTML { list.asked.bar }

  public var table: HTML { table(list.columns) }

  public func table(_ columns: [Column<List.Row>]) -> HTML {
    dataTable(
      caption: list.caption, columns: columns, rows: lines.lines, link: { list.link($0) },
      empty: list.empty)
  }

  public var pager: HTML { pager(list.countText(counted, shown: lines.lines.count)) }

  /// Links to the pages before and after.
  public func pager(_ countText: String?) -> HTML {
    lines.pager(list.order, list.asked.filter.link, countText: countText)
  }
}

extension Services {
  /// Answers with the page of a list that is asked for, or with the list as a sheet.
  ///
  /// - Parameter counted: how many rows there are, where somebody else knows.
  public func answer<List: RecordList>(
    _ request: WebRequest, _ list: List, status: HTTPResponse.Status = .ok,
    counted: (@Sendable () async throws -> Int)? = nil
  ) async throws -> WebResponse {
    if status == .ok, let format = try request.exportFormat {
      let sheet = ListExport(
        list.sheetTitle, of: list.entity, columns: { list.columns }, query: list.lines(limit: nil))
      return try await export(sheet, as: format, request)
    }
    let page = try await page(of: list, request, counted: try await counted?())
    return try await deskPage(
      request, title: list.title, lead: list.lead, breadcrumbs: list.breadcrumbs, status: status,
      actions: list.actions, list.body(page))
  }

  private func page<List: RecordList>(
    of list: List, _ request: WebRequest, counted: Int?
  ) async throws -> ListPage<List> {
    let principal = list.asked.principal
    guard let event = list.audit else {
      return try await databases.read(as: principal, planning: list.planning) { tx in
        try ListPage(list, tx, counted: counted)
      }
    }
    let origin = try request.auditOrigin
    return try await databases.transaction(as: principal) { tx in
      try tx.audit(event, by: origin)
      return try ListPage(list, tx, counted: counted)
    }
  }
}
