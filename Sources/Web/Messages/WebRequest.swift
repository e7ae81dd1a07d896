public import Domain
public import FoundationEssentials
public import HTML
public import HTTPTypes

/// A request as a handler sees it.
public struct WebRequest: Sendable {
  /// The reference number: short, shown on error pages and written in the log.
  public let id: String
  /// The route's path with its placeholders; empty when no route matched.
  public let pattern: String
  /// The path as it was asked for, still percent-encoded, without the query.
  public let path: String
  /// The decoded query string.
  public internal(set) var query: FormFields
  /// The running session, on public pages too; nil for people who are not signed in.
  public internal(set) var session: Session?
  /// The system that presented a token; only on routes of the machine interface, which know no session.
  public internal(set) var credential: APICredential?
  /// The time that this request counts as now.
  public let now: Date
  /// Where the request came from. Staff's goes into the audit; a citizen's is never kept.
  public let clientAddress: ClientAddress
  /// Whether it came over TLS.
  public let isSecure: Bool

  let head: HTTPRequest
  let server: WebServer
  let exchange: Exchange

  public var method: HTTPRequest.Method { head.method }
  public var headers: HTTPFields { head.headerFields }

  /// The person signed in, or the account that a system acts for.
  ///
  /// - Throws: `WebError.signInNeeded` when there is none.
  public var principal: Principal {
    get throws {
      if let session { return session.principal }
      guard let credential else { throw WebError.signInNeeded }
      return credential.principal
    }
  }

  /// The person signed in, or nil.
  public var visitorPrincipal: Principal? { session?.principal }

  /// The person signed in, if they have typed their password in the last minutes.
  ///
  /// - Parameter back: the page to come back to, where this request is not one.
  /// - Throws: `WebError.passwordNeeded` when it was longer ago; `WebError.signInNeeded`.
  public func confirmedPrincipal(orBackTo back: Link? = nil) throws -> ConfirmedPrincipal {
    guard let session else { throw WebError.signInNeeded }
    guard let passwordAt = session.passwordAt,
      now.timeIntervalSince(passwordAt) < passwordIsFreshFor
    else { throw WebError.passwordNeeded(back) }
    return ConfirmedPrincipal(session.principal)
  }

  /// For so many seconds after it was typed nobody asks for the password again.
  public var passwordIsFreshFor: Double { server.configuration.passwordIsFreshFor }

  /// Throws `WebError.forbidden` unless the person signed in holds the permission.
  public func demand(_ permission: Permission) throws {
    guard try principal.may(permission) else { throw WebError.forbidden }
  }

  /// The value of a cookie.
  public func cookie(_ name: String) -> String? {
    cookies[name]
  }

  /// The cookies by name.
  public var cookies: Cookies {
    Cookies(lines: headers[values: .cookie], isHostOnly: server.configuration.isSecure)
  }

  /// The address of a static file with its digest, for whoever has to say exactly what a page is made of.
  public func asset(_ path: String) -> String { server.configuration.staticFiles.url(path) }

  /// Whether a script of ours asks (`X-Requested-With: script`): it wants to be told in words what a person would be
  /// shown a page about, or led to.
  var isFromScript: Bool { headers[.requestedWith] == "script" }

  /// As a route of the fast lane sees it.
  var fixed: FixedRequest { FixedRequest(head: head, isSecure: server.configuration.isSecure) }

  /// The token of the session cookie, for instance to end that session.
  public var sessionToken: SessionToken? {
    cookie(Cookie.sessionName).flatMap { SessionToken($0) }
  }

  /// The token that every form carries in its hidden field `csrf`. Asking for it gives people who
  /// are not signed in a visitor cookie.
  public var csrf: String {
    if let session {
      exchange.tokenWasUsed()
      return server.csrf.token(.session, binding: session.tokenHash, now: now)
    }
    return server.csrf.token(.visitor, binding: Array(exchange.visitor(of: self).utf8), now: now)
  }

  /// The message that the page before left for this one, once.
  public var flash: String? {
    guard let value = cookie(Cookie.flashName) else { return nil }
    exchange.flashWasTaken()
    return server.flash.message(value, now: now)
  }

  /// The local address in the field or query item `next`, for going on after sign-in; nil when it
  /// is missing or leads anywhere but to a page of this site.
  public func next(in fields: FormFields? = nil) -> Link? {
    ((fields ?? query)["next"]).flatMap { Link(local: $0) }
  }

  /// This page's own address with its query.
  public var link: Link {
    head.path.flatMap { Link(local: $0) } ?? Link(verbatim: "/")
  }
}

/// Cookies by name.
public struct Cookies: Sendable {
  let lines: [String]
  let isHostOnly: Bool

  public subscript(_ name: String) -> String? {
    Cookie.value(Cookie.name(name, isHostOnly: isHostOnly), in: lines)
  }
}
