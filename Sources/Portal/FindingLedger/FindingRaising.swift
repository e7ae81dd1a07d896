package import Domain
package import Foundation
package import Ground
package import Postgres

extension Transaction {
  /// Makes findings of claims: new ones, and those whose evidence says something new. Raising the same
  /// claims again changes nothing. Every step stands in the history of its finding.
  ///
  /// - Parameters:
  ///   - name: who the history says it was.
  ///   - run: the run of the rules that found them, if one did.
  package func raise(
    _ claims: [Claim], keys: KeyRing, by name: String, run: RuleRunID?, at now: Date
  ) throws -> RaisedFindings {
    var given: [FindingKey: DigestedClaim] = [:]
    for claim in claims where given[claim.key] == nil {
      given[claim.key] = DigestedClaim(claim, keys: keys)
    }
    var raised = RaisedFindings()
    var ids: [FindingKey: FindingID] = [:]
    var waiting = given.values.sorted { $0.claim.isBefore($1.claim) }
    // Whoever raises the same at the same time may be faster; what they made is then known here.
    for _ in 0..<3 where !waiting.isEmpty {
      let existing = try known(waiting.map(\.claim.key))
      var steps: [ClaimStep] = []
      for claim in waiting {
        guard let finding = existing[claim.claim.key] else {
          steps.append(try ClaimStep(.found, claim, nil, keys: keys))
          continue
        }
        if let action = finding.step(saying: claim.digest) {
          steps.append(try ClaimStep(action, claim, finding, keys: keys))
        } else {
          raised.unchanged += 1
          ids[finding.key] = finding.id
        }
      }
      let done = try insert(steps, run: run, at: now).merging(update(steps, run: run)) { $1 }
      for step in steps where done[step.key] != nil { raised.count(step.action) }
      try record(steps, done, by: name, at: now)
      ids.merge(done) { $1 }
      waiting = steps.filter { done[$0.key] == nil }.map(\.claim)
    }
    raised.ids = claims.compactMap { ids[$0.key] }
    return raised
  }

  private func known(_ keys: [FindingKey]) throws -> [FindingKey: KnownFinding] {
    guard !keys.isEmpty else { return [:] }
    let found = try all(
      Query<KnownFinding>(
        """
        SELECT f.id, f.household_id, f.rule, f.subject, f.state, f.explanation_digest, f.version
        FROM unnest(\(list: keys.map(\.household))::bigint[], \(list: keys.map(\.rule))::text[],
          \(list: keys.map(\.subject))::text[]) AS k (household_id, rule, subject)
        JOIN findings f USING (household_id, rule, subject)
        """))
    return Dictionary(found.map { ($0.key, $0) }) { first, _ in first }
  }

  /// - Returns: the new findings; those that somebody else has just made are missing.
  private func insert(
    _ all: [ClaimStep], run: RuleRunID?, at now: Date
  ) throws -> [FindingKey: FindingID] {
    let steps = all.filter { $0.known == nil }
    guard !steps.isEmpty else { return [:] }
    return try ids(
      """
      INSERT INTO findings (area, household_id, rule, subject, found_at, evidence, run_id,
        explanation_sealed, explanation_digest)
      SELECT area, household, rule, subject, \(now), evidence::jsonb, \(optional: run)::bigint, sealed,
        digest
      FROM unnest(\(list: steps.map(\.claim.claim.area))::text[],
        \(list: steps.map(\.key.household))::bigint[], \(list: steps.map(\.key.rule))::text[],
        \(list: steps.map(\.key.subject))::text[], \(list: steps.map(\.evidence))::text[],
        \(list: steps.map(\.sealed))::bytea[], \(list: steps.map(\.claim.digest))::bytea[])
        AS s (area, household, rule, subject, evidence, sealed, digest)
      ON CONFLICT ON CONSTRAINT findings_subject_key DO NOTHING
      RETURNING id, household_id, rule, subject
      """)
  }

  /// - Returns: what was changed; what somebody else has changed meanwhile is missing.
  private func update(_ all: [ClaimStep], run: RuleRunID?) throws -> [FindingKey: FindingID] {
    let steps = all.filter { $0.known != nil }
    guard !steps.isEmpty else { return [:] }
    return try ids(
      """
      UPDATE findings f SET area = s.area, evidence = s.evidence::jsonb,
        run_id = \(optional: run)::bigint, explanation_sealed = s.sealed,
        explanation_digest = s.digest, version = f.version + 1,
        state = CASE WHEN s.action = 'reopened' THEN 'open' ELSE f.state END,
        decided_by = CASE WHEN s.action <> 'reopened' THEN f.decided_by END,
        decided_by_name = CASE WHEN s.action <> 'reopened' THEN f.decided_by_name END,
        decided_at = CASE WHEN s.action <> 'reopened' THEN f.decided_at END,
        decision_reason = CASE WHEN s.action <> 'reopened' THEN f.decision_reason END
      FROM unnest(\(list: steps.compactMap(\.known?.id))::bigint[],
        \(list: steps.compactMap(\.known?.version))::integer[],
        \(list: steps.map(\.action.rawValue))::text[], \(list: steps.map(\.claim.claim.area))::text[],
        \(list: steps.map(\.evidence))::text[], \(list: steps.map(\.sealed))::bytea[],
        \(list: steps.map(\.claim.digest))::bytea[])
        AS s (id, version, action, area, evidence, sealed, digest)
      WHERE f.id = s.id AND f.version = s.version
      RETURNING f.id, f.household_id, f.rule, f.subject
      """)
  }

  private func ids(_ sql: SQL) throws -> [FindingKey: FindingID] {
    let rows = try all(
      Query(sql) { row in
        (
          FindingKey(
            household: try row("household_id"), rule: try row("rule"), subject: try row("subject")),
          try row("id", as: FindingID.self)
        )
      })
    return Dictionary(rows) { first, _ in first }
  }

  private func record(
    _ all: [ClaimStep], _ done: [FindingKey: FindingID], by name: String, at now: Date
  ) throws {
    let steps = all.filter { done[$0.key] != nil }
    guard !steps.isEmpty else { return }
    try execute(
      """
      INSERT INTO finding_events (area, finding_id, at, account_name, action, explanation_sealed)
      SELECT area, id, \(now), \(name), action, sealed
      FROM unnest(\(list: steps.map(\.claim.claim.area))::text[],
        \(list: steps.compactMap { done[$0.key] })::bigint[],
        \(list: steps.map(\.action.rawValue))::text[], \(list: steps.map(\.sealed))::bytea[])
        AS s (area, id, action, sealed)
      """)
  }

  /// Lets open findings lapse, since their evidence no longer says so.
  ///
  /// - Returns: how many were still open.
  @discardableResult
  package func lapse(_ findings: [FindingID], by name: String, at now: Date) throws -> Int {
    guard !findings.isEmpty else { return 0 }
    return try execute(
      """
      WITH gone AS (
        UPDATE findings SET state = 'lapsed', version = version + 1
        WHERE id = ANY(\(list: findings)) AND state = 'open' RETURNING id, area)
      INSERT INTO finding_events (area, finding_id, at, account_name, action)
      SELECT area, id, \(now), \(name), 'lapsed' FROM gone ORDER BY id
      """)
  }
}

/// A claim with the keyed hash of what it says.
private struct DigestedClaim {
  let claim: Claim
  let digest: [UInt8]

  init(_ claim: Claim, keys: KeyRing) {
    self.claim = claim
    digest = Array(keys.hash(claim.explanation, of: .findingExplanation).prefix(16))
  }
}

/// What is to be done about a claim.
private struct ClaimStep {
  let action: FindingAction
  let claim: DigestedClaim
  let known: KnownFinding?
  let sealed: [UInt8]
  /// JSON.
  let evidence: String

  var key: FindingKey { claim.claim.key }

  init(
    _ action: FindingAction, _ claim: DigestedClaim, _ known: KnownFinding?, keys: KeyRing
  ) throws {
    self.action = action
    self.claim = claim
    self.known = known
    sealed = try keys.seal(claim.claim.explanation, for: .findingExplanation)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    evidence = String(decoding: try encoder.encode(claim.claim.evidence), as: UTF8.self)
  }
}

extension Claim {
  /// One order for all who raise, so that two never wait for each other.
  fileprivate func isBefore(_ other: Claim) -> Bool {
    (household, rule.rawValue, subject) < (other.household, other.rule.rawValue, other.subject)
  }
}

extension RaisedFindings {
  fileprivate mutating func count(_ action: FindingAction) {
    switch action {
    case .found: found += 1
    case .reopened: reopened += 1
    default: changed += 1
    }
  }
}
