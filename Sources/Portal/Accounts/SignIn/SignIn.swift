import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// What sign-in is told of a request.
struct SignInVisit: Sendable {
  let address: ClientAddress
  let reference: String
  let now: Date
  /// What the browser carries, if it is known.
  let deviceCookie: String?
  /// The session that the browser had until now.
  let formerToken: SessionToken?
}

extension SignInVisit {
  init(_ request: WebRequest) {
    self.init(
      address: request.clientAddress, reference: request.id, now: request.now,
      deviceCookie: request.cookie(DeviceCookie.name), formerToken: request.sessionToken)
  }
}

/// Proves who somebody is.
///
/// An unknown name, a wrong password and a disabled account take the same way: the same statements,
/// one hash, one event.
struct SignIn: Sendable {
  let databases: Databases
  let keys: KeyRing
  let passwords: PasswordHasher
  let site: SiteStore

  enum Outcome: Sendable {
    case welcome(Welcome)
    case wrong
    case wait(seconds: Int)
  }

  struct Welcome: Sendable {
    let session: Session
    let cookies: [Cookie]
  }

  private struct Attempt: Sendable {
    let visit: SignInVisit
    let name: String
    let password: String
    let device: KnownDevice?
    let subjects: [SignInSubject]
  }

  func outcome(
    of visit: SignInVisit, account typed: String, password: String
  ) async throws -> Outcome {
    let attempt = attempt(visit, typed, password)
    let (allowance, found) = try await databases.transactionSigningIn(
      account: AccountName.isValid(attempt.name) ? attempt.name : ""
    ) { tx in
      let allowance = try tx.reserveTry(of: attempt.subjects, now: visit.now)
      guard case .allowed = allowance else { return (allowance, nil as NamedAccount?) }
      return (allowance, try tx.first(namedAccount(attempt.name)))
    }
    let locks: Bool
    switch allowance {
    case .wait(let seconds): return .wait(seconds: seconds)
    case .allowed(let locksOnFailure): locks = locksOnFailure
    }
    let answer = try await passwords.answer(password, to: found?.terms)
    if let welcome = try await welcome(found, answer, attempt) { return .welcome(welcome) }
    try await recordFailure(of: found?.principal, locks: locks, attempt)
    return .wrong
  }

  private func attempt(_ visit: SignInVisit, _ typed: String, _ password: String) -> Attempt {
    let name = AccountName.normalised(typed)
    let device = DeviceCookie(keys: keys).device(of: name, in: visit.deviceCookie, now: visit.now)
    var subjects: [SignInSubject] = []
    if let device {
      subjects = [.device(name, device, keys: keys)]
    } else {
      subjects = [.account(name, keys: keys)]
      let network = visit.address.network
      if !network.isEmpty { subjects.append(.address(network, keys: keys)) }
    }
    return Attempt(
      visit: visit, name: name, password: password, device: device, subjects: subjects)
  }

  /// Opens the session; nil where the answer is wrong, or the account disabled or unknown.
  private func welcome(
    _ found: NamedAccount?, _ answer: String, _ attempt: Attempt
  ) async throws -> Welcome? {
    let (visit, now, token) = (attempt.visit, attempt.visit.now, SessionToken())
    let principal = found?.principal.shown(by: .session(token.hash))
    let mustChange = try await databases.transactionOnIdentity(of: principal, signingIn: token.hash)
    { tx -> Bool? in
      let opened = openSession(
        of: attempt.name, answer: answer, tokenHash: token.hash, from: visit.address.text, at: now)
      guard let mustChange = try tx.first(opened), let principal else { return nil }
      try tx.forgive(attempt.subjects, now: now)
      try tx.execute(forgottenFailures(before: now.addingTimeInterval(-48 * 3600)))
      try tx.audit(.account(.signIn, principal.accountID), by: origin(of: principal, visit))
      return mustChange
    }
    guard let mustChange, let principal, let terms = found?.terms else { return nil }
    try await renew(terms, answer, of: principal, attempt)
    try await endFormerSession(of: visit)
    let device = DeviceCookie(keys: keys).renewed(
      for: attempt.name, known: attempt.device, in: visit.deviceCookie, now: now)
    return Welcome(
      session: Session(
        principal: principal, tokenHash: token.hash, mustChangePassword: mustChange, passwordAt: now
      ),
      cookies: [.session(token), device])
  }

  /// The same password at today's cost, when it was stored at another.
  private func renew(
    _ terms: String, _ answer: String, of principal: Principal, _ attempt: Attempt
  ) async throws {
    guard passwords.isOutdated(terms) else { return }
    let renewed = try await passwords.hash(attempt.password)
    _ = try await databases.transactionOnIdentity(of: principal) { tx in
      try tx.one(renewPassword(answer, as: renewed, at: attempt.visit.now))
    }
  }

  /// The token that this browser came with is worth nothing any more, whoever it belonged to.
  private func endFormerSession(of visit: SignInVisit) async throws {
    guard let former = visit.formerToken?.hash else { return }
    try await databases.transactionOfNobody { tx in
      _ = try tx.execute(endSession(tokenHash: former))
    }
  }

  private func recordFailure(
    of principal: Principal?, locks: Bool, _ attempt: Attempt
  ) async throws {
    let visit = attempt.visit
    let site = try? await site.current()
    guard let origin = principal.map({ origin(of: $0, visit) }) ?? strangerOrigin(site, visit)
    else { return }
    let counted = attempt.device == nil ? "stranger" : "known_device"
    try await databases.transactionSigningIn(account: "") { tx in
      var event = AuditEvent.account(.signIn, principal?.accountID)
      event.result = .failed
      event.after = ["counted_as": counted]
      try tx.audit(event, by: origin)
      if locks {
        event.action = .lockSignIn
        event.result = .done
        try tx.audit(event, by: origin)
      }
    }
  }

  private func origin(of principal: Principal, _ visit: SignInVisit) -> AuditOrigin {
    .staff(principal, address: visit.address.text, reference: visit.reference, at: visit.now)
  }

  private func strangerOrigin(_ site: Site?, _ visit: SignInVisit) -> AuditOrigin? {
    site.map {
      .stranger(
        area: $0.area, address: visit.address.text, reference: visit.reference, at: visit.now)
    }
  }
}

extension AuditEvent {
  /// Something about an account.
  static func account(_ action: AuditAction, _ id: AccountID?) -> AuditEvent {
    AuditEvent(action: action, entity: "accounts", entityID: id?.description)
  }
}
