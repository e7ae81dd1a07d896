/// Lets a few pass at a time; the others wait in the order in which they came, without holding anything.
///
/// For what takes a worker of the database for long: a report with thirty megabytes of photos. Waiting for a worker
/// itself ends soon with a refusal, and whoever wants a page would wait behind them.
actor Turnstile {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(places: Int) { free = places }

  func pass<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  /// Whoever waits gets the place itself, so that nobody who comes later is faster.
  private func leave() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
