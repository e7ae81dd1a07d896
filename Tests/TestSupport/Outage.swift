extension TestDatabase {
  /// Shuts everybody out, as a server that is down does, and ends the connections that there are.
  package func goAway() async throws {
    try await TestCluster.run("ALTER DATABASE \(name) ALLOW_CONNECTIONS false")
    try await TestCluster.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
  }

  /// Lets everybody in again.
  package func comeBack() async throws {
    try await TestCluster.run("ALTER DATABASE \(name) ALLOW_CONNECTIONS true")
  }
}
