import Domain
import FoundationEssentials
import HTML
import HTTPTypes
import HummingbirdCore
import NIOCore

extension WebServer {
  /// The way of every form: same origin, permission, decoding, token, handler.
  func form(
    _ request: WebRequest, _ route: RouteEntry,
    read: () async throws -> (FormFields, files: [String]),
    then handler: (FormFields) async throws -> WebResponse
  ) async throws -> WebResponse {
    let isProven = try checkOrigin(request)
    let hasEnded = route.access != .public && request.session == nil
    if !hasEnded { try admit(request, route) }
    if let diversion = passwordDiversion(request, route) { return diversion }
    try checkContentType(request, route)
    let (fields, files) = try await read()
    let problem: Confirmation.Reason? =
      hasEnded ? .sessionEnded : tokenProblem(fields["csrf"], request, isProven: isProven)
    guard let problem else { return try await handler(fields) }
    if request.isFromScript {
      // Nobody is there to confirm: the script comes again with a token of today.
      throw problem == .sessionEnded
        ? WebError.signInNeeded : WebError.refused("页面打开得太久，请刷新后再试。")
    }
    let confirmation = Confirmation(reason: problem, request: request, fields: fields, files: files)
    return drawn(confirmation.page(signIn: configuration.signIn.link), request)
  }

  /// The same for a form that may bring files, which are gone when this returns.
  func upload(
    _ request: WebRequest, _ route: RouteEntry, _ body: BodyReader, _ limits: UploadLimits,
    then handler: (Upload) async throws -> WebResponse
  ) async throws -> WebResponse {
    let type = request.headers[.contentType] ?? ""
    guard HeaderParameters(type)?.value == "multipart/form-data" else {
      return try await form(request, route) {
        let limit = limits.parts * limits.fieldBytes
        return (try FormFields(urlEncoded: await body.collect(upTo: min(limit, 1 << 20))), [])
      } then: { fields in
        var upload = Upload()
        upload.fields = fields
        return try await handler(upload)
      }
    }
    var reader = try UploadReader(
      contentType: type, limits: limits, folder: uploadFolder, client: request.clientAddress)
    defer { reader.removeFiles() }
    return try await form(request, route) {
      try await body.read(into: &reader, limits: limits)
      return (reader.upload.fields, reader.upload.allFiles.map(\.field))
    } then: { _ in
      try await handler(reader.upload)
    }
  }

  private func checkContentType(_ request: WebRequest, _ route: RouteEntry) throws {
    guard let text = request.headers[.contentType], let type = HeaderParameters(text) else {
      throw WebError.unsupportedMediaType
    }
    let isUTF8 = type["charset"].map { ["utf-8", "utf8"].contains($0.lowercased()) } ?? true
    switch type.value {
    case "application/x-www-form-urlencoded" where isUTF8: break
    case "multipart/form-data" where isUTF8 && route.kind == .upload: break
    default: throw WebError.unsupportedMediaType
    }
  }

  /// Refuses what a page of another site sends; no confirmation is offered, since the other site
  /// chose what it says.
  ///
  /// - Returns: whether the browser proves that the form is ours.
  private func checkOrigin(_ request: WebRequest) throws -> Bool {
    let foreign = WebError.refused("这次提交来自其他网站，已拒绝。请在本站打开相应页面，重新填写。")
    if let site = request.headers[.secFetchSite] {
      guard site == "same-origin" || site == "none" else { throw foreign }
      if site == "same-origin" { return true }
    }
    guard let origin = request.headers[.origin] else { return false }
    let own = request.head.authority ?? ""
    let isOwn = [configuration.publicURL, "http://\(own)", "https://\(own)"].contains {
      guard let url = $0 else { return false }
      return url == origin || url == origin + "/"
    }
    guard isOwn else { throw foreign }
    return true
  }

  /// What is wrong with a token; nil when it is right.
  private func tokenProblem(
    _ token: String?, _ request: WebRequest, isProven: Bool
  ) -> Confirmation.Reason? {
    var verdict = CSRF.Verdict.wrong
    if let session = request.session {
      verdict = csrf.check(token, .session, binding: session.tokenHash, now: request.now)
    }
    // A form drawn before signing in is good afterwards too, when the browser proves it is ours.
    if verdict != .valid, request.session == nil || isProven,
      let visitor = Exchange.knownVisitor(of: request)
    {
      verdict = csrf.check(token, .visitor, binding: Array(visitor.utf8), now: request.now)
    }
    switch verdict {
    case .valid: return nil
    case .expired: return .expired
    case .missing, .wrong: return .wrong
    }
  }
}
