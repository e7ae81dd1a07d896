import Domain
import Foundation
import Postgres
import Web

/// Proves who somebody is.
///
/// An unknown name, a wrong password and a disabled account take the same way: the same statements,
/// one hash, one event.
struct SignIn: Sendable {
  let services: Services

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
    let name: String
    let password: String
    let device: KnownDevice?
    let subjects: [SignInSubject]
  }

  func outcome(of request: WebRequest, account typed: String, password: String) async throws
    -> Outcome
  {
    let attempt = attempt(request, typed, password)
    let now = request.now
    let (allowance, found) = try await services.databases.transactionSigningIn(
      account: AccountName.isValid(attempt.name) ? attempt.name : ""
    ) { tx in
      let allowance = try tx.reserveTry(of: attempt.subjects, now: now)
      guard case .allowed = allowance else { return (allowance, nil as Credentials?) }
      return (allowance, try tx.first(credentials(of: attempt.name)))
    }
    guard case .allowed(let locks) = allowance else {
      guard case .wait(let seconds) = allowance else { return .wrong }
      return .wait(seconds: seconds)
    }
    let isRight = try await services.passwords.verify(
      attempt.password, against: found?.passwordHash)
    if isRight, let found, !found.isDisabled,
      let welcome = try await welcome(found, attempt, request)
    {
      return .welcome(welcome)
    }
    try await recordFailure(of: found?.principal, locks: locks, attempt, request)
    return .wrong
  }

  private func attempt(_ request: WebRequest, _ typed: String, _ password: String) -> Attempt {
    let keys = services.keys
    let name = AccountName.normalised(typed)
    let device = DeviceCookie(keys: keys).device(
      of: name, in: request.cookie(DeviceCookie.name), now: request.now)
    let subjects: [SignInSubject]
    if let device {
      subjects = [.device(name, device, keys: keys)]
    } else {
      let network = request.clientAddress.network
      subjects =
        [.account(name, keys: keys)]
        + (network.isEmpty ? [] : [.address(network, keys: keys)])
    }
    return Attempt(name: name, password: password, device: device, subjects: subjects)
  }

  /// Opens the session; nil if the account was disabled or got another password meanwhile.
  private func welcome(
    _ found: Credentials, _ attempt: Attempt, _ request: WebRequest
  ) async throws -> Welcome? {
    let (now, token, principal) = (request.now, SessionToken(), found.principal)
    let renewed = try await renewedHash(found, attempt)
    let origin = origin(of: principal, request)
    let isOpen = try await services.databases.transactionOnIdentity(of: principal) { tx in
      guard try tx.first(unchangedAccount(found)) != nil else { return false }
      if let renewed {
        try tx.execute(
          replacePassword(
            of: principal.accountID, old: found.passwordHash, new: renewed, at: now))
      }
      try tx.forgive(attempt.subjects, now: now)
      try tx.execute(forgottenFailures(before: now.addingTimeInterval(-48 * 3600)))
      try tx.execute(endExpiredSessions(of: principal.accountID, now: now))
      try tx.execute(newSession(tokenHash: token.hash, account: principal.accountID, now: now))
      try tx.audit(.account("sign_in", principal.accountID), by: origin)
      return true
    }
    guard isOpen else { return nil }
    try await endFormerSession(of: request)
    let device = DeviceCookie(keys: services.keys).renewed(
      for: attempt.name, known: attempt.device, in: request.cookie(DeviceCookie.name), now: now)
    return Welcome(
      session: Session(
        principal: principal, tokenHash: token.hash,
        mustChangePassword: found.mustChangePassword),
      cookies: [.session(token), device])
  }

  /// The same password at today's cost, when its hash is of another.
  private func renewedHash(_ found: Credentials, _ attempt: Attempt) async throws -> String? {
    guard services.passwords.isOutdated(found.passwordHash) else { return nil }
    return try await services.passwords.hash(attempt.password)
  }

  /// The token that this browser came with is worth nothing any more, whoever it belonged to.
  private func endFormerSession(of request: WebRequest) async throws {
    guard let former = request.sessionToken?.hash else { return }
    try await services.databases.transactionOnSession(tokenHash: former) { tx in
      _ = try tx.execute(endSession(tokenHash: former))
    }
  }

  private func recordFailure(
    of principal: Principal?, locks: Bool, _ attempt: Attempt, _ request: WebRequest
  ) async throws {
    let site = try? await services.site.current()
    guard let origin = principal.map({ origin(of: $0, request) }) ?? strangerOrigin(site, request)
    else { return }
    let counted = attempt.device == nil ? "stranger" : "known_device"
    try await services.databases.transactionSigningIn(account: "") { tx in
      var event = AuditEvent.account("sign_in", principal?.accountID)
      event.result = .failed
      event.after = ["counted_as": counted]
      try tx.audit(event, by: origin)
      if locks {
        event.action = "lock_sign_in"
        event.result = .done
        try tx.audit(event, by: origin)
      }
    }
  }

  private func origin(of principal: Principal, _ request: WebRequest) -> AuditOrigin {
    .staff(
      principal, address: request.clientAddress.text, reference: request.id, at: request.now)
  }

  private func strangerOrigin(_ site: Site?, _ request: WebRequest) -> AuditOrigin? {
    site.map {
      .stranger(
        area: $0.area, address: request.clientAddress.text, reference: request.id,
        at: request.now)
    }
  }
}

extension AuditEvent {
  /// Something about an account.
  static func account(_ action: String, _ id: AccountID?) -> AuditEvent {
    AuditEvent(action: action, entity: "accounts", entityID: id?.description)
  }
}
