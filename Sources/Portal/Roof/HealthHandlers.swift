import Domain
import Ground
import HTTPTypes
import Pages
import Postgres
import Web

/// For whoever operates the portal: is it alive, and can it work.
struct HealthHandlers: Sendable {
  let services: Services
  /// The migrations that this program was written for, as `NNNN_name.sql`; nil to look at the
  /// logins alone.
  var migrations: [String]?

  /// 200 as long as the program answers at all.
  func showHealth(_ request: WebRequest) async throws -> WebResponse {
    .text("ok\n")
  }

  /// 200 when every login answers and the schema is this program's; else 503, and what is wrong.
  func showReadiness(_ request: WebRequest) async throws -> WebResponse {
    let databases = services.databases
    async let staff = problem(of: databases.staff)
    async let publicSide = problem(of: databases.publicSide)
    async let inspector = problem(of: databases.inspector)
    let states = await [("staff", staff), ("public", publicSide), ("inspector", inspector)]
    let isReady = states.allSatisfy { $0.1 == nil }
    // What exactly is wrong is for whoever looks from this machine.
    let lines =
      request.clientAddress.isLoopback
      ? states.map { "\($0.0): \($0.1 ?? "ok")\n" }.joined() : (isReady ? "ok\n" : "not ready\n")
    return .text(lines, status: isReady ? .ok : .serviceUnavailable)
  }

  private func problem(of database: Database) async -> String? {
    do {
      guard let migrations else { return await database.isReachable ? nil : "no answer" }
      let applied = try await database.read { tx in try tx.all(appliedMigrations) }
      if let missing = migrations.first(where: { !applied.contains($0) }) {
        return "schema behind, \(missing) is missing"
      }
      if let unknown = applied.first(where: { !migrations.contains($0) }) {
        return "schema ahead, \(unknown) is unknown"
      }
      return nil
    } catch {
      return "no answer"
    }
  }
}

private let appliedMigrations: Query<String> = Query(
  "SELECT lpad(number::text, 4, '0') || '_' || name || '.sql' FROM schema_migrations ORDER BY number"
)
