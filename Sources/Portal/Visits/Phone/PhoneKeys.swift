import Domain
import Foundation
import Ground
import Pages
package import Postgres
package import Web

/// A browser that keeps visits, as its cookie names it.
struct PhoneDevice: Sendable {
  static let cookieName = "portal_phone"
  private static let lifetime = 400 * 24 * 3600

  let id: UUID

  /// One that was never here.
  init() { id = UUID() }

  /// The one that asks; nil where it keeps no visits.
  init?(_ request: WebRequest) {
    guard let cookie = request.cookie(Self.cookieName),
      let id = UUID(uuidString: String(cookie.prefix(36)))
    else { return nil }
    self.id = id
  }

  /// Scripts read it: they ask before somebody signs out of a browser that keeps visits, and end there what ended here.
  ///
  /// - Parameter gone: whose key has ended, which stands behind the id.
  func cookie(withoutKeyOf gone: AccountID? = nil) -> Cookie {
    let value = id.uuidString.lowercased() + (gone.map { "_\($0)" } ?? "")
    return Cookie(
      name: Self.cookieName, value: value, maxAge: Self.lifetime, isForScripts: true)
  }
}

/// `POST /desk/visits/phone/key`
struct PhoneKeyHandlers: Sendable {
  let services: Services

  private struct Handed: Encodable {
    let key: String
    /// Whether it is new: what the phone has sealed before cannot be read any more.
    let isNew: Bool
  }

  func handOutKey(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let actor = try request.actingPerson
    let device = PhoneDevice(request) ?? PhoneDevice()
    let keys = services.keys
    let (key, isNew) = try await services.databases.transaction(as: actor.principal) { tx in
      try tx.phoneKey(of: device, by: actor, keys: keys)
    }
    return try .json(Handed(key: Data(key).base64EncodedString(), isNew: isNew))
      .settingCookie(device.cookie())
  }
}

extension VisitRoutes {
  /// Whoever signs out takes the key of this phone along: what it still keeps of theirs cannot be read any more. A
  /// session that merely ends leaves it: signed in again, they send what was left.
  package static let keyEnds: @Sendable (Transaction, WebRequest) throws -> Cookie? = {
    tx, request in
    guard let device = PhoneDevice(request) else { return nil }
    let (account, origin) = (try request.principal.accountID, try request.auditOrigin)
    let ended = try tx.execute(
      """
      DELETE FROM visit_phone_keys
      WHERE account_id = \(account) AND device = \(device.id.uuidString)::uuid
      """)
    guard ended > 0 else { return nil }
    try tx.audit(
      AuditEvent(action: .dropPhoneKey, entity: "accounts", entityID: account.description),
      by: origin)
    return device.cookie(withoutKeyOf: account)
  }
}

extension Transaction {
  /// The 32 bytes with which a phone seals what it keeps for somebody; made where there are none yet.
  fileprivate func phoneKey(
    of device: PhoneDevice, by actor: ActingPerson, keys: KeyRing
  ) throws -> (key: [UInt8], isNew: Bool) {
    let account = actor.principal.accountID
    let fresh = (0..<32).map { _ in UInt8.random(in: 0...255) }
    // Of two tabs that ask at once, the second waits for the first and takes its key.
    let made = try execute(
      """
      INSERT INTO visit_phone_keys (account_id, device, area, key_sealed, made_at)
      VALUES (\(account), \(device.id.uuidString)::uuid, \(actor.principal.area),
        \(try keys.seal(fresh, for: .phoneKey, of: account)), \(actor.now))
      ON CONFLICT DO NOTHING
      """)
    if made > 0 {
      try audit(
        AuditEvent(action: .keepPhoneKey, entity: "accounts", entityID: account.description),
        by: actor.origin)
    }
    let sealed = try one(
      Query<[UInt8]>(
        """
        SELECT key_sealed FROM visit_phone_keys
        WHERE account_id = \(account) AND device = \(device.id.uuidString)::uuid
        """))
    return (try keys.open(sealed, for: .phoneKey, of: account), made > 0)
  }
}
