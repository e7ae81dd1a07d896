import HTML
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

extension WebServer {
  /// The answer to an error: a page, or the way to sign-in. Faults are logged with the number that
  /// the page shows, and with nothing that the person sent. Of public pages the log does not say
  /// which it was: its lines bear the exact time, at which a citizen may have been reporting.
  func answer(to error: any Error, _ request: WebRequest, isPublic: Bool) -> WebResponse {
    if let problem = error as? Problem { return told(problem, request) }
    let webError = meaning(of: error)
    note(error, webError, request, route: isPublic ? "public" : request.pattern)
    if request.isForSystems { return told(webError?.problem ?? .fault, request) }
    guard let webError else { return shown(.fault(reference: request.id), request) }
    guard let page = webError.page(reference: request.id) else {
      if request.isFromScript { return said("登录已失效，请重新登录。", .unauthorized) }
      if case .passwordNeeded(let back) = webError {
        return to(configuration.passwordCheck, request, back)
      }
      return to(configuration.signIn, request)
    }
    var response = shown(page, request)
    switch webError {
    case .tooManyRequests(let seconds): response.headers[.retryAfter] = String(seconds)
    case .unavailable: response.headers[.retryAfter] = "10"
    case .methodNotAllowed(let methods): response.headers[.allow] = methods.joined(separator: ", ")
    default: break
    }
    return response
  }

  /// Logs what is a fault of ours, or of the database.
  private func note(
    _ error: any Error, _ meaning: WebError?, _ request: WebRequest, route: String
  ) {
    switch meaning {
    case nil:
      configuration.logger.error(
        "request failed",
        metadata: [
          "reference": .string(request.id), "method": .string(request.method.rawValue),
          "route": .string(route), "error": .string(Self.harmlessDescription(error)),
        ])
    case .unavailable:
      configuration.logger.warning(
        "request could not be served",
        metadata: [
          "reference": .string(request.id), "route": .string(route),
          "error": .string(Self.harmlessDescription(error)),
        ])
    default: break
    }
  }

  private func told(_ problem: Problem, _ request: WebRequest) -> WebResponse {
    problem.response(reference: request.id, types: configuration.problemTypes)
  }

  /// As a page, or to a script in words.
  private func shown(_ page: ErrorPage, _ request: WebRequest) -> WebResponse {
    guard request.isFromScript else { return drawn(page, request) }
    let reference = page.reference.map { "（参考编号 \($0)）" } ?? ""
    return said(
      "\(page.title)。\(page.advice)\(reference)", HTTPResponse.Status(code: page.status))
  }

  private func said(_ words: String, _ status: HTTPResponse.Status) -> WebResponse {
    .bytes(
      JSONValue.object([.init("error", .string(words))]).utf8,
      type: "application/json; charset=utf-8", status: status)
  }

  func drawn(_ page: ErrorPage, _ request: WebRequest) -> WebResponse {
    .page(
      configuration.errorPages.draw(page, request),
      status: HTTPResponse.Status(code: page.status))
  }

  private func meaning(of error: any Error) -> WebError? {
    if let error = error as? WebError { return error }
    if let error = configuration.webError(error) { return error }
    if error is CancellationError { return .unavailable }
    // A body that is not put together as HTTP has it.
    if error is HTTPParserError { return .badRequest("提交的内容格式有误，请返回上一页重新提交。") }
    guard let error = error as? any HTTPResponseError else { return nil }
    switch error.status.code {
    case 404: return .notFound
    case 413: return .payloadTooLarge("提交的内容超过限制，请减少后再提交。")
    case 415: return .unsupportedMediaType
    case 400..<500: return .badRequest("提交的内容格式有误，请返回上一页重新提交。")
    default: return nil
    }
  }

  /// The type, and what the type itself chose to say of its error. An error that says nothing of
  /// itself would be printed with all it holds, which may be what somebody typed.
  private static func harmlessDescription(_ error: any Error) -> String {
    let type = String(reflecting: Swift.type(of: error))
    guard Swift.type(of: error) is any CustomStringConvertible.Type, !(error is DecodingError)
    else { return type }
    return "\(type): \(error)"
  }

  /// To a page that asks for something first; a page that was asked for is come back to.
  private func to(_ page: PagePath, _ request: WebRequest, _ back: Link? = nil) -> WebResponse {
    let isPage = request.method == .get || request.method == .head
    let next = back ?? (isPage ? request.link : nil)
    return .redirect(to: page.link.query("next", next?.url))
  }
}
