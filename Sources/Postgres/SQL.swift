/// SQL text with its bound parameters, written as an interpolated string literal.
///
/// ```swift
/// let sql: SQL = "SELECT name FROM estates WHERE area ^@ \(area) AND id = ANY(\(list: ids))"
/// ```
/// `\(value)` becomes `$1`, `$2` … and is sent beside the text, never inside it. `\(fragment)` of type
/// `SQL` is spliced in and its parameters are renumbered. The one hatch for text is `\(raw:)`, which
/// takes a `StaticString` only; `\(constant:)` writes out an `Int` and nothing else. The server infers the type of numbers, text and arrays from their
/// place; where it cannot (`\(n) IS NULL`, `unnest(\(list: xs))`) write a cast: `\(n)::bigint`.
public struct SQL: Sendable, Equatable {
  /// The text around the parameters: always one more than there are parameters.
  private(set) var segments: [String]
  private(set) var parameters: [Parameter]

  private init(segments: [String], parameters: [Parameter]) {
    self.segments = segments
    self.parameters = parameters
  }

  /// No text and no parameters.
  public static let empty = SQL(segments: [""], parameters: [])

  /// Whether there is neither text nor a parameter.
  public var isEmpty: Bool { parameters.isEmpty && segments[0].isEmpty }

  /// The text as the server gets it, with `$1` … `$n`.
  public var text: String {
    if parameters.isEmpty { return segments[0] }
    var text = segments[0]
    text.reserveCapacity(segments.reduce(0) { $0 + $1.utf8.count } + parameters.count * 4)
    for number in 1..<segments.count {
      text += "$"
      text += String(number)
      text += segments[number]
    }
    return text
  }

  /// Both fragments, one after the other, with nothing between them.
  public static func + (left: SQL, right: SQL) -> SQL {
    var sum = left
    sum += right
    return sum
  }

  /// Appends a fragment; its parameters are renumbered.
  public static func += (left: inout SQL, right: SQL) {
    left.append(right.segments[0])
    left.segments += right.segments.dropFirst()
    left.parameters += right.parameters
  }

  fileprivate mutating func append(_ text: String) {
    segments[segments.count - 1] += text
  }

  fileprivate mutating func append(_ parameter: Parameter) {
    parameters.append(parameter)
    segments.append("")
  }
}

extension SQL: ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) {
    self.init(segments: [text], parameters: [])
  }

  public init(stringInterpolation interpolation: StringInterpolation) {
    self = interpolation.sql
  }

  /// What collects the pieces of an interpolated `SQL` literal.
  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    fileprivate var sql = SQL.empty

    public init(literalCapacity: Int, interpolationCount: Int) {
      sql.segments.reserveCapacity(interpolationCount + 1)
      sql.parameters.reserveCapacity(interpolationCount)
    }

    public mutating func appendLiteral(_ text: String) { sql.append(text) }

    /// Binds a value.
    public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value) {
      sql.append(value.postgresParameter)
    }

    /// Binds a value, or NULL when there is none. The label says that it is meant, as the compiler
    /// asks of an optional in an interpolation.
    public mutating func appendInterpolation<Value: PostgresEncodable>(optional value: Value?) {
      sql.append(value.postgresParameter)
    }

    /// Splices a fragment.
    public mutating func appendInterpolation(_ fragment: SQL) { sql += fragment }

    /// Binds one array parameter, for `= ANY(…)` or `unnest(…::bigint[])`.
    public mutating func appendInterpolation<Value: PostgresEncodable>(list values: [Value]) {
      sql.append(values.postgresParameter)
    }

    /// Writes a number out instead of binding it, for a `LIMIT` that is the same in every call: the
    /// planner then knows it and keeps one plan, where for a parameter it plans anew each time.
    public mutating func appendInterpolation(constant number: Int) { sql.append(String(number)) }

    /// Inserts text as it stands; it can only come from the program itself.
    public mutating func appendInterpolation(raw text: StaticString) {
      sql.append(text.description)
    }
  }
}

extension Sequence<SQL> {
  /// The fragments with `separator` between them: `conditions.joined(separator: " AND ")`.
  public func joined(separator: StaticString) -> SQL {
    var joined = SQL.empty
    var isFirst = true
    for fragment in self {
      if !isFirst { joined.append(separator.description) }
      joined += fragment
      isFirst = false
    }
    return joined
  }
}
