package import Domain
import Foundation
import Postgres

/// A claim against a household, about to become a finding (疑点) or to meet the one that says so already.
package struct Claim: Sendable {
  package let household: HouseholdID
  package let area: AreaCode
  package let rule: FindingRule
  /// Tells the same claim made again from another. Stands in the database as it is: nothing personal.
  package let subject: String
  /// Why, in words. Sealed on its way.
  package let explanation: String
  /// What it rests on, such as ids. Stands in the database as it is.
  package var evidence: [String: String] = [:]

  package init(
    household: HouseholdID, area: AreaCode, rule: FindingRule, subject: String, explanation: String,
    evidence: [String: String] = [:]
  ) {
    self.household = household
    self.area = area
    self.rule = rule
    self.subject = subject
    self.explanation = explanation
    self.evidence = evidence
  }
}

/// What became of claims that were raised.
package struct RaisedFindings: Sendable, Equatable {
  package var found = 0
  /// Known, with an explanation that is new.
  package var changed = 0
  /// Dismissed for another explanation, or lapsed.
  package var reopened = 0
  /// Known as it is, whatever has become of it.
  package var unchanged = 0
  /// The findings, in the order of the claims.
  package var ids: [FindingID] = []

  package init(
    found: Int = 0, changed: Int = 0, reopened: Int = 0, unchanged: Int = 0, ids: [FindingID] = []
  ) {
    self.found = found
    self.changed = changed
    self.reopened = reopened
    self.unchanged = unchanged
    self.ids = ids
  }

  static func + (left: RaisedFindings, right: RaisedFindings) -> RaisedFindings {
    RaisedFindings(
      found: left.found + right.found, changed: left.changed + right.changed,
      reopened: left.reopened + right.reopened, unchanged: left.unchanged + right.unchanged,
      ids: left.ids + right.ids)
  }
}

/// What tells one finding from all others.
package struct FindingKey: Hashable, Sendable {
  package let household: HouseholdID
  package let rule: FindingRule
  package let subject: String

  package init(household: HouseholdID, rule: FindingRule, subject: String) {
    self.household = household
    self.rule = rule
    self.subject = subject
  }
}

extension Claim {
  package var key: FindingKey { FindingKey(household: household, rule: rule, subject: subject) }
}

/// A finding that is there when a claim is raised.
struct KnownFinding: RowDecodable {
  let id: FindingID
  let key: FindingKey
  let state: FindingState
  let digest: [UInt8]?
  let version: Int

  init(_ row: Row) throws {
    id = try row("id")
    key = FindingKey(
      household: try row("household_id"), rule: try row("rule"), subject: try row("subject"))
    state = try row("state")
    digest = try row("explanation_digest")
    version = try row("version")
  }

  /// What it means for the finding that its evidence says this; nil when nothing changes.
  func step(saying digest: [UInt8]) -> FindingAction? {
    Self.step(from: state, saysTheSame: digest == self.digest)
  }

  /// What somebody dismissed stays dismissed as long as the evidence says the same. What lapsed is open
  /// again as soon as the evidence says it again: nobody has judged it. What is a case stays one.
  static func step(from state: FindingState, saysTheSame: Bool) -> FindingAction? {
    switch state {
    case .lapsed: .reopened
    case .dismissed: saysTheSame ? nil : .reopened
    case .open, .confirmed: saysTheSame ? nil : .changed
    }
  }
}
