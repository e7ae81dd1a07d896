public import Ground
public import HTML
public import Postgres
import Web

/// A list of records as somebody asks for it. From what is declared here come the page with its filter bar,
/// the pages before and after, the number of rows, and the sheets that it is taken out as.
///
/// ``Services/answer(_:_:status:counted:)`` answers a request with it.
public protocol RecordList: Sendable {
  associatedtype Filter: ListFilter
  associatedtype Row: RowDecodable & Sendable
  /// What else its page shows.
  associatedtype More: Sendable = Void

  var asked: ListRequest<Filter> { get set }

  // What it is called.
  var title: String { get }
  var lead: String { get }
  var breadcrumbs: [(String, Link)] { get }
  /// What its table holds, read out; the title when not said.
  var caption: String { get }
  /// The name of the sheet and its file; the title when not said.
  var sheetTitle: String { get }
  /// The table that it is about, for the audit of who takes it out.
  var entity: String { get }
  /// The measure word of its rows.
  var unit: String { get }

  // Its rows.
  var order: ListOrder<Row> { get }
  /// What its rows are found in: all that conditions and the order speak of.
  var tables: SQL { get }
  /// What holds of every row, whatever is chosen.
  var basis: SQL { get }
  /// The rows of a part, in the order of the list. What is joined to `part.rows` from outside is looked up
  /// for these rows only.
  func query(_ part: ListPart) -> SQL
  var planning: Databases.Planning? { get }
  var counting: ListCounting { get }
  /// Stands beside the links to other pages; nil for neither.
  func countText(_ counted: Int, shown: Int) -> String?

  /// Reads what its filter bar offers, where the list's conditions do without it: in the transaction that
  /// reads the page, one way to the database less.
  func choices(_ tx: Transaction) throws -> Filter.Choices?

  // Its page.
  /// Those of the page and of the sheet.
  var columns: [Column<Row>] { get }
  /// Where a row leads.
  func link(_ row: Row) -> Link?
  /// Stands in the place of the table.
  var empty: HTML { get }
  var actions: HTML { get }
  /// Reads what else its page shows.
  func more(_ tx: Transaction) throws -> More
  func body(_ page: ListPage<Self>) -> HTML
  /// What is recorded when somebody looks at it; nil for most lists.
  var audit: AuditEvent? { get }
}

/// A part of a list that a query is to give.
public struct ListPart: Sendable {
  /// Tables, conditions, order and end: what follows FROM.
  public let rows: SQL
  /// The order of the list.
  public let order: SQL
}

/// How the rows of a list are counted.
public enum ListCounting: Sendable {
  case notAtAll
  case exactly
  /// One more means: more than that.
  case upTo(Int)
}

// MARK: - What most lists are

extension RecordList {
  public var breadcrumbs: [(String, Link)] { [] }
  public var caption: String { title }
  public var sheetTitle: String { title }
  public var basis: SQL { "true" }
  public var planning: Databases.Planning? { nil }
  public var counting: ListCounting { .upTo(CappedCount.limit) }
  public var actions: HTML { exportLinks(asked.filter.link) }
  public var audit: AuditEvent? { nil }
  public func choices(_ tx: Transaction) throws -> Filter.Choices? { nil }

  public func countText(_ counted: Int, shown: Int) -> String? {
    guard shown > 0 else { return nil }
    let here = "本页 \(shown) \(unit)"
    return switch counting {
    case .notAtAll: here
    case .exactly: "共 \(counted) \(unit)，\(here)"
    case .upTo: "共 \(CappedCount(counted: counted).text) \(unit)，\(here)"
    }
  }

  public func link(_ row: Row) -> Link? { nil }

  public func body(_ page: ListPage<Self>) -> HTML { page.filters + page.table + page.pager }
}

extension RecordList where More == Void {
  public func more(_ tx: Transaction) throws {}
}

// MARK: - Queries

extension RecordList {
  private var condition: SQL { "\(basis) AND \(asked.condition)" }

  /// Where the page that is asked for starts.
  public var position: ListPosition? { order.position(asked.query) }

  /// Its rows from a position on, or before it going back: one more than a page shows, so that it is
  /// known whether another follows, or all.
  public func lines(
    at position: ListPosition? = nil, limit: Int? = registerPageSize + 1
  ) -> Query<Row> {
    let rows: SQL = """
      \(tables) WHERE \(condition) AND \(order.rows(from: position))
      ORDER BY \(order.order(from: position)) \(limited(to: limit))
      """
    return Query(query(ListPart(rows: rows, order: order.forward)))
  }

  fileprivate var count: Query<Int>? {
    switch counting {
    case .notAtAll: nil
    case .exactly: Query("SELECT count(*) FROM \(tables) WHERE \(condition)")
    case .upTo(let limit):
      Query(
        """
        SELECT count(*) FROM (
          SELECT FROM \(tables) WHERE \(condition) LIMIT \(constant: limit + 1)) counted
        """)
    }
  }
}

extension Transaction {
  /// How many rows a list has; 0 where they are not counted.
  public func count(_ list: some RecordList) throws -> Int {
    try list.count.map { try one($0) } ?? 0
  }
}
