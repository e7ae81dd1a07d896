import Domain
import Pages
import Postgres
import Web

extension Transaction {
  /// Reads what a form is drawn with.
  ///
  /// - Parameters:
  ///   - version: of the row that the form changes; nil where it makes a new one.
  func frame(
    _ answer: FormAnswer, _ scope: ChangeScope, version: Int?, csrf: String
  ) throws -> EditFrame {
    guard let version else { return EditFrame(answer: answer, base: nil, csrf: csrf) }
    var since: [RegisterChange] = []
    if case .overtaken(_, let mark) = answer {
      since = try all(registerChanges(of: scope, after: mark))
    }
    return EditFrame(
      answer: answer, base: EditBase(version: version, mark: try one(changeMark(of: scope))),
      since: ChangeOperation.grouped(since).map(\.event), csrf: csrf)
  }
}
