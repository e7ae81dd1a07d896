import Postgres
import TestSupport
import Testing

@Suite struct ListenerTests {
  @Test(.timeLimit(.minutes(1)))
  func `a notification arrives with its channel and payload`() async throws {
    let test = try await TestDatabase.empty()
    let listener = Listener(
      test.connectionString(), channels: ["releases", "Odd \"name"], logger: quiet)
    defer { listener.stop() }
    var events = listener.events.makeAsyncIterator()
    #expect(await events.next() == .reconnected)
    try await test.database().transaction { transaction in
      try transaction.execute("SELECT pg_notify('releases', '清流 1')")
      try transaction.execute("SELECT pg_notify('Odd \"name', '')")
      try transaction.execute("SELECT pg_notify('unheard', 'x')")
    }
    #expect(await events.next() == .notification(channel: "releases", payload: "清流 1"))
    #expect(await events.next() == .notification(channel: "Odd \"name", payload: ""))
  }

  @Test(.timeLimit(.minutes(1)))
  func `a killed listener listens again and says so`() async throws {
    let test = try await TestDatabase.empty()
    let listener = Listener(
      test.connectionString(), channels: ["releases"], applicationName: "listening victim",
      logger: quiet)
    defer { listener.stop() }
    var events = listener.events.makeAsyncIterator()
    #expect(await events.next() == .reconnected)
    let database = test.database()
    let killed = try await database.transaction { transaction in
      try transaction.one(
        Query<Bool>(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'listening victim'"
        ))
    }
    #expect(killed)
    #expect(await events.next() == .reconnected)
    try await database.transaction { try $0.execute("SELECT pg_notify('releases', '2')") }
    #expect(await events.next() == .notification(channel: "releases", payload: "2"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `a stopped listener ends its events`() async throws {
    let test = try await TestDatabase.empty()
    let listener = Listener(test.connectionString(), channels: ["releases"], logger: quiet)
    var events = listener.events.makeAsyncIterator()
    #expect(await events.next() == .reconnected)
    listener.stop()
    #expect(await events.next() == nil)
  }
}
