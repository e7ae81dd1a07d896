import Domain
import Pages
import Postgres
import Web

extension EditHistory {
  /// The changes of something that the register holds.
  init(_ scope: ChangeScope, version: Int) {
    self.init(
      version: version,
      mark: { tx in try tx.one(changeMark(of: scope)) },
      since: { tx, mark in
        ChangeOperation.grouped(try tx.all(registerChanges(of: scope, after: mark)))
          .map(\.event)
      })
  }
}

extension Transaction {
  /// The row, or 404.
  func found<Output>(_ query: Query<Output>) throws -> Output {
    guard let found = try first(query) else { throw WebError.notFound }
    return found
  }
}
