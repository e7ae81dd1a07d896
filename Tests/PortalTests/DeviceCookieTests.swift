import Domain
import Foundation
import Testing
import Web

@testable import Accounts
@testable import Ground

@Suite struct DeviceCookieTests {
  let now = Date(timeIntervalSince1970: 1_627_800_000)

  @Test func `a browser is known to the account that used it, and to no other`() throws {
    let cookies = DeviceCookie(keys: try KeyRing(KeyFile.generate()))
    let cookie = cookies.renewed(for: "zhujian", known: nil, in: nil, now: now).value
    #expect(cookies.device(of: "zhujian", in: cookie, now: now) != nil)
    #expect(cookies.device(of: "minzheng", in: cookie, now: now) == nil)
    #expect(!cookie.contains("zhujian"))
  }

  @Test func `one browser can be known to several accounts and keeps its id`() throws {
    let cookies = DeviceCookie(keys: try KeyRing(KeyFile.generate()))
    let first = cookies.renewed(for: "zhujian", known: nil, in: nil, now: now).value
    let both = cookies.renewed(for: "minzheng", known: nil, in: first, now: now).value
    let known = try #require(cookies.device(of: "zhujian", in: both, now: now))
    #expect(cookies.device(of: "minzheng", in: both, now: now) != nil)
    let later = now.addingTimeInterval(60)
    let again = cookies.renewed(for: "zhujian", known: known, in: both, now: later).value
    #expect(cookies.device(of: "zhujian", in: again, now: later)?.id == known.id)
    #expect(again.split(separator: "_").count == 2)
  }

  @Test func `a changed, foreign or old cookie is worth nothing`() throws {
    let cookies = DeviceCookie(keys: try KeyRing(KeyFile.generate()))
    let cookie = cookies.renewed(for: "zhujian", known: nil, in: nil, now: now).value
    let other = DeviceCookie(keys: try KeyRing(KeyFile.generate()))
    #expect(other.device(of: "zhujian", in: cookie, now: now) == nil)
    #expect(
      cookies.device(of: "zhujian", in: "0" + cookie.dropFirst(), now: now) == nil
        || cookie.first == "0")
    let late = now.addingTimeInterval(Double(DeviceCookie.lifetime + 1))
    #expect(cookies.device(of: "zhujian", in: cookie, now: late) == nil)
    for nonsense in ["", ".", "..", "_", "a.b.c", "a.1.c_", String(repeating: "_", count: 2000)] {
      #expect(cookies.device(of: "zhujian", in: nonsense, now: now) == nil)
    }
  }
}
