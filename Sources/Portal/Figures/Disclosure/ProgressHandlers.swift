import Web

/// The public pages that are served from memory.
struct ProgressHandlers: Sendable {
  let releases: ReleaseCache

  func showHome(_ request: FixedRequest) -> FixedResponse { releases.pages.home }

  func showProgress(_ request: FixedRequest) -> FixedResponse { releases.pages.progress }

  func showProgressData(_ request: FixedRequest) -> FixedResponse { releases.pages.data }
}
