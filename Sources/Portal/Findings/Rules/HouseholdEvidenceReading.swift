import Domain
import Ground
import Postgres
import Reviews

/// What the rules look at for one household, with the area that its findings belong to.
struct JudgedHousehold: Sendable {
  let area: AreaCode
  let facts: HouseholdFacts
}

/// What was read of some households, by household.
private struct EvidenceRows {
  var areas: [HouseholdID: AreaCode] = [:]
  var members: [HouseholdID: [MemberFacts]] = [:]
  var visits: [HouseholdID: [VisitFacts]] = [:]
  var vacancies: [HouseholdID: [VacancyFacts]] = [:]
  var answers: [HouseholdID: [CheckType: AnswerInForce]] = [:]
  var records: [HouseholdID: [CheckType: [PersonRecord]]] = [:]
}

extension Transaction {
  /// The evidence of some households, each set of rows in one query, whatever their number.
  func judgedHouseholds(_ ids: [HouseholdID], keys: KeyRing) throws -> [JudgedHousehold] {
    var rows = EvidenceRows()
    rows.areas = try areas(of: ids)
    for (household, member) in try all(memberFacts(of: ids)) {
      rows.members[household, default: []].append(member)
    }
    for (household, visit) in try all(visitFacts(of: ids)) {
      rows.visits[household, default: []].append(visit)
    }
    for vacancy in try all(recordedVacancies(of: ids)) where vacancy.stands {
      rows.vacancies[vacancy.household, default: []].append(vacancy.facts)
    }
    rows.answers = Dictionary(grouping: try all(answerRows(of: ids)), by: \.household)
      .mapValues(AnswerInForce.byCheck)
    let answers = rows.answers.values.flatMap { $0.values.map(\.answer) }
    for record in try all(recordsBehind(answers)) {
      guard let opened = try record.open(keys) else { continue }
      rows.records[record.household, default: [:]][record.type, default: []]
        .append(PersonRecord(person: record.person, record: opened))
    }
    return ids.compactMap { rows.household($0) }
  }

  private func areas(of ids: [HouseholdID]) throws -> [HouseholdID: AreaCode] {
    let rows = try all(
      Query("SELECT id, area FROM households WHERE id = ANY(\(list: ids))") {
        row -> (HouseholdID, AreaCode) in
        (try row("id"), try row("area"))
      })
    return Dictionary(rows) { first, _ in first }
  }
}

extension EvidenceRows {
  /// Nil when it is not there any more.
  func household(_ id: HouseholdID) -> JudgedHousehold? {
    guard let area = areas[id], let county = area.county else { return nil }
    let answers = (answers[id] ?? [:]).mapValues { found in
      AnswerFacts(
        result: found.answer.result, asOf: found.answer.asOf,
        records: records[id]?[found.answer.type] ?? [], earlierResult: found.earlier)
    }
    return JudgedHousehold(
      area: area,
      facts: HouseholdFacts(
        id: id, members: members[id] ?? [], county: county, answers: answers,
        visits: visits[id] ?? [], vacancies: vacancies[id] ?? []))
  }
}

private func memberFacts(of ids: [HouseholdID]) -> Query<(HouseholdID, MemberFacts)> {
  Query(
    """
    SELECT household_id, id, relation, marital_status, registered_at FROM persons
    WHERE household_id = ANY(\(list: ids)) AND left_on IS NULL
    """
  ) { row in
    (
      try row("household_id"),
      MemberFacts(
        id: try row("id"), relation: try row("relation"), maritalStatus: try row("marital_status"),
        registeredAt: try row("registered_at"))
    )
  }
}

private func visitFacts(of ids: [HouseholdID]) -> Query<(HouseholdID, VisitFacts)> {
  Query(
    """
    SELECT household_id, visited_on, home_use FROM visits
    WHERE household_id = ANY(\(list: ids)) AND home_use IS NOT NULL
    """
  ) { row in
    (
      try row("household_id"),
      VisitFacts(visitedOn: try row("visited_on"), use: try row("home_use"))
    )
  }
}

/// The records that came with answers: looked up answer by answer in the index, however many there are
/// of other households.
func recordsBehind(_ answers: [AnswerRow]) -> Query<AnswerRecord> {
  Query(
    """
    SELECT r.delivery_id, r.household_id, r.person_id, r.check_type, r.line, r.digest, r.values_sealed
    FROM unnest(\(list: answers.map(\.delivery))::bigint[],
      \(list: answers.map(\.household))::bigint[]) AS k (delivery, household)
    CROSS JOIN LATERAL (
      SELECT c.delivery_id, c.household_id, c.person_id, c.check_type, c.line, c.digest,
        c.values_sealed
      FROM check_records c
      WHERE c.delivery_id = k.delivery AND c.household_id = k.household OFFSET 0) r
    """)
}
