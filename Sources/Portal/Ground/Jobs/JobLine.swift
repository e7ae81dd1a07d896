import ServiceLifecycle

/// Jobs done one after the other, in the order in which they were added.
package actor JobLine {
  private var last: Task<Void, Never>?

  package init() {}

  /// Does a job as soon as those before it are done with.
  package func add(_ job: @escaping @Sendable () async -> Void) {
    let before = last
    last = Task {
      await before?.value
      await job()
    }
  }

  /// Waits until nothing is left to do.
  package func finishAll() async {
    while let task = last {
      await task.value
      if last == task { last = nil }
    }
  }
}

/// Looks for jobs that wait or were broken off, as long as the portal runs.
package struct TakeUpService: Service {
  let takeUp: @Sendable () async throws -> Void

  package init(takeUp: @escaping @Sendable () async throws -> Void) {
    self.takeUp = takeUp
  }

  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        try? await takeUp()
        try await Task.sleep(for: .seconds(5))
      }
    }
  }
}
