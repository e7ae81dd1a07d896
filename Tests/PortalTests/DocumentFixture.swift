import Domain
import Foundation
import TestSupport

/// A case whose tenant refuses to leave, and its documents in the browsers of those who work it. The day is 20 August
/// 2021.
struct DocumentFixture {
  let work: CaseWorkFixture
  let address: String

  init(_ nature: ExitNature = .sublet, upTo state: CaseState = .refused) async throws {
    work = try await CaseWorkFixture()
    address = try await work.open(nature)
    let steps: [(CaseState, CaseAction, Bool)] = [
      (.verified, .verify, true), (.noticed, .serveNotice, false), (.noticed, .hear, false),
      (.decided, .decide, true), (.moving, .startMoving, false), (.refused, .recordRefusal, false),
      (.demanded, .demand, false),
    ]
    guard let last = steps.lastIndex(where: { $0.0 == state }) else { return }
    for (_, action, isForTwo) in steps[...last] {
      _ =
        isForTwo
        ? try await work.both(action, of: address) : try await work.take(action, of: address)
    }
  }

  var officer: Browser { work.officer }
  var site: TestPortal { work.base.site }

  func lines(_ sql: String) async throws -> [String] { try await work.base.register.lines(sql) }

  /// The form of a new document, filled with what its kind asks for beside what the portal knows.
  func form(
    _ kind: DocumentKind, as browser: Browser? = nil, _ typed: [String: String] = [:]
  ) async throws -> PageForm {
    let page = try await (browser ?? officer).open("\(address)/documents/new?kind=\(kind.rawValue)")
    let form = try page.form(to: "\(address)/documents/new")
    let known = Self.usual.merging(typed) { _, own in own }
    return try known.filter { form.has($0.key) }.sorted { $0.key < $1.key }
      .reduce(form) { try $0.fill([$1.key: $1.value]) }
  }

  func draft(
    _ kind: DocumentKind, as browser: Browser? = nil, _ typed: [String: String] = [:]
  ) async throws -> Page {
    try await form(kind, as: browser, typed).submit()
  }

  /// The form with which a draft is issued.
  func issueForm(_ draft: Page, as browser: Browser? = nil) async throws -> PageForm {
    let address = Self.path(draft) + "/issue"
    return try await (browser ?? officer).open(address).form(to: address).fill(["confirmed": "yes"])
  }

  func issue(_ kind: DocumentKind, _ typed: [String: String] = [:]) async throws -> Page {
    try await issueForm(try await draft(kind, typed)).submit()
  }

  func serve(_ document: Page, _ typed: KeyValuePairs<String, String>) async throws -> Page {
    let address = Self.path(document) + "/service"
    return try await officer.open(address).form(to: address).fill(typed).submit()
  }

  /// The address without what stands behind it.
  static func path(_ page: Page) -> String { String(page.address.prefix { $0 != "?" }) }

  static let usual: [String: String] = [
    "term": "2021-09-10", "answer_by": "2021-09-01", "evidence": "走访记录、询问笔录", "measures": "立即整改",
    "claims": "判令被告腾退住房", "recipient": "清流县纪委监委", "subject": "请依纪依法处理", "outcome": "房屋已经交回",
    "opinion": "建议结案",
  ]
}
