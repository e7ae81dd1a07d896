import Postgres
import Testing

/// One at a time: each starts a server of its own.
@Suite(.serialized) struct RestartTests {
  @Test(.enabled(if: ScratchCluster.isPossible), .timeLimit(.minutes(2)))
  func `a stopped server is unavailable, a started one is used again`() async throws {
    let cluster = try await ScratchCluster.made()
    let database = client(cluster.connectionString, workers: 3, waitLimit: .milliseconds(500))
    let listener = Listener(cluster.connectionString, channels: ["releases"], logger: quiet)
    defer { listener.stop() }
    var events = listener.events.makeAsyncIterator()
    #expect(await events.next() == .reconnected)
    try await database.transaction { try $0.execute("CREATE TABLE notes AS SELECT 1 AS n") }

    try await cluster.stop()
    for _ in 0..<10 {
      let error = await postgresError { try await database.read { _ in } }
      #expect(error?.isUnavailable == true)
    }
    #expect(await database.isReachable == false)

    try await cluster.start()
    #expect(try await eventually { await database.isReachable })
    let count = try await database.read { try $0.one(Query<Int>("SELECT count(*) FROM notes")) }
    #expect(count == 1)
    #expect(await events.next() == .reconnected)
    try await database.transaction { try $0.execute("NOTIFY releases") }
    #expect(await events.next() == .notification(channel: "releases", payload: ""))
  }

  @Test(.enabled(if: ScratchCluster.isPossible), .timeLimit(.minutes(2)))
  func `a server that starts later is found by itself`() async throws {
    let cluster = try await ScratchCluster.made()
    try await cluster.stop()
    let database = client(cluster.connectionString, waitLimit: .milliseconds(300))
    #expect(await postgresError { try await database.read { _ in } }?.isUnavailable == true)
    try await cluster.start()
    #expect(try await eventually { await database.isReachable })
  }
}
