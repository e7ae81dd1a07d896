package import HTTPTypes
import Logging
import NIOCore
package import Portal
import Synchronization
import WebTesting

/// A person's browser: keeps cookies, opens pages, follows redirects.
package final class Browser: Sendable {
  package static let userAgent = "Mozilla/5.0 (test; HarmonyOS) PortalBrowser/7.31"

  private let site: DirectSite
  /// The network address that it comes from.
  package let address: String
  private let jar = Mutex<[String: String]>([:])

  init(_ site: DirectSite, address: String) {
    self.site = site
    self.address = address
  }

  /// A browser for a portal that a test has made itself.
  package convenience init(_ portal: Portal, from address: String = "198.51.100.23") throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    self.init(DirectSite(responder: try portal.responder(), logger: logger), address: address)
  }

  /// Opens a page of the portal.
  package func open(_ link: String, following: Bool = true) async throws -> Page {
    try await request(.get, link, following: following)
  }

  /// Posts bytes.
  package func send(
    _ link: String, body: [UInt8], type: String? = "application/x-www-form-urlencoded",
    headers: HTTPFields = [:], following: Bool = false
  ) async throws -> Page {
    var headers = headers
    headers[.contentType] = type
    return try await request(.post, link, headers: headers, body: body, following: following)
  }

  /// Sends any request.
  package func request(
    _ method: HTTPRequest.Method, _ link: String, headers: HTTPFields = [:], body: [UInt8] = [],
    following: Bool = false
  ) async throws -> Page {
    let link = String(link.prefix { $0 != "#" })
    var fields = headers
    fields[.userAgent] = Self.userAgent
    let cookies = jar.withLock { jar in jar.sorted { $0.key < $1.key } }
    if !cookies.isEmpty {
      fields[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    // A form without a single field is a body too, if an empty one.
    let sent = method == .post || !body.isEmpty ? ByteBuffer(bytes: body) : nil
    let answer = try await site.answer(method, link, fields, sent, from: address)
    keep(answer.headers[values: .setCookie])
    let page = Page(browser: self, address: link, answer: answer)
    guard following, (301...303).contains(page.status), let next = page.location else {
      return page
    }
    return try await open(next)
  }

  private func keep(_ lines: [String]) {
    jar.withLock { jar in
      for line in lines {
        let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
        guard let name = pair.first.map(String.init) else { continue }
        let isGone = line.contains("Max-Age=0")
        jar[name] = isGone ? nil : pair.count > 1 ? String(pair[1]) : ""
      }
    }
  }

  package subscript(cookie name: String) -> String? {
    get { jar.withLock { $0[name] } }
  }

  /// Puts a cookie into the jar, or takes one out.
  package func setCookie(_ name: String, _ value: String?) {
    jar.withLock { $0[name] = value }
  }

  /// Signs in at the desk's door.
  @discardableResult
  package func signIn(_ account: String, _ password: String = TestPortal.password) async throws
    -> Page
  {
    try await open("/login").form().fill(["account": account, "password": password]).submit()
  }
}
