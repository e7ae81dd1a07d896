public import Foundation
public import Logging
import Postgres

/// Does the jobs that wait, a few at once, each over a connection of its own, so that pages never wait for
/// one and a kind does not wait for another. What waits stands in the database: any program that runs takes
/// it up.
public actor JobRunner {
  /// So many at once of those that are soon done.
  static let slots = 3
  /// So many at once, however long they take.
  static let most = 8

  /// Of the staff login.
  public nonisolated let connectionString: String
  public nonisolated let program: JobProgram
  let store: JobStore
  let kinds: [String: any JobKind]
  let logger: Logger
  let poll: Duration
  let quick: Duration
  let now: @Sendable () -> Date
  private(set) var running: [JobOrder.ID: RunningJob] = [:]
  private var claiming: Task<Void, Never>?
  /// Somebody has entered a job while others were claimed.
  private var isWokenAgain = false
  private var pauses: [UUID: Task<Void, Never>] = [:]
  private var pulse: Task<Void, Never>?
  private var isStopped = false

  /// - Parameters:
  ///   - connectionString: of the staff login.
  ///   - kinds: what it can do; jobs of others are left alone.
  ///   - poll: how often it looks for what it was not told of.
  ///   - quick: what has taken longer holds nobody up any more: others are done beside it.
  public init(
    connectionString: String, program: JobProgram = JobProgram(), kinds: [any JobKind],
    poll: Duration = .seconds(5), quick: Duration = .seconds(5), logger: Logger,
    now: @escaping @Sendable () -> Date
  ) {
    self.connectionString = connectionString
    self.program = program
    self.poll = poll
    self.quick = quick
    self.logger = logger
    self.now = now
    self.kinds = Dictionary(uniqueKeysWithValues: kinds.map { (type(of: $0).name, $0) })
    store = JobStore(connectionString: connectionString, program: program, logger: logger)
  }

  /// Looks for jobs that wait: after one was entered, so that it begins at once.
  public func wake() {
    guard !isStopped else { return }
    keepPulse()
    isWokenAgain = true
    if claiming == nil { claiming = Task { await claimAll() } }
  }

  /// How many jobs of a lane wait for this program alone, or are done by it.
  public func held(in lane: String) async throws -> Int { try await store.held(in: lane) }

  private func claimAll() async {
    while isWokenAgain, !isStopped {
      isWokenAgain = false
      while let order = await next() { start(order) }
    }
    claiming = nil
  }

  private func next() async -> JobOrder? {
    guard hasRoom, !isStopped else { return nil }
    do {
      return try await store.claim(
        Array(kinds.keys), busy: running.values.map(\.job.order.lane))
    } catch {
      if !store.isClosed { logger.error("no jobs claimed", metadata: ["reason": "\(error)"]) }
      return nil
    }
  }

  private var hasRoom: Bool {
    let quick = running.values.count { $0.since.duration(to: .now) < self.quick }
    return quick < Self.slots && running.count < Self.most
  }

  private func start(_ order: JobOrder) {
    guard let job = attempt(at: order) else { return }
    let task = Task {
      let pause = await job.perform()
      self.ended(job, pause)
    }
    running[order.id] = RunningJob(job: job, task: task, since: .now)
    keepPulse()
  }

  func attempt(at order: JobOrder) -> JobTry? {
    kinds[order.kind].map {
      JobTry(
        order: order, kind: $0, connectionString: connectionString, store: store, logger: logger,
        now: now())
    }
  }

  private func ended(_ job: JobTry, _ pause: Double?) {
    running[job.order.id] = nil
    if let pause { wake(after: pause) }
    wake()
  }

  private func wake(after pause: Double) {
    let id = UUID()
    pauses[id] = Task {
      try? await Task.sleep(for: .seconds(pause))
      pauses[id] = nil
      wake()
    }
  }

  /// Waits until nothing is left that this program can do.
  public func finishAll() async {
    wake()
    while let task = claiming ?? running.values.first?.task ?? pauses.values.first {
      await task.value
    }
  }

  // MARK: Being alive

  private func keepPulse() {
    if pulse == nil { pulse = Task { await beat() } }
  }

  /// Says twice a second that the program is alive and how far its jobs are, and hears whether they are to
  /// stop; as long as there are any.
  private func beat() async {
    while !store.isClosed {
      try? await Task.sleep(for: .milliseconds(500))
      for found in running.values { await beat(found.job) }
      // Room comes by time, too.
      if running.count >= Self.slots, hasRoom { wake() }
      let waiting = (try? await store.beatForWaiting()) ?? 1
      if running.isEmpty, waiting == 0, claiming == nil { break }
    }
    pulse = nil
  }

  private func beat(_ job: JobTry) async {
    guard !job.progress.isFinished, let heard = try? await store.beat(job.order, job.progress)
    else { return }
    switch heard {
    case .goOn: return
    case .cancelled: await stop(job, .cancelled)
    case .lost: await stop(job, .lost)
    }
  }

  private func stop(_ job: JobTry, _ reason: JobProgress.Stop) async {
    if let backend = job.progress.ask(to: reason) { await store.interrupt(backend) }
  }

  // MARK: The end

  /// Breaks off what is under way and gives it back: nothing runs on after its program is gone.
  public func stop() async {
    isStopped = true
    await claiming?.value
    for task in pauses.values { task.cancel() }
    for found in running.values { await stop(found.job, .programEnds) }
    for found in running.values { await found.task.value }
    store.close()
  }

  /// Ends the connections; for a program that has no jobs under way.
  public nonisolated func close() { store.close() }
}

/// A job that a program is at.
struct RunningJob {
  let job: JobTry
  let task: Task<Void, Never>
  let since: ContinuousClock.Instant
}

extension JobOrder: Identifiable {}
