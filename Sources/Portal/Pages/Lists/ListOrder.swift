public import HTML
public import Postgres
public import Web

/// Where a page of a list starts: after or before the row at the end of another page.
public struct ListPosition: Sendable, Equatable {
  public let isBackward: Bool
  /// What that row has in the columns of the order, bound.
  fileprivate let values: [SQL]
}

/// The order of a list, said once: how a page is cut out of it, and how the address says where one starts.
///
/// ```swift
/// ListOrder.ascending(.key("m.area", \.area), .key("m.id", \.id))  // …?after=350423100.12
/// ```
public struct ListOrder<Row: Sendable>: Sendable {
  private let keys: [Key]
  private let isDescending: Bool
  private let paging: Paging

  /// Which pages a page leads to.
  public enum Paging: Sendable {
    /// The next one by `after`, the previous one by `before`.
    case bothWays
    /// The next one by a parameter of this name.
    ///
    /// - Parameter toFirst: whether there is a way back, to the first page.
    case onward(String, toFirst: Bool)
  }

  /// By the first key, and where that is the same by the next; together they are unique.
  public static func ascending(_ keys: Key..., paging: Paging = .bothWays) -> Self {
    Self(keys: keys, isDescending: false, paging: paging)
  }

  public static func descending(_ keys: Key..., paging: Paging = .bothWays) -> Self {
    Self(keys: keys, isDescending: true, paging: paging)
  }
}

// MARK: - Keys

extension ListOrder {
  /// One column of the order.
  public struct Key: Sendable {
    /// A property of the row.
    public typealias Path<Value> = any KeyPath<Row, Value> & Sendable

    /// Nil for what stands in the address and has no part in the order.
    fileprivate let column: SQL?
    fileprivate let read: @Sendable (String) -> SQL?
    fileprivate let write: @Sendable (Row) -> String

    private init(
      column: SQL?, read: @escaping @Sendable (String) -> SQL?,
      write: @escaping @Sendable (Row) -> String
    ) {
      self.column = column
      self.read = read
      self.write = write
    }

    /// A column whose value stands in the address as it is.
    public static func key<
      Value: LosslessStringConvertible & PostgresEncodable & Sendable
    >(
      _ column: SQL, _ path: Path<Value>
    ) -> Self {
      key(column, path, read: { Value($0) }, write: { $0.description })
    }

    /// A column whose value is written in a form of its own, without a point.
    ///
    /// - Parameter read: nil for what is no such value, or none that the database knows.
    public static func key<Value: PostgresEncodable>(
      _ column: SQL, _ path: Path<Value>,
      read: @escaping @Sendable (String) -> Value?, write: @escaping @Sendable (Value) -> String
    ) -> Self {
      Self(
        column: column, read: { text in read(text).map { "\($0)" } },
        write: { write($0[keyPath: path]) })
    }

    /// A value that the addresses of the list hold in any of its orders, and this one has no use for.
    public static func carried<Value: LosslessStringConvertible & Sendable>(
      _ path: Path<Value>
    ) -> Self {
      Self(
        column: nil, read: { Value($0) == nil ? nil : SQL.empty },
        write: { $0[keyPath: path].description })
    }
  }
}

// MARK: - SQL

extension ListOrder {
  private var columns: [SQL] { keys.compactMap(\.column) }

  /// The order of the list.
  public var forward: SQL { by(isDescending: isDescending) }

  /// The order in which the rows from a position on are the first ones.
  public func order(from position: ListPosition?) -> SQL {
    by(isDescending: isDescending != (position?.isBackward ?? false))
  }

  private func by(isDescending: Bool) -> SQL {
    columns.map { isDescending ? "\($0) DESC" : $0 }.joined(separator: ", ")
  }

  /// Holds of the rows after a position, or before it going back.
  public func rows(from position: ListPosition?) -> SQL {
    guard let position else { return "true" }
    let isLess = isDescending != position.isBackward
    let (own, other) = (columns, position.values)
    guard own.count > 1 else {
      return isLess ? "\(own[0]) < \(other[0])" : "\(own[0]) > \(other[0])"
    }
    let left = own.joined(separator: ", ")
    let right = other.joined(separator: ", ")
    return isLess ? "(\(left)) < (\(right))" : "(\(left)) > (\(right))"
  }
}

// MARK: - Addresses

extension ListOrder {
  /// Reads where a page starts; nil for the first page and for anything that is not a position.
  public func position(_ query: FormFields) -> ListPosition? {
    switch paging {
    case .onward(let name, _): return position(query[name], isBackward: false)
    case .bothWays:
      let isBackward = query["before"] != nil
      return position(query["before"] ?? query["after"], isBackward: isBackward)
    }
  }

  private func position(_ text: String?, isBackward: Bool) -> ListPosition? {
    guard let text, !text.isEmpty else { return nil }
    let parts =
      keys.count == 1
      ? [Substring(text)] : text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == keys.count else { return nil }
    var values: [SQL] = []
    for (key, part) in zip(keys, parts) {
      guard let value = key.read(String(part)) else { return nil }
      if key.column != nil { values.append(value) }
    }
    return ListPosition(isBackward: isBackward, values: values)
  }

  private func text(_ row: Row) -> String { keys.map { $0.write(row) }.joined(separator: ".") }

  /// The page after the one that ends with a row.
  public func next(_ list: Link, after row: Row?) -> Link? {
    guard let row else { return nil }
    switch paging {
    case .bothWays: return list.query("after", text(row))
    case .onward(let name, _): return list.query(name, text(row))
    }
  }

  /// The page before the one that begins with a row; nil where nothing leads back.
  public func previous(_ list: Link, before row: Row?) -> Link? {
    switch paging {
    case .bothWays: row.map { list.query("before", text($0)) }
    case .onward(_, let toFirst): toFirst ? list : nil
    }
  }
}
