import Domain
import Foundation
import Ground
import Web

/// A browser that an account has signed in from: what it carries is signed for that account, so its
/// failures are counted apart from those of strangers, who thereby cannot lock it out.
///
/// Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.
struct KnownDevice: Sendable, Equatable {
  /// 16 random bytes in hexadecimal digits.
  let id: String
  /// When it signed in last, in seconds since 1970.
  let since: Int
}

/// The cookie that makes browsers known, signed and without anybody's name: one entry for each
/// account that used the browser, the newest first.
struct DeviceCookie: Sendable {
  static let name = "portal_device"
  static let lifetime = 180 * 24 * 3600
  static let mostAccounts = 4

  let keys: KeyRing

  /// The browser as this account knows it, or nil.
  func device(of account: String, in cookie: String?, now: Date) -> KnownDevice? {
    entries(cookie).lazy.compactMap { verified($0, account: account, now: now) }.first
  }

  /// The cookie after a sign-in of the account. A browser that is known keeps its id.
  func renewed(for account: String, known: KnownDevice?, in cookie: String?, now: Date) -> Cookie {
    let since = Int(now.timeIntervalSince1970)
    let id = known?.id ?? String(SessionToken().text.prefix(32))
    let own = entry(KnownDevice(id: id, since: since), account: account)
    let others = entries(cookie).filter { verified($0, account: account, now: now) == nil }
    let value = ([own] + others.prefix(Self.mostAccounts - 1)).joined(separator: "_")
    return Cookie(name: Self.name, value: value, maxAge: Self.lifetime)
  }

  private func entries(_ cookie: String?) -> [String] {
    guard let cookie, cookie.utf8.count < 1000 else { return [] }
    return cookie.split(separator: "_").prefix(Self.mostAccounts).map { String($0) }
  }

  private func entry(_ device: KnownDevice, account: String) -> String {
    "\(device.id).\(device.since).\(hexadecimal(code(of: device, account: account)))"
  }

  private func verified(_ entry: String, account: String, now: Date) -> KnownDevice? {
    let parts = entry.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let since = Int(parts[1]),
      since > Int(now.timeIntervalSince1970) - Self.lifetime
    else { return nil }
    let device = KnownDevice(id: String(parts[0]), since: since)
    let expected = Array(hexadecimal(code(of: device, account: account)).utf8)
    return constantTimeEqual(Array(parts[2].utf8), expected) ? device : nil
  }

  private func code(of device: KnownDevice, account: String) -> [UInt8] {
    keys.hash("device-cookie|\(account)|\(device.id)|\(device.since)", of: .signInSubject)
  }
}
