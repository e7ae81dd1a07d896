import HTML

// For operations.
extension Paths {
  static let health = PagePath("/healthz")
  static let ready = PagePath("/readyz")
}
