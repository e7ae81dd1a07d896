import Campaigns
import Domain
import Ground
import Postgres
import Register
import Reviews

/// What the rules look at for one household, with the area that its findings belong to.
struct JudgedHousehold: Sendable {
  let area: AreaCode
  let facts: HouseholdFacts
  /// The answers in force.
  let answers: [CheckType: AnswerInForce]
  /// All answers about it that stand, in force or not.
  let standing: Set<CheckID>
}

/// Where a household is, since when, and whether the rules have anything to say of it.
private struct HouseholdPlace: RowDecodable {
  let id: HouseholdID
  let area: AreaCode
  let firstLease: Day?
  let isInScope: Bool

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    firstLease = try row("first_lease")
    isInScope = try row("in_scope")
  }
}

/// What was read of some households, by household.
private struct EvidenceRows {
  var homes: [HouseholdID: HouseholdPlace] = [:]
  var members: [HouseholdID: [MemberFacts]] = [:]
  var departures: [HouseholdID: [DepartureFacts]] = [:]
  var visits: [HouseholdID: [VisitFacts]] = [:]
  var vacancies: [HouseholdID: [VacancyFacts]] = [:]
  var answers: [HouseholdID: [CheckType: AnswerInForce]] = [:]
  var standing: [HouseholdID: Set<CheckID>] = [:]
  var records: [HouseholdID: [CheckType: [PersonRecord]]] = [:]
}

extension Transaction {
  /// The evidence of some households, each set of rows in one query, whatever their number.
  func judgedHouseholds(_ ids: [HouseholdID], keys: KeyRing) throws -> [JudgedHousehold] {
    var rows = EvidenceRows()
    rows.homes = Dictionary(try all(householdPlaces(ids)).map { ($0.id, $0) }) { first, _ in first }
    for (household, member) in try all(memberFacts(of: ids)) {
      rows.members[household, default: []].append(member)
    }
    for (household, departure) in try all(departureFacts(of: ids)) {
      rows.departures[household, default: []].append(departure)
    }
    for (household, visit) in try all(visitFacts(of: ids)) {
      rows.visits[household, default: []].append(visit)
    }
    for vacancy in try all(recordedVacancies(of: ids)) where vacancy.stands {
      rows.vacancies[vacancy.household, default: []].append(vacancy.facts)
    }
    let given = Dictionary(grouping: try all(answerRows(of: ids)), by: \.household)
    rows.answers = given.mapValues(AnswerInForce.byCheck)
    rows.standing = given.mapValues { Set($0.map(\.id)) }
    let answers = rows.answers.values.flatMap { $0.values.map(\.answer) }
    for record in try all(recordsBehind(answers)) {
      guard let opened = try record.open(keys) else { continue }
      rows.records[record.household, default: [:]][record.type, default: []]
        .append(
          PersonRecord(person: record.person, record: opened, otherName: record.otherName))
    }
    return ids.compactMap { rows.household($0) }
  }
}

extension EvidenceRows {
  /// Nil when it is not there any more.
  func household(_ id: HouseholdID) -> JudgedHousehold? {
    guard let home = homes[id], let county = home.area.county else { return nil }
    let answers = answers[id] ?? [:]
    let facts = answers.mapValues { found in
      AnswerFacts(
        result: found.answer.result, asOf: found.answer.asOf,
        records: records[id]?[found.answer.type] ?? [], earlierResult: found.earlier?.result)
    }
    return JudgedHousehold(
      area: home.area,
      facts: HouseholdFacts(
        id: id, members: members[id] ?? [], county: county, answers: facts,
        visits: visits[id] ?? [], departures: departures[id] ?? [],
        vacancies: vacancies[id] ?? [], firstLease: home.firstLease, isInScope: home.isInScope),
      answers: answers, standing: standing[id] ?? [])
  }
}

/// The rules speak of whoever has a running lease, in the estates that the county's campaign looks at: the estate
/// of a household is that of its running lease.
private func householdPlaces(_ ids: [HouseholdID]) -> Query<HouseholdPlace> {
  Query(
    """
    SELECT h.id, h.area,
      (SELECT min(l.starts_on) FROM leases l WHERE l.household_id = h.id) AS first_lease,
      coalesce(\(isInCampaign(estate: "e", area: "h.area")), false) AS in_scope
    FROM households h LEFT JOIN estates e ON e.id = h.estate_id
    WHERE h.id = ANY(\(list: ids))
    """)
}

/// Who left since the running lease began: the home was given to the family as it was then.
private func departureFacts(of ids: [HouseholdID]) -> Query<(HouseholdID, DepartureFacts)> {
  Query(
    """
    SELECT p.household_id, p.id, p.relation, p.left_on, p.left_reason
    FROM persons p JOIN leases l ON l.household_id = p.household_id AND l.state = 'running'
    WHERE p.household_id = ANY(\(list: ids)) AND p.left_on >= l.starts_on
    """
  ) { row in
    (
      try row("household_id"),
      DepartureFacts(
        id: try row("id"), relation: try row("relation"), leftOn: try row("left_on"),
        reason: try row("left_reason"))
    )
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
    SELECT household_id, id, visited_on, home_use, empty_since FROM visits
    WHERE household_id = ANY(\(list: ids)) AND home_use IS NOT NULL AND state <> 'void'
    """
  ) { row in
    (
      try row("household_id"),
      VisitFacts(
        id: try row("id"), visitedOn: try row("visited_on"), use: try row("home_use"),
        emptySince: try row("empty_since"))
    )
  }
}

/// The records that came with answers: looked up answer by answer in the index, however many there are
/// of other households.
func recordsBehind(_ answers: [AnswerRow]) -> Query<AnswerRecord> {
  Query(
    """
    SELECT r.delivery_id, r.household_id, r.person_id, r.check_type, r.line, r.digest, r.values_sealed,
      r.name_differs
    FROM unnest(\(list: answers.map(\.delivery))::bigint[],
      \(list: answers.map(\.household))::bigint[]) AS k (delivery, household)
    CROSS JOIN LATERAL (
      SELECT c.delivery_id, c.household_id, c.person_id, c.check_type, c.line, c.digest,
        c.values_sealed, c.name_differs
      FROM check_records c
      WHERE c.delivery_id = k.delivery AND c.household_id = k.household OFFSET 0) r
    """)
}
