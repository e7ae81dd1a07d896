import Domain
import Foundation
import Testing
import Web

@testable import Accounts
@testable import Ground

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
    #expect(dearer.isOutdated(old))
    #expect(try await !dearer.isOutdated(dearer.hash("x")))
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

@Suite struct ThrottleRuleTests {
  let now = Date(timeIntervalSince1970: 1_627_800_000)

  @Test func `the first failures are free, then each costs more, then there is a lock`() {
    let rule = ThrottleRule.account
    #expect(rule.delay(after: 1) == nil)
    #expect(rule.delay(after: 2) == nil)
    let delays = (3...9).compactMap { rule.delay(after: $0) }
    #expect(delays == [5, 10, 20, 40, 80, 160, 300])
    #expect(rule.delay(after: 10) == 900)
    #expect(rule.delay(after: 1_000_000) == 900)
  }

  @Test func `an address may fail more often than an account`() {
    #expect(ThrottleRule.address.free > ThrottleRule.account.lockAfter)
    #expect(ThrottleRule.address.lockAfter > ThrottleRule.account.lockAfter)
  }

  @Test func `failures are forgotten after a while`() {
    let rule = ThrottleRule.account
    let nine = FailureCount(failures: 9, lastFailedAt: now, lockedUntil: now)
    #expect(rule.adding(to: nine, now: now.addingTimeInterval(3600)).failures == 10)
    #expect(rule.adding(to: nine, now: now.addingTimeInterval(25 * 3600)).failures == 1)
  }

  @Test func `waiting counts down to nothing`() {
    let rule = ThrottleRule.account
    let count = FailureCount(
      failures: 3, lastFailedAt: now, lockedUntil: now.addingTimeInterval(5))
    #expect(rule.waitingTime(count, now: now) == 5)
    #expect(rule.waitingTime(count, now: now.addingTimeInterval(4.5)) == 1)
    #expect(rule.waitingTime(count, now: now.addingTimeInterval(5)) == nil)
  }
}

@Suite struct DeviceCookieTests {
  let now = Date(timeIntervalSince1970: 1_627_800_000)

  @Test func `a browser is known to the account that used it, and to no other`() throws {
    let cookies = DeviceCookie(keys: try KeyRing(KeyFile.generate()))
    let cookie = cookies.renewed(for: "zhujian", known: nil, in: nil, now: now).value
    #expect(cookies.device(of: "zhujian", in: cookie, now: now) != nil)
    #expect(cookies.device(of: "minzheng", in: cookie, now: now) == nil)
    #expect(!cookie.contains("zhujian"))
  }

  @Test func `one browser can be known to several accounts and keeps its id`() throws {
    let cookies = DeviceCookie(keys: try KeyRing(KeyFile.generate()))
    let first = cookies.renewed(for: "zhujian", known: nil, in: nil, now: now).value
    let both = cookies.renewed(for: "minzheng", known: nil, in: first, now: now).value
    let known = try #require(cookies.device(of: "zhujian", in: both, now: now))
    #expect(cookies.device(of: "minzheng", in: both, now: now) != nil)
    let later = now.addingTimeInterval(60)
    let again = cookies.renewed(for: "zhujian", known: known, in: both, now: later).value
    #expect(cookies.device(of: "zhujian", in: again, now: later)?.id == known.id)
    #expect(again.split(separator: "_").count == 2)
  }

  @Test func `a changed, foreign or old cookie is worth nothing`() throws {
    let cookies = DeviceCookie(keys: try KeyRing(KeyFile.generate()))
    let cookie = cookies.renewed(for: "zhujian", known: nil, in: nil, now: now).value
    let other = DeviceCookie(keys: try KeyRing(KeyFile.generate()))
    #expect(other.device(of: "zhujian", in: cookie, now: now) == nil)
    #expect(
      cookies.device(of: "zhujian", in: "0" + cookie.dropFirst(), now: now) == nil
        || cookie.first == "0")
    let late = now.addingTimeInterval(Double(DeviceCookie.lifetime + 1))
    #expect(cookies.device(of: "zhujian", in: cookie, now: late) == nil)
    for nonsense in ["", ".", "..", "_", "a.b.c", "a.1.c_", String(repeating: "_", count: 2000)] {
      #expect(cookies.device(of: "zhujian", in: nonsense, now: now) == nil)
    }
  }
}

@Suite struct AccountNameTests {
  @Test(arguments: [
    ("zhujian", "zhujian"), (" ZhuJian ", "zhujian"), ("ｚｈｕｊｉａｎ－ｌｅａｄ", "zhujian-lead"),
  ])
  func `names are read as they are stored`(typed: String, name: String) {
    #expect(AccountName.normalised(typed) == name)
    #expect(AccountName.isValid(name))
  }

  @Test(arguments: ["", "a", "1a", "-a", "a b", "ä1", "a_b", String(repeating: "a", count: 33)])
  func `what no account can be called is no name`(_ name: String) {
    #expect(!AccountName.isValid(name))
  }
}

@Suite struct FreshPasswordTests {
  @Test func `a made-up password keeps the policy and is never the same`() {
    let made = (0..<200).map { _ in FreshPassword.random(for: "zhujian", policy: PasswordPolicy()) }
    #expect(Set(made).count == 200)
    #expect(made.allSatisfy { $0.utf8.count == 19 })
  }
}
