import Domain
import Synchronization

/// What drawing a page turned out to need of its answer: a visitor cookie, an end of the flash
/// message, no caching.
final class Exchange: Sendable {
  private struct State {
    var visitor: String?
    var isNewVisitor = false
    var usesToken = false
    var takesFlash = false
  }

  private let state = Mutex(State())

  /// The visitor cookie's value; a new one when the browser has none.
  func visitor(of request: WebRequest) -> String {
    state.withLock { state in
      state.usesToken = true
      if let visitor = state.visitor { return visitor }
      if let known = Self.knownVisitor(of: request) {
        state.visitor = known
        return known
      }
      let visitor = hexadecimal(randomBytes(16))
      state.visitor = visitor
      state.isNewVisitor = true
      return visitor
    }
  }

  static func knownVisitor(of request: WebRequest) -> String? {
    guard let value = request.cookie(Cookie.visitorName), value.utf8.count == 32,
      value.utf8.allSatisfy({ isHexadecimal($0) })
    else { return nil }
    return value
  }

  func tokenWasUsed() { state.withLock { $0.usesToken = true } }
  func flashWasTaken() { state.withLock { $0.takesFlash = true } }

  /// Whether the page holds a form of this browser, so that it may not be kept.
  var usesToken: Bool { state.withLock { $0.usesToken } }

  /// The cookies that the answer must set.
  var cookies: [Cookie] {
    state.withLock { state in
      var cookies: [Cookie] = []
      if state.isNewVisitor, let visitor = state.visitor {
        cookies.append(Cookie(name: Cookie.visitorName, value: visitor))
      }
      if state.takesFlash { cookies.append(.expired(Cookie.flashName)) }
      return cookies
    }
  }
}
