import Domain
import Pages
import Postgres

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
