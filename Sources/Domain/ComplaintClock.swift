/// The time limits of a complaint, in calendar days: a setting of the county.
///
/// Source: 《信访工作条例》 art. 22 (within 15 days of its arrival it is decided what happens with a
/// matter, and the citizen is told) and art. 34 (finished within 60 days, extended with approval by at
/// most 30, and the citizen told why). A working default, confirmed by the county's legal office in
/// settings.
public struct ComplaintTimeLimits: Hashable, Codable, Sendable {
  /// Days to say whether it is accepted.
  public var acceptance: Int
  /// Days to finish.
  public var finish: Int
  /// The most that the time to finish may be extended, once.
  public var extensionAtMost: Int

  public init(acceptance: Int = 15, finish: Int = 60, extensionAtMost: Int = 30) {
    self.acceptance = acceptance
    self.finish = finish
    self.extensionAtMost = extensionAtMost
  }
}

/// The due days of one complaint, computed and shown, never silently applied.
///
/// Every day counts from the day the complaint was received. Art. 34 counts the 60 days from
/// acceptance; counting from receipt is the stricter reading and cannot be late by it.
public struct ComplaintClock: Hashable, Sendable {
  public let received: Day
  public let limits: ComplaintTimeLimits
  /// Days granted beyond the time to finish, 0...``ComplaintTimeLimits/extensionAtMost``.
  public let extended: Int

  /// An extension outside the limits is brought to the nearest that is allowed.
  public init(received: Day, limits: ComplaintTimeLimits = ComplaintTimeLimits(), extended: Int = 0)
  {
    self.received = received
    self.limits = limits
    self.extended = min(max(0, extended), max(0, limits.extensionAtMost))
  }

  /// The last day to say whether it is accepted.
  public var acceptanceDue: Day { received + limits.acceptance }

  /// The last day to finish, with the extension granted.
  public var finishDue: Day { received + limits.finish + extended }

  /// The last day to finish if everything allowed were granted.
  public var latestFinish: Day { received + limits.finish + max(0, limits.extensionAtMost) }

  /// What is due next in this state; nil when nothing is.
  public func due(in state: ComplaintState) -> Day? {
    switch state {
    case .received: acceptanceDue
    case .accepted: finishDue
    case .notAccepted, .finished: nil
    }
  }

  /// Whether both answers were given by their days.
  ///
  /// - Parameters:
  ///   - decided: the day it was accepted or declined; nil when it is not yet
  ///   - finished: the day it was finished; nil when it is not, or was declined
  ///   - today: an answer that is missing is late once its day is past
  public func isInTime(decided: Day?, finished: Day?, wasDeclined: Bool, today: Day) -> Bool {
    guard (decided ?? today) <= acceptanceDue else { return false }
    return wasDeclined || (finished ?? today) <= finishDue
  }
}
