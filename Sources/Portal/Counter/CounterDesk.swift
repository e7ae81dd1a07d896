package import Domain
package import Foundation
package import Ground
import Postgres
import Synchronization
import Web

/// A question at the counter: is this person a protected tenant?
package struct CounterQuestion: Sendable {
  package let name: String
  package let idNumber: ResidentID
  package let purpose: CounterPurpose
  package let at: Date
  /// Where it came from and the number of its request, for the audit.
  package let address: String
  package let request: String
  /// How its sender tells it from others, so that it can be sent again.
  package var key: String?
  package var fingerprint: [UInt8] = []

  package init(
    name: String, idNumber: ResidentID, purpose: CounterPurpose, at: Date, address: String,
    request: String, key: String? = nil, fingerprint: [UInt8] = []
  ) {
    self.name = name
    self.idNumber = idNumber
    self.purpose = purpose
    self.at = at
    self.address = address
    self.request = request
    self.key = key
    self.fingerprint = fingerprint
  }
}

/// Who asks: a person, or a system that acts for one.
package struct CounterCaller: Hashable, Sendable {
  package let principal: Principal
  package var token: APITokenID?
  package var system: String?

  package init(principal: Principal, token: APITokenID? = nil, system: String? = nil) {
    self.principal = principal
    self.token = token
    self.system = system
  }
}

/// What is answered.
package struct CounterAnswer: Sendable {
  let id: CounterCheckID
  package let reference: String
  package let state: CounterState
  /// Whether the name is the one in the register; nil for who is not protected.
  package let nameMatches: Bool?
  package let askedAt: Date
}

/// A key that its sender used before, for something else.
package struct CounterKeyReused: Error {}

/// Answers questions. Those of one caller that arrive while transactions run go together into the next
/// one, so that a counter with many windows waits for one commit instead of many.
package final class CounterDesk: Sendable {
  /// The most questions of one transaction.
  private static let most = 64
  /// While one transaction of a caller waits for the disk, another one works,
  private static let atOnce = 2
  /// when so many questions wait: a transaction costs as much as several of them.
  private static let worthAnother = 16

  private struct Waiting: Sendable {
    let question: CounterQuestion
    let continuation: CheckedContinuation<CounterAnswer, any Error>
  }

  private struct Queue: Sendable {
    var waiting: [Waiting] = []
    /// How many transactions run.
    var running = 0

    /// Adds a question; whether a transaction more may run for it, which then counts as running.
    mutating func add(_ one: Waiting) -> Bool {
      waiting.append(one)
      guard isWorthOne(beside: running) else { return false }
      running += 1
      return true
    }

    /// Whether one more transaction has enough to do, beside so many others.
    func isWorthOne(beside others: Int) -> Bool {
      others == 0 ? !waiting.isEmpty : others < atOnce && waiting.count >= worthAnother
    }
  }

  private let databases: Databases
  private let keys: KeyRing
  /// By caller; nil while nothing runs for the caller.
  private let queues = Mutex<[CounterCaller: Queue]>([:])

  package init(databases: Databases, keys: KeyRing) {
    self.databases = databases
    self.keys = keys
  }

  /// - Throws: `CounterKeyReused`, `PostgresError`.
  package func ask(_ question: CounterQuestion, as caller: CounterCaller) async throws
    -> CounterAnswer
  {
    try await withCheckedThrowingContinuation { continuation in
      let mayStart = queues.withLock { queues in
        queues[caller, default: Queue()].add(
          Waiting(question: question, continuation: continuation))
      }
      if mayStart { Task { await answerAll(of: caller) } }
    }
  }

  private func answerAll(of caller: CounterCaller) async {
    while let batch = next(of: caller) { await answer(batch, caller) }
  }

  /// The next questions, each key once; nil when there are none, and one transaction less runs.
  private func next(of caller: CounterCaller) -> [Waiting]? {
    queues.withLock { queues in
      guard var queue = queues[caller] else { return nil }
      guard queue.isWorthOne(beside: queue.running - 1) else {
        queue.running -= 1
        queues[caller] = queue.running == 0 ? nil : queue
        return nil
      }
      var seen: Set<String> = []
      var batch: [Waiting] = []
      var rest: [Waiting] = []
      for one in queue.waiting {
        let isNew = one.question.key.map { seen.insert($0).inserted } ?? true
        if isNew, batch.count < Self.most { batch.append(one) } else { rest.append(one) }
      }
      queue.waiting = rest
      queues[caller] = queue
      return batch
    }
  }

  private func answer(_ batch: [Waiting], _ caller: CounterCaller, attempt: Int = 1) async {
    let questions = batch.map(\.question)
    do {
      let results = try await databases.transactionAtCounter(as: caller.principal) {
        [keys] tx in try tx.answer(questions, of: caller, keys: keys)
      }
      for (waiting, result) in zip(batch, results) {
        guard let result else {
          enqueue(waiting, caller)
          continue
        }
        waiting.continuation.resume(with: result)
      }
    } catch let error as PostgresError where error.isRetryable && attempt < 4 {
      await answer(batch, caller, attempt: attempt + 1)
    } catch let error as PostgresError where !error.isUnavailable && batch.count > 1 {
      // One that cannot be stored does not take the others along.
      for one in batch { await answer([one], caller) }
    } catch {
      for waiting in batch { waiting.continuation.resume(throwing: error) }
    }
  }

  /// Once more, after those that wait already.
  private func enqueue(_ waiting: Waiting, _ caller: CounterCaller) {
    queues.withLock { $0[caller]?.waiting.append(waiting) }
  }
}
