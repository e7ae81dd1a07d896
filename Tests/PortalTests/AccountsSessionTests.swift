import Domain
import Foundation
import Postgres
import Testing
import Web

@testable import Accounts

@Suite struct AccountsSessionTests {
  @Test func `a session ends after a quarter of an hour without use`() async throws {
    let fixture = try await AccountsFixture()
    let hash = try await fixture.welcome().session.tokenHash
    #expect(try await fixture.session(hash, after: 14 * 60) != nil)
    #expect(try await fixture.session(hash, after: 28 * 60) != nil)
    #expect(try await fixture.session(hash, after: 43 * 60) == nil)
  }

  @Test func `a session ends after twelve hours however much it is used`() async throws {
    let fixture = try await AccountsFixture()
    let hash = try await fixture.welcome().session.tokenHash
    for minute in stride(from: 10, to: 12 * 60, by: 10) {
      #expect(try await fixture.session(hash, after: Double(minute) * 60) != nil)
    }
    #expect(try await fixture.session(hash, after: 12 * 3600) == nil)
  }

  @Test func `the time of the last use is written at most once a minute`() async throws {
    let fixture = try await AccountsFixture()
    let hash = try await fixture.welcome().session.tokenHash
    _ = try await fixture.session(hash, after: 59)
    #expect(try await fixture.lastSeen() == 0)
    _ = try await fixture.session(hash, after: 60)
    #expect(try await fixture.lastSeen() == 60)
    _ = try await fixture.session(hash, after: 100)
    #expect(try await fixture.lastSeen() == 60)
  }

  @Test func `only the hash of a token is stored, and no other token fits`() async throws {
    let fixture = try await AccountsFixture()
    let welcome = try await fixture.welcome()
    let token = try #require(welcome.cookie(Cookie.sessionName).flatMap { SessionToken($0) })
    #expect(token.hash == welcome.session.tokenHash)
    #expect(try await fixture.session(SessionToken().hash, after: 1) == nil)
  }

  @Test func `disabling an account ends its sessions at once`() async throws {
    let fixture = try await AccountsFixture()
    let hash = try await fixture.welcome().session.tokenHash
    try await fixture.administration.disable("zhujian")
    #expect(try await fixture.session(hash, after: 1) == nil)
    #expect(try await fixture.outcome().isWrong)
  }

  @Test func `another password ends all sessions and must be changed`() async throws {
    let fixture = try await AccountsFixture()
    let hash = try await fixture.welcome().session.tokenHash
    try await fixture.administration.setPassword("Another-2021-pw", of: "zhujian")
    #expect(try await fixture.session(hash, after: 1) == nil)
    #expect(try await fixture.outcome().isWrong)
    let welcome = try await fixture.outcome("zhujian", "Another-2021-pw").welcome
    #expect(welcome?.session.mustChangePassword == true)
  }

  @Test func `signing in clears away the account's sessions that have run out`() async throws {
    let fixture = try await AccountsFixture()
    _ = try await fixture.welcome()
    _ = try await fixture.welcome(after: 3600)
    let count = try await fixture.owner.read {
      try $0.one(Query<Int>("SELECT count(*) FROM sessions"))
    }
    #expect(count == 1)
  }
}

extension AccountsFixture {
  /// Seconds from the start to the last use of the one session.
  func lastSeen() async throws -> TimeInterval {
    let date = try await owner.read { try $0.one(Query<Date>("SELECT last_seen_at FROM sessions")) }
    return date.timeIntervalSince(Self.start)
  }
}

@Suite struct AccountAdministrationTests {
  private func new(
    _ account: String = "new", role: Role = .housingOfficer, area: String = "350423",
    password: String = AccountsFixture.password
  ) throws -> NewAccount {
    NewAccount(
      account: account, displayName: "新同事", role: role, area: try #require(AreaCode(area)),
      password: password)
  }

  @Test func `a new account is audited, without its password`() async throws {
    let fixture = try await AccountsFixture()
    try await fixture.administration.create(new())
    #expect(try await fixture.events("account.create").count == 2)
    let leaks = try await fixture.owner.read { tx in
      try tx.one(
        Query<Int>(
          "SELECT count(*) FROM audit_events e WHERE e::text LIKE '%Qingliu%' OR e::text LIKE '%scrypt%'"
        ))
    }
    #expect(leaks == 0)
    #expect(try await fixture.outcome("new").welcome?.session.mustChangePassword == true)
  }

  @Test func `what cannot be an account is refused in words`() async throws {
    let fixture = try await AccountsFixture()
    let administration = fixture.administration
    await #expect(throws: AccountError.nameTaken("zhujian")) {
      try await administration.create(new("zhujian"))
    }
    await #expect(throws: AccountError.invalidName("Zhu Jian")) {
      try await administration.create(new("Zhu Jian"))
    }
    await #expect(throws: AccountError.self) {
      try await administration.create(new(password: "short"))
    }
    await #expect(throws: AccountError.self) {
      try await administration.create(new(area: "110101"))
    }
    await #expect(throws: AccountError.self) {
      try await administration.create(new(role: .townOfficer, area: "350423"))
    }
    await #expect(throws: AccountError.noSuchAccount("nobody")) {
      try await administration.disable("nobody")
    }
  }
}
