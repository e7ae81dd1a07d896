import Foundation
package import HTTPTypes
import NIOCore
import WebTesting

/// What a person could not do on a page, because it is not there.
package struct NotOnPage: Error, CustomStringConvertible {
  package let description: String

  init(_ what: String, _ page: Page) {
    description = "\(what) is not on \(page.address) (\(page.status)): \(page.text.prefix(400))"
  }
}

/// An answer, read as a browser reads it.
package struct Page: Sendable {
  package let browser: Browser
  package let address: String
  package let status: Int
  package let headers: HTTPFields
  package let bytes: [UInt8]
  package let tags: [PageTag]
  /// What a person reads, with runs of white space made one space.
  package let text: String

  init(browser: Browser, address: String, answer: TestResponse) {
    self.browser = browser
    self.address = address
    status = answer.status.code
    headers = answer.headers
    bytes = Array(answer.body.readableBytesView)
    let isHTML = answer.headers[.contentType]?.hasPrefix("text/html") == true
    let reader = HTMLReader(isHTML ? String(decoding: bytes, as: UTF8.self) : "")
    tags = reader.tags
    text =
      isHTML
      ? reader.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      : String(decoding: bytes, as: UTF8.self)
  }

  /// The page as it was sent.
  package var source: String { String(decoding: bytes, as: UTF8.self) }

  package var isHTML: Bool { headers[.contentType]?.hasPrefix("text/html") == true }

  /// Where a redirect leads.
  package var location: String? { headers[.location] }

  package func all(_ name: String) -> [PageTag] { tags.filter { $0.name == name } }

  package func has(_ text: String) -> Bool { self.text.contains(text) }

  /// Whether a field of the page still holds what was typed.
  package func keeps(_ typed: String) -> Bool {
    tags.contains {
      ["input", "textarea"].contains($0.name) && ($0["value"] == typed || $0.text.contains(typed))
    }
  }

  package var heading: String? { all("h1").first?.text }

  /// The tag with this id.
  package func tag(id: String) throws -> PageTag {
    guard let tag = tags.first(where: { $0["id"] == id }) else { throw NotOnPage("#\(id)", self) }
    return tag
  }

  /// Where the links of the page lead, those to other sites and places of the page left out.
  package var links: [String] {
    all("a").compactMap { $0["href"] }.filter { $0.hasPrefix("/") }
  }

  /// The link whose text contains some words.
  package func link(_ words: String) throws -> String {
    guard let link = all("a").first(where: { $0.text.contains(words) })?["href"] else {
      throw NotOnPage("link “\(words)”", self)
    }
    return link
  }

  /// Clicks the link whose text contains some words.
  package func follow(_ words: String) async throws -> Page {
    try await browser.open(try link(words))
  }

  package var forms: [PageForm] { all("form").map { PageForm($0, self) } }

  /// The form that goes to an address or has a button with this text; else the first of the main
  /// part.
  package func form(to action: String? = nil, button: String? = nil) throws -> PageForm {
    let found = forms.first { form in
      if let action { return form.action == action }
      if let button { return form.buttons.contains { $0.text.contains(button) } }
      return form.action != "/logout"
    }
    guard let found else { throw NotOnPage("form \(action ?? button ?? "")", self) }
    return found
  }

  /// The messages of the error summary, each with the field it leads to.
  package var errors: [(field: String, message: String)] {
    guard let summary = tags.first(where: { $0["class"] == "error-summary" }) else { return [] }
    return tags[summary.position..<summary.end].filter { $0.name == "a" }
      .map { (String(($0["href"] ?? "").dropFirst()), $0.text) }
  }
}
