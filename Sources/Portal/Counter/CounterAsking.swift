import Domain
import FindingLedger
import Foundation
import Ground
import Postgres

extension Transaction {
  /// Answers the questions of one caller and records each, with its purpose, in the log of questions and
  /// in the audit. Every hit becomes a finding of the housing bureau.
  ///
  /// - Returns: an answer a question, in their order; nil where another process has just stored the same
  ///   key, which is then known to the next transaction.
  func answer(
    _ questions: [CounterQuestion], of caller: CounterCaller, keys: KeyRing
  ) throws -> [Result<CounterAnswer, any Error>?] {
    let asked = try all(askedQuestions(questions, caller, keys))
    try raiseHits(asked, questions, caller, keys)
    let byPlace = Dictionary(uniqueKeysWithValues: asked.map { ($0.place, $0) })
    return questions.enumerated().map { index, question in
      guard let found = byPlace[index + 1] else { return nil }
      if let earlier = found.earlierFingerprint, earlier != question.fingerprint {
        return .failure(CounterKeyReused())
      }
      return .success(found.answer)
    }
  }

  private func raiseHits(
    _ asked: [AskedQuestion], _ questions: [CounterQuestion], _ caller: CounterCaller,
    _ keys: KeyRing
  ) throws {
    let hits = asked.compactMap { one -> (AskedQuestion, Claim)? in
      guard one.isNew, let hit = one.hit else { return nil }
      return (one, hit.claim(one, questions[one.place - 1], caller))
    }
    guard let at = questions.first?.at, !hits.isEmpty else { return }
    for (check, claim) in hits {
      let raised = try raise(
        [claim], keys: keys, by: caller.principal.displayName, run: nil, at: at)
      try execute(
        """
        UPDATE counter_checks SET finding_id = \(optional: raised.ids.first)
        WHERE id = \(check.answer.id)
        """)
    }
  }
}

/// A question with what the register says.
private struct AskedQuestion: RowDecodable {
  struct Hit: Sendable {
    let person: PersonID
    let household: HouseholdID
    let area: AreaCode
  }

  /// From 1, in the order of the questions.
  let place: Int
  let answer: CounterAnswer
  /// Whether it was stored now; else it was asked before under the same key.
  let isNew: Bool
  let earlierFingerprint: [UInt8]?
  let hit: Hit?

  init(_ row: Row) throws {
    place = try row("place")
    let isProtected: Bool = try row("is_protected")
    answer = CounterAnswer(
      id: try row("id"), reference: try row("reference"),
      state: isProtected ? .waiting : .clear,
      nameMatches: try row("name_matches"), askedAt: try row("asked_at"))
    earlierFingerprint = try row("earlier_fingerprint")
    isNew = try row("is_new")
    if isProtected, let person: PersonID = try row("person_id", as: PersonID?.self),
      let household: HouseholdID = try row("household_id", as: HouseholdID?.self),
      let area: AreaCode = try row("household_area", as: AreaCode?.self)
    {
      hit = Hit(person: person, household: household, area: area)
    } else {
      hit = nil
    }
  }
}

extension AskedQuestion.Hit {
  /// Whoever is about to file a contract or register a home has another home (R1).
  fileprivate func claim(
    _ check: AskedQuestion, _ question: CounterQuestion, _ caller: CounterCaller
  ) -> Claim {
    let asker = caller.system ?? caller.principal.displayName
    let day = ShanghaiTime.day(of: question.at).chinese
    return Claim(
      household: household, area: area, rule: .otherHome, subject: "counter:\(person)",
      explanation:
        "成员于\(day)申请办理\(question.purpose.title)（\(asker)查询，编号 \(check.answer.reference)）",
      evidence: [
        "counter_check": check.answer.id.description, "reference": check.answer.reference,
        "purpose": question.purpose.rawValue, "person": person.description,
      ])
  }
}

/// Everything in one statement: the look-up of all numbers, the log of questions, the audit.
private func askedQuestions(
  _ questions: [CounterQuestion], _ caller: CounterCaller, _ keys: KeyRing
) -> Query<AskedQuestion> {
  let principal = caller.principal
  return Query(
    """
    WITH asked AS MATERIALIZED (
      SELECT * FROM unnest(
        \(list: questions.map { keys.hash($0.idNumber.text, of: .idNumber) })::bytea[],
        \(list: questions.map(\.name))::text[], \(list: questions.map(\.purpose))::text[],
        \(list: questions.map(\.at))::timestamptz[], \(list: questions.map(\.address))::text[],
        \(list: questions.map(\.request))::text[], \(list: questions.map(\.key))::text[],
        \(list: questions.map(\.storedFingerprint))::bytea[])
        WITH ORDINALITY AS a (hash, name, purpose, at, address, request, key, fingerprint, place)),
    known AS MATERIALIZED (
      SELECT a.place, c.id, c.reference, c.result, c.name_matches, c.asked_at,
        c.request_hash
      FROM asked a CROSS JOIN LATERAL (
        SELECT c.id, c.reference, c.result, c.name_matches, c.asked_at, c.request_hash
        FROM counter_checks c
        WHERE c.token_id = \(optional: caller.token)::bigint AND c.request_key = a.key LIMIT 1) c
      WHERE a.key IS NOT NULL),
    answered AS MATERIALIZED (
      SELECT a.*, h.person_id, h.household_id, h.area AS household_area, h.name = a.name AS name_matches,
        'K' || to_char(a.at AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') || '-'
          || nextval('counter_check_numbers') AS reference
      FROM asked a LEFT JOIN LATERAL (
        SELECT p.id AS person_id, p.household_id, h.area, p.name
        FROM persons p JOIN households h ON h.id = p.household_id
        WHERE p.id_number_index = a.hash AND p.left_on IS NULL AND h.estate_id IS NOT NULL
          AND h.merged_into IS NULL
        ORDER BY p.household_id LIMIT 1) h ON true
      WHERE a.place NOT IN (SELECT place FROM known)),
    stored AS (
      INSERT INTO counter_checks (area, reference, asked_at, account_id, account_name, system, purpose,
        id_number_index, result, person_id, household_id, name_matches, token_id, request_key,
        request_hash)
      SELECT \(principal.area), reference, at, \(principal.accountID), \(principal.displayName),
        \(optional: caller.system), purpose, hash,
        CASE WHEN household_id IS NULL THEN 'not_protected' ELSE 'protected' END, person_id,
        household_id, name_matches, \(optional: caller.token), key, fingerprint
      FROM answered ORDER BY place
      ON CONFLICT (token_id, request_key) WHERE request_key IS NOT NULL DO NOTHING
      RETURNING id, reference),
    audited AS (
      \(auditInsertion(of: .askCounter, "counter_checks", by: principal, rows: auditRows(caller))))
    SELECT a.place, s.id, a.reference, a.household_id IS NOT NULL AS is_protected,
      a.name_matches, a.at AS asked_at, true AS is_new,
      NULL::bytea AS earlier_fingerprint, a.person_id, a.household_id, a.household_area
    FROM answered a JOIN stored s ON s.reference = a.reference
    UNION ALL
    SELECT k.place, k.id, k.reference, k.result = 'protected', k.name_matches, k.asked_at, false,
      k.request_hash, NULL, NULL, NULL
    FROM known k
    """)
}

/// What the log says of the questions that were stored, for ``askedQuestions``.
private func auditRows(_ caller: CounterCaller) -> SQL {
  """
  SELECT a.at, a.address, s.id::text AS entity_id, jsonb_strip_nulls(jsonb_build_object(
      'reference', a.reference, 'purpose', a.purpose,
      'result', CASE WHEN a.household_id IS NULL THEN 'not_protected' ELSE 'protected' END,
      'system', \(optional: caller.system)::text)) AS after, a.request AS reference
  FROM answered a JOIN stored s ON s.reference = a.reference
  """
}

extension CounterQuestion {
  fileprivate var storedFingerprint: [UInt8]? { key == nil ? nil : fingerprint }
}
