import Domain
import Postgres

/// People who were added together, by the first and the last id.
struct PersonRange: Hashable, Sendable, RowDecodable {
  let first: PersonID
  let last: PersonID

  init(_ row: Row) throws {
    first = try row("first_person")
    last = try row("last_person")
  }
}

/// The people whose names a search must read itself, because the index of names has not got them yet.
let nameBacklog: Query<PersonRange> = Query(
  "SELECT first_person, last_person FROM name_backlog ORDER BY id")
