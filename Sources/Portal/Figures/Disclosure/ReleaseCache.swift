import Domain
import Foundation
package import Ground
import HTML
package import Logging
package import Pages
import Postgres
import ServiceLifecycle
import Synchronization
import Web

/// The public pages of the release that is public now, ready in memory.
///
/// They are drawn when the portal starts, when another release is published, and after every time
/// that the connection which hears of it was lost. Nobody who asks for a page waits for any of this.
package final class ReleaseCache: Service {
  /// The answers of the fast lane.
  struct Pages: Sendable {
    let home: FixedResponse
    let progress: FixedResponse
    let data: FixedResponse
  }

  private let databases: Databases
  private let site: SiteStore
  private let connectionString: String?
  private let logger: Logger
  private let drawn: Mutex<Pages>

  /// - Parameter connectionString: of the public login, to hear when a release is published; without
  ///   it the release is read every ten seconds.
  package init(
    databases: Databases, site: SiteStore, connectionString: String? = nil, logger: Logger
  ) {
    self.databases = databases
    self.site = site
    self.connectionString = connectionString
    self.logger = logger
    drawn = Mutex(Self.pages(of: .unread, site: site.settings))
  }

  var pages: Pages { drawn.withLock { $0 } }

  /// Keeps the pages up to date until the portal ends.
  package func run() async throws {
    await cancelWhenGracefulShutdown { await self.follow() }
  }

  func follow() async {
    await reloadUntilRead()
    guard let connectionString else {
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(10))
        await reloadUntilRead()
      }
      return
    }
    let listener = Listener(connectionString, channels: [ReleaseWork.channel], logger: logger)
    for await _ in listener.events { await reloadUntilRead() }
    listener.stop()
  }

  private func reloadUntilRead() async {
    var pause = Duration.milliseconds(250)
    while !Task.isCancelled {
      do {
        return try await reload()
      } catch {
        logger.warning("release not read", metadata: ["reason": "\(error)"])
        try? await Task.sleep(for: pause)
        pause = min(pause * 2, .seconds(10))
      }
    }
  }

  /// Reads the release that is public now and draws its pages.
  func reload() async throws {
    let site = try await site.refresh()
    let release = try await databases.readAsCitizen { tx in
      try tx.first(publicRelease(of: site.area))
    }
    let pages = Self.pages(
      of: release.map { .published($0) } ?? .nothingPublished, site: site.settings)
    drawn.withLock { $0 = pages }
  }

  private static func pages(of progress: PublicProgress, site: SiteSettings) -> Pages {
    Pages(
      home: FixedResponse(
        PublicPage(
          title: "", current: nil, site: site, body: HomePage(progress: progress, site: site).html
        ).html),
      progress: FixedResponse(
        PublicPage(
          title: "整治进展", current: .progress, site: site, body: ProgressPage(progress).html,
          wide: true
        ).html),
      data: FixedResponse(
        ProgressData(progress, site: site).bytes, type: "application/json; charset=utf-8"))
  }
}

/// What is known of the release that is public now.
enum PublicProgress: Sendable {
  /// The database has not answered since the portal was started.
  case unread
  case nothingPublished
  case published(PublicRelease)

  var release: PublicRelease? {
    if case .published(let release) = self { release } else { nil }
  }
}
