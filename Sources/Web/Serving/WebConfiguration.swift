public import FoundationEssentials
public import HTML
public import Logging

/// What the routes are served with.
public struct WebConfiguration: Sendable {
  /// Random bytes, the same for all processes of one portal: CSRF tokens and flash messages are
  /// signed with keys derived from it.
  public var secret: [UInt8]
  /// The address that people type, for instance `https://www.example.gov.cn`.
  public var publicURL: String?
  /// Whether people come over TLS: cookies are `Secure` and HSTS is sent.
  public var isSecure: Bool
  public var trustedProxies = TrustedProxies.none
  public var sessions: any SessionStore = NoSessions()
  /// Who may call the machine interface, below `/api/`.
  public var tokens: any TokenStore = NoTokens()
  /// How often each token may call.
  public var apiCalls = RateLimiter(burst: 600, perMinute: 600)
  /// Where the kinds of problems are described; the kind's name is put behind it.
  public var problemTypes = "/api/v1/openapi.json#/components/responses/"
  public var errorPages = ErrorPages.plain
  public var staticFiles = StaticFiles.none
  /// Where files are kept while their request runs; made with mode 0700.
  public var uploadFolder: String
  /// Where to sign in.
  public var signIn = PagePath("/login")
  /// Where somebody types the password once more.
  public var passwordCheck = PagePath("/account/password-check")
  /// For so many seconds after it was typed nobody asks for it again.
  public var passwordIsFreshFor: Double = 600
  /// Where an account goes that must have a new password first.
  public var passwordChange: PagePath?
  /// The routes (by pattern) that such an account may use besides `passwordChange`.
  public var openBeforePasswordChange: Set<String> = ["/logout"]
  public var logger: Logger
  public var now: @Sendable () -> Date = { Date() }
  /// What an error of another layer means to the person, for instance a lost database connection
  /// `.unavailable`; nil for a fault (500).
  public var webError: @Sendable (any Error) -> WebError? = { _ in nil }

  public init(
    secret: [UInt8], publicURL: String? = nil, isSecure: Bool? = nil, uploadFolder: String,
    logger: Logger
  ) {
    self.secret = secret
    self.publicURL = publicURL
    self.isSecure = isSecure ?? (publicURL?.hasPrefix("https://") == true)
    self.uploadFolder = uploadFolder
    self.logger = logger
  }
}
