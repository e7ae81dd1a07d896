public import Domain
import Foundation
public import Web

// What a list is narrowed to lives in its address; these read it back.
extension FormFields {
  /// One of the values of an enumeration; nil when the address does not say.
  ///
  /// - Throws: a message when it says what no choice of the page has.
  public func filterChoice<T: RawRepresentable<String>>(_ name: String, of type: T.Type = T.self)
    throws
    -> T?
  {
    try filterChoice(name) { T(rawValue: $0) }
  }

  public func filterChoice<T: RecordID>(_ name: String, of type: T.Type = T.self) throws -> T? {
    try filterChoice(name) { T($0) }
  }

  public func filterChoice(_ name: String) throws -> AreaCode? {
    try filterChoice(name) { AreaCode(rawValue: $0) }
  }

  /// A day of the address; nil when it does not say.
  ///
  /// - Throws: a message when it is none.
  public func filterDay(_ name: String) throws -> Day? {
    guard let text = trimmed(name) else { return nil }
    guard let day = Day(iso: text) else {
      throw WebError.badRequest("网址里的日期不对，应写成 2021-08-25 这样，请改好再查。")
    }
    return day
  }

  private func filterChoice<T>(_ name: String, _ parse: (String) -> T?) throws -> T? {
    guard let text = self[name], !text.isEmpty else { return nil }
    guard let value = parse(text) else {
      throw WebError.badRequest("网址里的筛选条件不对，请回到清单重新选择。")
    }
    return value
  }

  /// A value of the query without the spaces around it; nil when nothing is left.
  public func trimmed(_ name: String) -> String? {
    let value = (self[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    return value.isEmpty ? nil : value
  }

  /// Words to search for, tidied; nil when there are none, cut off where no value is that long.
  public func searchWords(_ name: String, max: Int) -> String? {
    trimmed(name).map { String($0.precomposedStringWithCanonicalMapping.prefix(max)) }
  }
}
