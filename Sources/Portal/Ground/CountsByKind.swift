import Foundation
public import Postgres

extension Row {
  /// Counts of each kind from a column that holds `json_object_agg(kind, count)::text`: a kind more is a row more in
  /// the query's groups, not a column more. Kinds that nothing was counted of are missing.
  public func counts<Kind: RawRepresentable<String> & Hashable>(
    _ column: String, of kinds: Kind.Type = Kind.self
  ) throws -> [Kind: Int] {
    let text = try self(column, as: String?.self) ?? "{}"
    let counted = try JSONDecoder().decode([String: Int].self, from: Data(text.utf8))
    return Dictionary(
      counted.compactMap { name, count in Kind(rawValue: name).map { ($0, count) } }
    ) { first, _ in first }
  }
}
