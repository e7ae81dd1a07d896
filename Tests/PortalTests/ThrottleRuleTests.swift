import Domain
import Foundation
import Testing
import Web

@testable import Accounts
@testable import Ground

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
