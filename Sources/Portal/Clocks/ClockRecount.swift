import Domain
package import Ground
import HTML
import Pages
import Postgres

/// What reckons anew once a term has changed. Whose clocks those are is no matter of this room: they stand after it, and
/// the roof brings their job. After a year's holidays the database enters it: who announces them sees no case.
package struct ClockRecount: Sendable {
  let job: any JobKind.Type

  package init(by job: any JobKind.Type) {
    self.job = job
  }

  /// Enters it with the change, for the whole area of who made it.
  func enter(_ tx: Transaction, by editor: Editor) throws {
    try tx.enter(
      NewJob(job, by: editor.origin), as: editor.principal, in: editor.principal.area)
  }

  /// How far it is, of those that somebody may see; nothing where none is under way.
  var running: Query<Progress> {
    Query(
      """
      SELECT done, expected FROM jobs WHERE kind = \(job.name) AND state IN ('waiting', 'running')
      ORDER BY state = 'waiting', id LIMIT 1
      """)
  }

  struct Progress: RowDecodable, Sendable {
    let done: Int
    let expected: Int?

    init(_ row: Row) throws {
      done = try row("done")
      expected = try row("expected")
    }

    var html: HTML {
      let words = "正在按新的期限和节假日重算在办问题"
      guard let expected, expected > 0 else { return notice(.info, "<p>\(words)……</p>") }
      return progressBar(words, value: min(done, expected), of: expected, unit: "件")
    }
  }
}
