import Domain
import Foundation
import HTML
import HTTPTypes
import Logging
import Synchronization
import Testing
import WebTesting

@testable import Web

/// A small site with one route of every kind.
struct TestSite {
  static let time = Date(timeIntervalSince1970: 1_629_856_800)

  let sessions = MemorySessions()
  let log = LogKeeper()
  let seen = Seen()
  var configuration: WebConfiguration
  var large = UploadLimits()

  init() {
    let folder = FileManager.default.temporaryDirectory.path + "/web-tests-\(UUID().uuidString)"
    let keeper = log
    configuration = WebConfiguration(
      secret: Array("a secret for tests".utf8), uploadFolder: folder,
      logger: Logger(label: "test") { _ in KeptLog(keeper: keeper) })
    configuration.sessions = sessions
    configuration.passwordChange = PagePath("/password")
    configuration.now = { TestSite.time }
    configuration.webError = { $0 is DatabaseAway ? .unavailable : nil }
  }

  var routes: RouteTable {
    let seen = seen
    var routes = RouteTable()
    routes.get(PagePath("/"), .public) { request in
      .page("<p>\(optional: request.flash) \(optional: request.query["q"])</p>")
    }
    routes.get(PagePath("/form"), .public) { request in .page(FormView.csrf(request.csrf)) }
    routes.get(PagePath("/fault"), .public) { _ in throw Fault(secret: "350423199001011234") }
    routes.get(PagePath("/away"), .public) { _ in throw DatabaseAway() }
    routes.get(PagePath("/busy"), .public) { _ in
      throw WebError.tooManyRequests(retryAfterSeconds: 30)
    }
    routes.get(PagePath("/flash"), .public) { _ in
      .redirect(to: Link(verbatim: "/"), flash: "已保存：第 1 条")
    }
    routes.get(PagePath("/desk"), .signedIn) { request in
      .page("<p>\(try request.principal.displayName)</p>\(FormView.csrf(request.csrf))")
    }
    routes.get(PagePathOf<CaseID>("/desk/cases/:id"), .needs(.viewCases)) { _, id in
      .page("<p>案件 \(id.rawValue)</p>")
    }
    routes.post(PagePath("/desk/notes"), .needs(.workCases), bodyLimit: 2000) { _, fields in
      seen.add(fields)
      return .redirect(to: Link(verbatim: "/desk"))
    }
    routes.post(PagePath("/form"), .public, bodyLimit: 2000) { _, fields in
      seen.add(fields)
      return .redirect(to: Link(verbatim: "/"))
    }
    routes.post(PagePath("/logout"), .signedIn) { _, _ in
      .redirect(to: Link(verbatim: "/")).settingCookie(.expired(Cookie.sessionName))
    }
    addUploads(to: &routes)
    let page = FixedResponse("<p>进展</p>" as HTML)
    routes.fixed(PagePath("/progress")) { _ in page }
    routes.fixed(PagePath("/progress.json")) { _ in throw WebError.unavailable }
    return routes
  }

  private func addUploads(to routes: inout RouteTable) {
    let seen = seen
    let small = UploadLimits(files: 2, fileBytes: 1000, totalBytes: 4000)
    routes.upload(PagePath("/photos"), .public, limits: small) { _, upload in
      seen.add(upload)
      return .redirect(to: Link(verbatim: "/"))
    }
    var reporting = small
    reporting.excess = .report
    routes.upload(PagePath("/reported"), .public, limits: reporting) { _, upload in
      seen.add(upload)
      return .page("<p>\(upload.problems, { "<b>\($0.message)</b>" })</p>")
    }
    routes.upload(PagePath("/large"), .public, limits: large) { _, upload in
      seen.add(upload)
      return .redirect(to: Link(verbatim: "/"))
    }
    routes.upload(PagePath("/broken"), .public, limits: small) { _, upload in
      seen.add(upload)
      throw Fault(secret: "")
    }
  }

  func responder() throws -> WebResponder { try routes.build(configuration) }

  func test<Value>(
    _ line: TestLine = .direct, _ body: @Sendable (TestClient) async throws -> Value
  ) async throws -> Value {
    let responder = try responder()
    defer { try? FileManager.default.removeItem(atPath: configuration.uploadFolder) }
    return try await responder.test(line, logger: configuration.logger, body)
  }

  /// The names of the files in the upload folder.
  var spooled: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: configuration.uploadFolder)) ?? ["?"]
  }
}

struct Fault: Error { let secret: String }
struct DatabaseAway: Error {}

/// What handlers were given.
final class Seen: Sendable {
  private let state = Mutex<
    (fields: [FormFields], uploads: [Upload], files: [[UInt8]], modes: [Int])
  >(
    ([], [], [], []))

  var fields: [FormFields] { state.withLock { $0.fields } }
  var uploads: [Upload] { state.withLock { $0.uploads } }
  var files: [[UInt8]] { state.withLock { $0.files } }
  var modes: [Int] { state.withLock { $0.modes } }

  func add(_ fields: FormFields) { state.withLock { $0.fields.append(fields) } }

  func add(_ upload: Upload) {
    let paths = upload.allFiles.map(\.path)
    let files = paths.map { Array(FileManager.default.contents(atPath: $0) ?? Data()) }
    let modes = paths.map { path in
      var status = stat()
      return lstat(path, &status) == 0 ? Int(status.st_mode & 0o777) : -1
    }
    state.withLock {
      $0.uploads.append(upload)
      $0.files += files
      $0.modes += modes
    }
  }
}

final class MemorySessions: SessionStore {
  private let sessions = Mutex<[[UInt8]: Session]>([:])

  func session(tokenHash: [UInt8], address: String, now: Date) async throws -> Session? {
    sessions.withLock { $0[tokenHash] }
  }

  func signIn(_ role: Role, mustChangePassword: Bool = false) throws -> HTTPFields {
    let token = SessionToken()
    let area = try #require(AreaCode("350423"))
    let principal = Principal(
      accountID: AccountID(rawValue: 1), account: "zhujian", displayName: "张小丰", role: role,
      area: area)
    sessions.withLock {
      $0[token.hash] = Session(
        principal: principal, tokenHash: token.hash, mustChangePassword: mustChangePassword)
    }
    return [.cookie: "portal_session=\(token.text)"]
  }

  func endAll() { sessions.withLock { $0 = [:] } }
}

/// What was logged.
final class LogKeeper: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }
}

struct KeptLog: LogHandler {
  let keeper: LogKeeper
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  init(keeper: LogKeeper) { self.keeper = keeper }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    keeper.add("\(event.level) \(event.message) \(all)")
  }
}
