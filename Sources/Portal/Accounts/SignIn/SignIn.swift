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
      guard case .allowed = allowance else { return (allowance, nil as Credentials?) }
      return (allowance, try tx.first(credentials(of: attempt.name)))
    }
    let locks: Bool
    switch allowance {
    case .wait(let seconds): return .wait(seconds: seconds)
    case .allowed(let locksOnFailure): locks = locksOnFailure
    }
    let isRight = try await passwords.verify(password, against: found?.passwordHash)
    if isRight, let found, !found.isDisabled, let welcome = try await welcome(found, attempt) {
      return .welcome(welcome)
    }
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

  /// Opens the session; nil if the account was disabled or got another password meanwhile.
  private func welcome(_ found: Credentials, _ attempt: Attempt) async throws -> Welcome? {
    let (now, token, id) = (attempt.visit.now, SessionToken(), found.principal.accountID)
    let renewed = try await renewedHash(found, attempt)
    let origin = origin(of: found.principal, attempt.visit)
    let isOpen = try await databases.transactionOnIdentity(of: found.principal) { tx in
      guard try tx.first(unchangedAccount(found)) != nil else { return false }
      if let renewed {
        try tx.execute(replacePassword(of: id, old: found.passwordHash, new: renewed, at: now))
      }
      try tx.forgive(attempt.subjects, now: now)
      try tx.execute(forgottenFailures(before: now.addingTimeInterval(-48 * 3600)))
      try tx.execute(endExpiredSessions(of: id, now: now))
      try tx.execute(newSession(tokenHash: token.hash, account: id, now: now))
      try tx.audit(.account(.signIn, id), by: origin)
      return true
    }
    guard isOpen else { return nil }
    try await endFormerSession(of: attempt.visit)
    let device = DeviceCookie(keys: keys).renewed(
      for: attempt.name, known: attempt.device, in: attempt.visit.deviceCookie, now: now)
    return Welcome(
      session: Session(
        principal: found.principal, tokenHash: token.hash,
        mustChangePassword: found.mustChangePassword),
      cookies: [.session(token), device])
  }

  /// The same password at today's cost, when its hash is of another.
  private func renewedHash(_ found: Credentials, _ attempt: Attempt) async throws -> String? {
    guard passwords.isOutdated(found.passwordHash) else { return nil }
    return try await passwords.hash(attempt.password)
  }

  /// The token that this browser came with is worth nothing any more, whoever it belonged to.
  private func endFormerSession(of visit: SignInVisit) async throws {
    guard let former = visit.formerToken?.hash else { return }
    try await databases.transactionOnSession(tokenHash: former) { tx in
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
