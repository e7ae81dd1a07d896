public import HTML

/// What a handler throws when it cannot answer with its page. Each becomes a page of its own,
/// drawn by `ErrorPages`, with a status and, where it helps, a reference number.
public enum WebError: Error {
  /// 400; the message says in Chinese what is wrong and what to do.
  case badRequest(String)
  /// To the sign-in page (303), and back here afterwards.
  case signInNeeded
  /// To the page that asks for the password once more (303), and back afterwards: here, or to the page of the form.
  case passwordNeeded(Link?)
  /// 403: signed in, but without the permission.
  case forbidden
  /// 403 for another reason, which the message gives in Chinese.
  case refused(String)
  /// 404; also for what lies outside the person's area.
  case notFound
  /// 405, with the methods that the address knows.
  case methodNotAllowed([String])
  /// 409: somebody else was faster; the content says who changed what.
  case conflict(HTML)
  /// 413; the message says in Chinese how much is allowed.
  case payloadTooLarge(String)
  /// 415: neither kind of form.
  case unsupportedMediaType
  /// 429 with `Retry-After`.
  case tooManyRequests(retryAfterSeconds: Int)
  /// 503 with `Retry-After`: the database is away or has no worker free.
  case unavailable
}
