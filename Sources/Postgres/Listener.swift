import CLibPQ
import Foundation
public import Logging

/// Hears what `NOTIFY` says on some channels, on a thread and a connection of its own.
///
/// Events end when the listener is stopped or released.
public final class Listener: Sendable {
  public enum Event: Sendable, Equatable {
    /// Listening from now on, for the first time or again: what was said before may have been missed,
    /// so whoever keeps a copy loads it anew.
    case reconnected
    case notification(channel: String, payload: String)
  }

  /// What is heard, for one consumer.
  public let events: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation
  private let queue = JobQueue(waitLimit: .seconds(1))

  /// Starts listening; never fails, and connects again with growing pauses.
  public init(
    _ connectionString: String, channels: [String], applicationName: String = "portal-listener",
    logger: Logger
  ) {
    (events, continuation) = AsyncStream.makeStream()
    let session = SessionSettings(applicationName: applicationName)
    let thread = Thread { [queue, continuation] in
      var pause = Duration.milliseconds(50)
      while !queue.isClosed {
        do {
          let connection = try Connection.open(connectionString, session: session)
          for channel in channels {
            try connection.simple("LISTEN \"\(channel.replacing("\"", with: "\"\""))\"")
          }
          pause = .milliseconds(50)
          continuation.yield(.reconnected)
          connection.hear(until: { queue.isClosed }) { continuation.yield($0) }
        } catch {
          logger.warning("not listening", metadata: ["reason": "\(error)"])
        }
        queue.rest(pause)
        pause = min(pause * 2, .seconds(2))
      }
      continuation.finish()
    }
    thread.name = "postgres-listener"
    thread.stackSize = 1 << 19
    thread.start()
  }

  deinit { stop() }

  /// Ends the events and, within a second, the connection.
  public func stop() {
    queue.close()
    continuation.finish()
  }
}

extension Connection {
  /// Passes notifications on until the connection is lost or `isOver`.
  fileprivate func hear(until isOver: () -> Bool, _ body: (Listener.Event) -> Void) {
    while !isOver() {
      while let notification = PQnotifies(handle) {
        let channel = String(cString: notification.pointee.relname)
        let payload = String(cString: notification.pointee.extra)
        PQfreemem(notification)
        body(.notification(channel: channel, payload: payload))
      }
      var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      if poll(&descriptor, 1, 500) > 0, PQconsumeInput(handle) == 0 { return }
      if isLost { return }
    }
  }
}
