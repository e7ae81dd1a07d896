package import Domain
import Foundation
package import Postgres

extension Transaction {
  /// Says what the changes to the register that follow in this transaction are, and who makes them:
  /// the triggers that keep the history put it into every row they write.
  ///
  /// - Parameters:
  ///   - by: the display name, since accounts are renamed and histories are not.
  ///   - importID: the import that changes the rows.
  package func describeChange(
    action: RegisterAction, reason: String? = nil, by name: String, importID: ImportID? = nil
  ) throws {
    let description = ChangeDescription(
      action: action.rawValue, reason: reason, by: name, importID: importID?.rawValue)
    let json = String(decoding: try JSONEncoder().encode(description), as: UTF8.self)
    try execute("SELECT set_config('portal.change', \(json), true)")
  }
}

/// What `record_register_change()` reads.
private struct ChangeDescription: Encodable {
  let action: String
  let reason: String?
  let by: String
  let importID: Int64?

  private enum CodingKeys: String, CodingKey {
    case action, reason, by
    case importID = "import"
  }
}
