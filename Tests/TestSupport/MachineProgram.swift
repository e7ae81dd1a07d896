import Foundation

/// A program of this machine, run to its end.
///
/// Not Foundation's `Process`: it copies each entry of the folder of open files past that entry's end, which is
/// the end of the process where some thirteen hundred files are open (and a run of all tests opens more); and it
/// waits for everybody who inherited its pipes, such as a server that was started.
package enum MachineProgram {
  package struct NotStarted: Error {
    package let command: String
  }

  /// - Parameters:
  ///   - words: the program, looked for on the path, and its arguments.
  ///   - output: the file that takes what it prints, as `errors` what it complains of.
  /// - Returns: its exit code; -1 when a signal ended it.
  @discardableResult
  package static func run(
    _ words: [String], output: String = "/dev/null", errors: String = "/dev/null"
  ) throws -> Int32 {
    let copies = words.map { strdup($0) }
    let path = strdup("PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin")
    defer { for copy in copies + [path] { free(copy) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, flags, 0o600)
    var pid = pid_t()
    guard posix_spawnp(&pid, words[0], &actions, nil, copies + [nil], [path, nil]) == 0
    else { throw NotStarted(command: words[0]) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) != pid {
      guard errno == EINTR else { throw NotStarted(command: words[0]) }
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
  }

  /// The same, on a thread of its own: those of the cooperative pool must not wait.
  @discardableResult
  package static func runAside(
    _ words: [String], output: String = "/dev/null", errors: String = "/dev/null"
  ) async throws -> Int32 {
    try await onOwnThread { try run(words, output: output, errors: errors) }
  }

  /// Runs what waits on a thread of its own.
  package static func onOwnThread<T: Sendable>(
    _ body: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try body() }) }.start()
    }
  }
}
