import Domain
import Foundation
import Testing
import Web

@testable import Accounts
@testable import Ground

@Suite struct FreshPasswordTests {
  @Test func `a made-up password keeps the policy and is never the same`() {
    let made = (0..<200).map { _ in FreshPassword.random(for: "zhujian", policy: PasswordPolicy()) }
    #expect(Set(made).count == 200)
    #expect(made.allSatisfy { $0.utf8.count == 19 })
  }
}
