import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// Asks somebody who is signed in for their password once more. Apart from sign-in, so that no stranger can lock it.
struct PasswordAsking: Sendable {
  let services: Services
  let passwords: PasswordHasher
  /// What a failure is recorded as.
  let action: AuditAction

  enum Verdict: Sendable {
    /// With what the database compares: it takes the password once more in the same form.
    case right(answer: String)
    case wrong
    case wait(seconds: Int)
  }

  /// The session remembers a right answer: for some minutes nobody asks again.
  func verdict(on password: String, _ request: WebRequest) async throws -> Verdict {
    let (principal, now) = (try request.principal, request.now)
    let subject = SignInSubject.passwordChange(principal.account, keys: services.keys)
    let databases = services.databases
    let (allowance, terms) = try await databases.transactionOnIdentity(of: principal) { tx in
      (
        try tx.reserveTry(of: [subject], now: now),
        try tx.first(namedAccount(principal.account))?.terms
      )
    }
    if case .wait(let seconds) = allowance { return .wait(seconds: seconds) }
    let answer = try await passwords.answer(password, to: terms)
    let isRight = try await databases.transactionOnIdentity(of: principal) { tx in
      guard try tx.one(confirmPassword(answer, at: now)) else { return false }
      try tx.forgive([subject], now: now)
      return true
    }
    if isRight { return .right(answer: answer) }
    try await recordFailure(request)
    return .wrong
  }

  private func recordFailure(_ request: WebRequest) async throws {
    let (principal, origin) = (try request.principal, try request.auditOrigin)
    try await services.databases.transactionOnIdentity(of: principal) { tx in
      var event = AuditEvent.account(action, principal.accountID)
      event.result = .failed
      try tx.audit(event, by: origin)
    }
  }
}
