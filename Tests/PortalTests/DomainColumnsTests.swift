import Domain
import Postgres
import TestSupport
import Testing

@Suite struct DomainColumnsTests {
  @Test func `money and areas go into numeric columns and come back exactly`() async throws {
    let database = try await TestDatabase.empty()
    let db = database.database()
    defer { db.close() }
    for text in ["0.00", "350.05", "-0.05", "9999999.99", "0.10", "52.50"] {
      let value = try #require(Hundredths(text))
      let back = try await db.read { tx in
        try tx.one(Query<Hundredths>("SELECT \(value)::numeric(9, 2)"))
      }
      #expect(back == value)
    }
    let sum = try await db.read { tx in
      try tx.one(Query<Hundredths>("SELECT sum(n) FROM (VALUES (0.1), (0.2), (350)) rents (n)"))
    }
    #expect(sum.text == "350.30")
  }
}
