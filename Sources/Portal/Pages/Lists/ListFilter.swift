public import Domain
public import Foundation
import Ground
public import HTML
public import Postgres
public import Web

/// What a list is narrowed to; it lives in the address. Each of its fields is declared once: from that come
/// its reading, its links, the filter bar and the condition.
///
/// ```swift
/// struct HomeFilter: ListFilter {
///   var state: HomeState?
///   static var list: Link { Paths.deskHomes.link }
///   static let fields: [FilterField<HomeFilter>] = [
///     .choice(\.state, "state", "状态", titled: \.title) { "m.state = \($0)" }
///   ]
/// }
/// ```
public protocol ListFilter: Hashable, Sendable {
  /// What choices and conditions come from beside the filter, such as the estates of an area.
  associatedtype Choices: Sendable = Void

  /// Narrowed to nothing, or to what a list begins with.
  init()

  /// The list as it begins.
  static var list: Link { get }

  /// In the order of the filter bar and of the address.
  static var fields: [FilterField<Self>] { get }
}

extension ListFilter {
  public static var fields: [FilterField<Self>] { [] }

  /// Reads an address.
  ///
  /// - Throws: a message when it holds a value that no choice of the page has.
  public init(_ query: FormFields) throws {
    self.init()
    for field in Self.fields { try field.read(query, &self) }
  }

  /// The list narrowed to this, from its beginning.
  public var link: Link { link(at: Self.list) }

  /// Another page, narrowed to this.
  public func link(at page: Link) -> Link {
    Self.fields.reduce(page) { link, field in
      field.isTyped
        ? link.query(secret: field.name, field.value(self))
        : link.query(field.name, field.value(self))
    }
  }
}

/// What is asked of a list, by whom, and when.
public struct ListRequest<Filter: ListFilter>: Sendable {
  public var filter: Filter
  public let principal: Principal
  public let now: Date
  public internal(set) var choices: Filter.Choices
  public let csrf: String
  /// The address, which also says where the page starts.
  let query: FormFields

  public var today: Day { ShanghaiTime.day(of: now) }

  /// The first page of a list, asked for by the program itself.
  public init(
    _ filter: Filter, as principal: Principal, at now: Date, among choices: Filter.Choices
  ) {
    self.filter = filter
    self.principal = principal
    self.now = now
    self.choices = choices
    csrf = ""
    query = [:]
  }

  /// - Throws: a message when the address holds a value that no choice of the page has.
  public init(_ request: WebRequest, among choices: Filter.Choices) throws {
    filter = try Filter(request.query)
    principal = try request.principal
    now = request.now
    self.choices = choices
    csrf = request.csrf
    query = request.query
  }

  /// What the filter says of a row.
  public var condition: SQL {
    let all = Filter.fields.compactMap { $0.condition(self) }
    return all.isEmpty ? "true" : all.joined(separator: " AND ")
  }

  /// The filter bar; nothing where there is nothing to choose.
  public var bar: HTML {
    guard !Filter.fields.isEmpty else { return HTML() }
    let typed = Filter.fields.filter(\.isTyped).map(\.name)
    return filterBar(action: Filter.list, typed: typed, csrf: csrf) {
      Filter.fields.map { $0.draw(self) }.joined()
    }
  }
}

extension ListRequest where Filter.Choices == Void {
  /// - Throws: a message when the address holds a value that no choice of the page has.
  public init(_ request: WebRequest) throws { try self.init(request, among: ()) }
}
