import Foundation

/// The one queue of all workers of a database, first come, first served.
///
/// Safe to share: every mutable property is touched only with `condition` locked.
final class JobQueue: @unchecked Sendable {
  private let condition = NSCondition()
  /// What the timekeeper and workers without a connection sleep on.
  private let rests = NSCondition()
  private let waitLimit: Duration
  private var jobs: [Job] = []
  private var closed = false
  private var connections = 0
  private var downSince: ContinuousClock.Instant? = .now
  private var lastFailure: PostgresError?

  init(waitLimit: Duration) { self.waitLimit = waitLimit }

  var isClosed: Bool { condition.withLock { closed } }

  /// Queues a job, or fails it at once if the database has been out of reach for a while.
  func add(_ job: Job) {
    let refusal = condition.withLock { () -> PostgresError? in
      if closed { return PostgresError(.closed) }
      if let downSince, lastFailure != nil, downSince.duration(to: .now) > waitLimit {
        return unavailable
      }
      jobs.append(job)
      condition.signal()
      return nil
    }
    if let refusal { job.fail(refusal) }
  }

  /// Waits for a job; nil when the database has been closed.
  func next() -> Job? {
    condition.withLock {
      while jobs.isEmpty, !closed { condition.wait() }
      return closed ? nil : jobs.removeFirst()
    }
  }

  /// Gives a job back that its worker could not begin; it keeps its turn and its deadline.
  func putBack(_ job: Job) {
    let isTooLate = condition.withLock {
      if closed { return true }
      jobs.insert(job, at: 0)
      condition.signal()
      return false
    }
    if isTooLate { job.fail(PostgresError(.closed)) }
  }

  func connectionOpened() {
    condition.withLock {
      connections += 1
      downSince = nil
      lastFailure = nil
    }
  }

  func connectionClosed() {
    condition.withLock {
      connections -= 1
      if connections == 0 { downSince = .now }
    }
  }

  func noteFailure(_ error: PostgresError?) {
    condition.withLock { lastFailure = error }
  }

  /// The reason that jobs get while there is no connection. With the lock held.
  private var unavailable: PostgresError {
    lastFailure ?? PostgresError(.unavailable(reason: "no connection yet"))
  }

  func close() {
    let waiting = condition.withLock {
      closed = true
      condition.broadcast()
      defer { jobs = [] }
      return jobs
    }
    rests.withLock { rests.broadcast() }
    for job in waiting { job.fail(PostgresError(.closed)) }
  }

  /// Sleeps, or until the database is closed.
  func rest(_ duration: Duration) {
    let end = Date(timeIntervalSinceNow: duration.inSeconds)
    rests.lock()
    defer { rests.unlock() }
    while !isClosed, rests.wait(until: end) {}
  }

  /// Fails the jobs that have waited too long, for as long as the database is open.
  ///
  /// A job that comes while this sleeps has the whole limit before it, so sleeping for one limit, or
  /// until the oldest job is due, misses nothing.
  func keepTime() {
    while !isClosed {
      let now = ContinuousClock.now
      let (late, error, pause) = condition.withLock {
        let late = jobs.prefix { $0.deadline <= now }
        jobs.removeFirst(late.count)
        let error = connections == 0 ? unavailable : PostgresError(.poolBusy)
        return (late, error, jobs.first.map { now.duration(to: $0.deadline) } ?? waitLimit)
      }
      for job in late { job.fail(error) }
      rest(max(pause, .milliseconds(1)))
    }
  }
}
