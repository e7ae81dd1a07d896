import Domain
import Foundation
import HTTPTypes
import TestSupport
import Web

@testable import Portal

/// What every page of the portal keeps to, whoever sees it.
struct PageRules {
  let routes: [RouteEntry]
  let files: Set<String>

  init(_ site: TestPortal) throws {
    routes = site.portal.routes.entries
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Public").path()
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    files = Set(names.map { "/" + $0 })
  }

  /// What is wrong with a page; empty when nothing is.
  func problems(of page: Page) -> [String] {
    guard page.isHTML else { return headerProblems(page) }
    return headerProblems(page) + structureProblems(page) + labelProblems(page)
      + inlineProblems(page) + linkProblems(page) + addressProblems(page)
  }

  /// What somebody types may be a name or a number: no form puts it into an address.
  private func addressProblems(_ page: Page) -> [String] {
    page.all("form").filter { $0["method"]?.lowercased() != "post" }.flatMap { form in
      page.tags[form.position..<form.end].filter { tag in
        tag.name == "textarea"
          || tag.name == "input"
            && !["hidden", "checkbox", "radio", "submit", "date"].contains(tag["type"] ?? "text")
      }.map { "typed into an address: \($0["name"] ?? "")" }
    }
  }

  func headerProblems(_ page: Page) -> [String] {
    let expected = [
      "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
      "Cross-Origin-Opener-Policy": "same-origin",
    ]
    var problems = expected.filter { page.header($0.key) != $0.value }.map { "header \($0.key)" }
    let policy = page.header("Content-Security-Policy") ?? ""
    for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]
    where !policy.contains(rule) {
      problems.append("policy without \(rule)")
    }
    if policy.contains("unsafe") { problems.append("unsafe policy") }
    if page.header("Permissions-Policy") == nil { problems.append("header Permissions-Policy") }
    return problems
  }

  private func structureProblems(_ page: Page) -> [String] {
    var problems: [String] = []
    if page.all("h1").count != 1 { problems.append("\(page.all("h1").count) h1") }
    if page.all("html").first?["lang"] != "zh-CN" { problems.append("lang") }
    if page.all("main").count != 1 { problems.append("main") }
    if page.all("title").first?.text.isEmpty != false { problems.append("title") }
    let ids = page.tags.compactMap { $0["id"] }
    if Set(ids).count != ids.count { problems.append("an id twice") }
    problems += page.all("img").filter { $0["alt"] == nil }.map { _ in "img without alt" }
    return problems
  }

  private func labelProblems(_ page: Page) -> [String] {
    let labels = Set(page.all("label").compactMap { $0["for"] })
    let unlabelled = page.tags.filter { tag in
      guard ["input", "select", "textarea"].contains(tag.name),
        !["hidden", "submit", "button"].contains(tag["type"] ?? "")
      else { return false }
      return !(tag["id"].map { labels.contains($0) } ?? false) && tag["aria-label"] == nil
    }
    let nameless = page.all("button").filter {
      $0.text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty && $0["aria-label"] == nil
    }
    let ids = Set(page.tags.compactMap { $0["id"] })
    return unlabelled.map { "no label: \($0["name"] ?? "")" }
      + nameless.map { _ in "button without a name" }
      + labels.subtracting(ids).map { "label for nothing: \($0)" }
  }

  private func inlineProblems(_ page: Page) -> [String] {
    page.tags.flatMap { tag -> [String] in
      let handlers = tag.attributes.keys.filter { $0.hasPrefix("on") || $0 == "style" }
      let isInline = tag.name == "style" || (tag.name == "script" && !tag.text.isEmpty)
      return handlers.map { "inline \($0)" } + (isInline ? ["inline \(tag.name)"] : [])
    }
  }

  private func linkProblems(_ page: Page) -> [String] {
    var problems: [String] = []
    let ids = Set(page.tags.compactMap { $0["id"] })
    for tag in page.tags {
      for address in ["href", "src"].compactMap({ tag[$0] }) {
        if address.hasPrefix("#") {
          if !ids.contains(String(address.dropFirst())) { problems.append("no place \(address)") }
        } else if !leadsSomewhere(address) {
          problems.append("dead link \(address)")
        }
      }
    }
    for form in page.forms
    where route(form.isPost ? .post : .get, form.action) == nil {
      problems.append("form to nowhere: \(form.action)")
    }
    return problems
  }

  private func leadsSomewhere(_ address: String) -> Bool {
    address.hasPrefix("/")
      && (files.contains(path(address)) || route(.get, address) != nil)
  }

  private func path(_ address: String) -> String {
    String(address.prefix { $0 != "?" && $0 != "#" })
  }

  func route(_ method: HTTPRequest.Method, _ address: String) -> RouteEntry? {
    let given = path(address).split(separator: "/")
    return routes.first { route in
      let wanted = route.pattern.split(separator: "/")
      return route.method == method && wanted.count == given.count
        && zip(wanted, given).allSatisfy { wanted, given in
          wanted == given || wanted.hasPrefix(":id") && Int64(given) != nil
            || wanted == ":nature" && ExitNature(rawValue: String(given)) != nil
            || wanted == ":kind" && DocumentKind(rawValue: String(given)) != nil
        }
    }
  }
}

extension Page {
  func header(_ name: String) -> String? {
    headers.first { $0.name.canonicalName == name.lowercased() }?.value
  }
}
