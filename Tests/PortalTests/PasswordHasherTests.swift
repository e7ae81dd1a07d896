import Domain
import Foundation
import Testing
import Web

@testable import Accounts
@testable import Ground

extension PasswordHasher {
  /// As the database does it: it keeps the answer and gives the terms.
  fileprivate func verify(_ password: String, against stored: String?) async throws -> Bool {
    let terms = stored.flatMap { ScryptHash($0)?.terms.text }
    return try await answer(password, to: terms) == stored
  }
}

@Suite struct PasswordHasherTests {
  let cheap = PasswordHasher.Cost(logRounds: 4, blockSize: 1, parallelism: 1)

  @Test func `a hash verifies its own password and no other`() async throws {
    let hasher = PasswordHasher(cost: cheap)
    let stored = try await hasher.hash("Correct-horse-1")
    #expect(try await hasher.verify("Correct-horse-1", against: stored))
    #expect(try await !hasher.verify("Correct-horse-2", against: stored))
    #expect(try await !hasher.verify("", against: stored))
  }

  @Test func `two hashes of one password differ`() async throws {
    let hasher = PasswordHasher(cost: cheap)
    #expect(try await hasher.hash("Correct-horse-1") != hasher.hash("Correct-horse-1"))
  }

  @Test func `nothing stored, or nonsense, costs one hash and is never right`() async throws {
    let hasher = PasswordHasher(cost: cheap)
    for stored in [nil, "", "scrypt$", "scrypt$99$8$5$AAAA$AAAA", "plain text"] {
      let before = hasher.computations
      #expect(try await !hasher.verify("Correct-horse-1", against: stored))
      #expect(hasher.computations == before + 1)
    }
  }

  @Test func `the cost stands in the hash, so that it can rise`() async throws {
    let old = try await PasswordHasher(cost: cheap).hash("Correct-horse-1")
    #expect(old.hasPrefix("scrypt$4$1$1$"))
    let dearer = PasswordHasher(cost: .init(logRounds: 5, blockSize: 2, parallelism: 2))
    #expect(try await dearer.verify("Correct-horse-1", against: old))
    #expect(dearer.isOutdated(try #require(ScryptHash(old)).terms.text))
    let new = try #require(ScryptHash(try await dearer.hash("x")))
    #expect(!dearer.isOutdated(new.terms.text))
  }

  @Test func `the standard cost is OWASP's set of 16 MB`() {
    #expect(PasswordHasher.Cost.standard == .init(logRounds: 14, blockSize: 8, parallelism: 5))
  }

  @Test func `the same characters composed another way are the same password`() async throws {
    let hasher = PasswordHasher(cost: cheap)
    let stored = try await hasher.hash("Caf\u{E9}-2021-x")
    #expect(try await hasher.verify("Cafe\u{301}-2021-x", against: stored))
  }

  @Test func `more than may wait are told to come again`() async throws {
    let slow = PasswordHasher(
      cost: .init(logRounds: 13, blockSize: 8, parallelism: 1), threads: 1, waiting: 2)
    let refused = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<30 {
        group.addTask {
          do {
            _ = try await slow.verify("x", against: nil)
            return false
          } catch {
            return error is WebError
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(refused > 0)
    #expect(slow.computations == 30 - refused)
  }
}
