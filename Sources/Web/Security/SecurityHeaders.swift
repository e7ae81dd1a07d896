import HTTPTypes

/// The headers that every answer carries, errors, 304 and static files included.
struct SecurityHeaders: Sendable {
  static let policy = [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data: blob:",
    "font-src 'self'", "connect-src 'self'", "worker-src 'self'", "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].joined(separator: "; ")

  static let always: [HTTPField] = [
    HTTPField(name: .contentSecurityPolicy, value: policy),
    HTTPField(name: .xContentTypeOptions, value: "nosniff"),
    HTTPField(name: .referrerPolicy, value: "same-origin"),
    HTTPField(
      name: .permissionsPolicy,
      value: "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"),
    HTTPField(name: .crossOriginOpenerPolicy, value: "same-origin"),
    HTTPField(name: .crossOriginResourcePolicy, value: "same-origin"),
  ]

  static let transport = HTTPField(name: .strictTransportSecurity, value: "max-age=31536000")

  /// The headers for answers over TLS, or without.
  static func fields(isSecure: Bool) -> [HTTPField] {
    isSecure ? always + [transport] : always
  }

  private let fields: [HTTPField]

  init(isSecure: Bool) {
    fields = Self.fields(isSecure: isSecure)
  }

  /// Adds the headers to those of an answer that has none of them.
  func add(to headers: inout HTTPFields) {
    for field in fields { headers.append(field) }
  }
}

extension HTTPField.Name {
  static let referrerPolicy = name("Referrer-Policy")
  static let permissionsPolicy = name("Permissions-Policy")
  static let crossOriginOpenerPolicy = name("Cross-Origin-Opener-Policy")
  static let host = name("Host")
  static let secFetchSite = name("Sec-Fetch-Site")
  static let requestedWith = name("X-Requested-With")
  static let forwardedFor = name("X-Forwarded-For")
  static let forwardedProto = name("X-Forwarded-Proto")

  /// A name written in the source; one that is no header name would be found by the first test.
  private static func name(_ text: String) -> HTTPField.Name {
    HTTPField.Name(text) ?? .via
  }
}
