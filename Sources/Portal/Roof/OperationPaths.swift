import HTML
import Pages

// For operations.
extension Paths {
  static let health = PagePath("/healthz")
  static let ready = PagePath("/readyz")
}
