import Web

/// The public pages that are served from memory.
struct ProgressHandlers: Sendable {
  let services: Services

  func showHome(_ request: FixedRequest) -> FixedResponse { services.releases.pages.home }

  func showProgress(_ request: FixedRequest) -> FixedResponse { services.releases.pages.progress }

  func showProgressData(_ request: FixedRequest) -> FixedResponse { services.releases.pages.data }
}
