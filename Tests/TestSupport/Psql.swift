import Foundation

/// What psql said.
package struct PsqlAnswer: Sendable {
  package let status: Int32
  /// Rows, one a line, columns with `|` between.
  package let lines: [String]
  package let errors: String
}

extension TestDatabase {
  /// Runs statements through psql as one of the logins, as an operator with its password could.
  ///
  /// - Parameter settings: set for the transaction that the statements then are, such as
  ///   `portal.area`.
  package func psql(
    as login: Login, _ settings: KeyValuePairs<String, String> = [:], _ statements: String
  ) async throws -> PsqlAnswer {
    let context = settings.map { "SET LOCAL \($0.key) = '\($0.value)';\n" }.joined()
    let script = settings.isEmpty ? statements : "BEGIN;\n\(context)\(statements);\nCOMMIT;\n"
    return try await psql(as: login, script: script, stopsAtError: true)
  }

  /// Runs each statement on its own, and says for each whether it was refused (true), done, or
  /// failed for another reason (thrown).
  package func refused(
    as login: Login, _ settings: KeyValuePairs<String, String> = [:], _ statement: String
  ) async throws -> Bool {
    let answer = try await psql(as: login, settings, statement)
    guard answer.status != 0 else { return false }
    // insufficient_privilege also is what row-level security and the append-only triggers say.
    guard answer.errors.contains("42501") else { throw PsqlFailure(text: answer.errors) }
    return true
  }

  private struct PsqlFailure: Error {
    let text: String
  }

  package func psql(
    as login: Login, script: String, stopsAtError: Bool
  ) async throws -> PsqlAnswer {
    let folder = NSTemporaryDirectory() + "portal-psql-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (input, output, errors) = (folder + "/in.sql", folder + "/out", folder + "/err")
    try script.write(toFile: input, atomically: false, encoding: .utf8)
    let status = try await MachineProgram.runAside(
      [
        "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set",
        "VERBOSITY=verbose", "--set", "ON_ERROR_STOP=\(stopsAtError ? 1 : 0)", "--file", input,
        connectionString(as: login),
      ], output: output, errors: errors)
    let text = try String(contentsOfFile: output, encoding: .utf8)
    return PsqlAnswer(
      status: status, lines: text.split(separator: "\n").map(String.init),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}
