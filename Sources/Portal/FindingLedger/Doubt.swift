import Domain
import Foundation
import Postgres

/// A claim against a household, about to become a finding (疑点) or to meet the one that says so already.
struct Doubt: Sendable {
  let household: HouseholdID
  let area: AreaCode
  let rule: FindingRule
  /// Tells the same claim made again from another. Stands in the database as it is: nothing personal.
  let subject: String
  /// Why, in words. Sealed on its way.
  let explanation: String
  /// What it rests on, such as ids. Stands in the database as it is.
  var evidence: [String: String] = [:]
}

/// What became of doubts that were raised.
struct RaisedDoubts: Sendable, Equatable {
  var found = 0
  /// Known, with an explanation that is new.
  var changed = 0
  /// Dismissed for another explanation, or lapsed.
  var reopened = 0
  /// Known as it is, whatever has become of it.
  var unchanged = 0
  /// The findings, in the order of the doubts.
  var ids: [FindingID] = []

  static func + (left: RaisedDoubts, right: RaisedDoubts) -> RaisedDoubts {
    RaisedDoubts(
      found: left.found + right.found, changed: left.changed + right.changed,
      reopened: left.reopened + right.reopened, unchanged: left.unchanged + right.unchanged,
      ids: left.ids + right.ids)
  }
}

/// What tells one finding from all others.
struct DoubtKey: Hashable, Sendable {
  let household: HouseholdID
  let rule: FindingRule
  let subject: String
}

extension Doubt {
  var key: DoubtKey { DoubtKey(household: household, rule: rule, subject: subject) }
}

/// A finding that is there when a doubt is raised.
struct KnownFinding: RowDecodable {
  let id: FindingID
  let key: DoubtKey
  let state: FindingState
  let digest: [UInt8]?
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    key = DoubtKey(
      household: try row("household_id"), rule: try row("rule"), subject: try row("subject"))
    state = try row("state")
    digest = try row("explanation_digest")
    version = try row("version")
  }

  /// What it means for the finding that its evidence says this; nil when nothing changes.
  ///
  /// What somebody dismissed stays dismissed as long as the evidence says the same. What lapsed is open
  /// again as soon as the evidence says it again: nobody has judged it. What is a case stays one.
  func step(saying digest: [UInt8]) -> FindingAction? {
    switch state {
    case .lapsed: .reopened
    case .dismissed: digest == self.digest ? nil : .reopened
    case .open, .confirmed: digest == self.digest ? nil : .changed
    }
  }
}
