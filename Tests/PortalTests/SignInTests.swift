import Domain
import Foundation
import Postgres
import Testing
import Web

@testable import Accounts

@Suite struct SignInTests {
  @Test func `the right password opens a session, which is audited`() async throws {
    let fixture = try await AccountsFixture()
    let welcome = try await fixture.welcome()
    #expect(welcome.session.principal.account == "zhujian")
    #expect(try await fixture.session(welcome.session.tokenHash, after: 1) != nil)
    #expect(try await fixture.events("session.sign_in") == ["zhujian done"])
  }

  @Test func `every role can sign in, inspectors too`() async throws {
    let fixture = try await AccountsFixture(roles: [
      .inspector, .systemAdmin, .securityAdmin, .auditAdmin,
    ])
    for role in [Role.inspector, .systemAdmin, .securityAdmin, .auditAdmin] {
      let welcome = try await fixture.welcome(AccountsFixture.name(of: role))
      let session = try await fixture.session(welcome.session.tokenHash, after: 1)
      #expect(session?.principal.role == role)
    }
  }

  @Test func `unknown name, wrong password and disabled account look and cost the same`()
    async throws
  {
    let fixture = try await AccountsFixture()
    try await fixture.add("left", .housingOfficer)
    try await fixture.administration.disable("left")
    for (name, password) in [
      ("nobody", AccountsFixture.password), ("zhujian", "Wrong-password-1"),
      ("left", AccountsFixture.password),
    ] {
      let before = fixture.passwords.computations
      #expect(try await fixture.outcome(name, password).isWrong)
      #expect(fixture.passwords.computations == before + 1)
    }
    #expect(
      try await fixture.events("session.sign_in") == [
        "（无此账号） failed", "zhujian failed", "left failed",
      ])
  }

  @Test func `what is typed as a name without an account is stored nowhere`() async throws {
    let fixture = try await AccountsFixture()
    _ = try await fixture.outcome("My-Secret-Passw0rd", "x")
    let found = try await fixture.owner.read { tx in
      try tx.one(
        Query<Int>(
          """
          SELECT count(*) FROM audit_events e
          WHERE lower(e::text) LIKE '%secret%' OR e.account_id IS NOT NULL
            AND e.action = 'session.sign_in'
          """))
    }
    #expect(found == 0)
  }

  @Test func `failures slow down more and more`() async throws {
    let fixture = try await AccountsFixture()
    for _ in 1...3 { #expect(try await fixture.outcome("zhujian", "Wrong-1").isWrong) }
    #expect(try await fixture.outcome().waitingTime == 5)
    #expect(try await fixture.outcome(after: 4).waitingTime == 1)
    #expect(try await fixture.outcome("zhujian", "Wrong-1", after: 5).isWrong)
    #expect(try await fixture.outcome(after: 5).waitingTime == 10)
    #expect(try await fixture.outcome(after: 15).welcome != nil)
  }

  @Test func `ten failures lock for a quarter of an hour, which is audited`() async throws {
    let fixture = try await AccountsFixture()
    let end = try await lock(fixture)
    #expect(try await fixture.outcome(after: end).waitingTime == 900)
    #expect(try await fixture.events("session.lock") == ["zhujian done"])
    #expect(try await fixture.outcome(after: end + 900).welcome != nil)
  }

  @Test func `a hundred guesses at once get no more tries than three`() async throws {
    let fixture = try await AccountsFixture()
    let before = fixture.passwords.computations
    let outcomes = try await withThrowingTaskGroup(of: SignIn.Outcome.self) { group in
      for number in 0..<100 {
        group.addTask { try await fixture.outcome("zhujian", "Guess-\(number)") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(fixture.passwords.computations == before + 3)
    #expect(outcomes.count { $0.isWrong } == 3)
    #expect(outcomes.count { $0.waitingTime != nil } == 97)
  }

  @Test func `a name without an account is slowed down like any other`() async throws {
    let fixture = try await AccountsFixture()
    for _ in 1...3 { _ = try await fixture.outcome("nobody", "Wrong-1") }
    #expect(try await fixture.outcome("nobody", "Wrong-1").waitingTime == 5)
  }

  @Test func `success starts the count anew`() async throws {
    let fixture = try await AccountsFixture()
    for _ in 1...2 { _ = try await fixture.outcome("zhujian", "Wrong-1") }
    #expect(try await fixture.outcome().welcome != nil)
    for _ in 1...3 { #expect(try await fixture.outcome("zhujian", "Wrong-1").isWrong) }
  }

  @Test func `one address is slowed down over all names, others are not`() async throws {
    let fixture = try await AccountsFixture()
    for number in 1...30 { _ = try await fixture.outcome("nobody-\(number)", "Wrong-1") }
    #expect(try await fixture.outcome().waitingTime == 2)
    #expect(try await fixture.outcome(from: "192.0.2.2").welcome != nil)
  }

  @Test func `a lock touches neither a running session nor a browser that is known`() async throws {
    let fixture = try await AccountsFixture()
    let welcome = try await fixture.welcome()
    let end = try await lock(fixture)
    #expect(try await fixture.outcome(after: end).waitingTime != nil)
    #expect(try await fixture.session(welcome.session.tokenHash, after: end) != nil)
    let device = welcome.cookie(DeviceCookie.name)
    #expect(try await fixture.outcome(after: end, deviceCookie: device).welcome != nil)
  }

  @Test func `a known browser has a count of its own`() async throws {
    let fixture = try await AccountsFixture()
    let device = try await fixture.welcome().cookie(DeviceCookie.name)
    for _ in 1...3 {
      _ = try await fixture.outcome("zhujian", "Wrong-1", deviceCookie: device)
    }
    #expect(try await fixture.outcome(deviceCookie: device).waitingTime == 5)
    #expect(try await fixture.outcome().welcome != nil)
  }

  @Test func `signing in ends the session that the browser had`() async throws {
    let fixture = try await AccountsFixture()
    let former = try await fixture.welcome()
    let token = former.cookie(Cookie.sessionName).flatMap { SessionToken($0) }
    let next = try await fixture.welcome(formerToken: token)
    #expect(try await fixture.session(former.session.tokenHash, after: 1) == nil)
    #expect(try await fixture.session(next.session.tokenHash, after: 1) != nil)
  }

  /// Ten failures, each as soon as it is possible, from addresses of their own.
  ///
  /// - Returns: the second of the last one.
  @discardableResult
  private func lock(_ fixture: AccountsFixture) async throws -> TimeInterval {
    var seconds: TimeInterval = 0
    var failures = 0
    while failures < 10 {
      let outcome = try await fixture.outcome(
        "zhujian", "Wrong-1", from: "198.51.100.\(failures)", after: seconds)
      if let wait = outcome.waitingTime { seconds += Double(wait) } else { failures += 1 }
    }
    return seconds
  }
}
