import Crypto
import Domain
import HTML
import HTTPTypes
import Pages
import Web

/// The phone's page and its service worker.
struct PhoneHandlers: Sendable {
  let services: Services

  /// `GET /desk/visits/phone`
  func showPage(_ request: WebRequest) async throws -> WebResponse {
    .page(page(request).html)
  }

  /// `GET /desk/visits/worker.js`: what the page is made of, and the version by which a browser sees that it is
  /// another one. Anybody may have it: a browser looks for a new one when nobody is signed in too.
  func showWorker(_ request: WebRequest) async throws -> WebResponse {
    let page = page(request)
    let version = hexadecimal(Array(SHA256.hash(data: page.html.utf8)).prefix(8))
    let shell = JSONValue.object([
      .init("version", .string(version)),
      .init("page", .string(Paths.visitPhone.link.url)),
      .init("parts", .array(page.parts.map { .string($0) })),
    ])
    let script = """
      self.shell = \(String(decoding: shell.utf8, as: UTF8.self));
      importScripts("\(request.asset("/visit-worker.js"))");

      """
    return .bytes(Array(script.utf8), type: "text/javascript; charset=utf-8")
  }

  private func page(_ request: WebRequest) -> PhonePage {
    PhonePage(site: services.site.settings, asset: request.asset)
  }
}
