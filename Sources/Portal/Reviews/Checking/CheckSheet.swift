import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// One household and one check of a round, as somebody answers it.
struct CheckSheet: Sendable {
  let round: ReviewRound
  let position: FramePosition
  let household: HouseholdDetail
  let type: CheckType
  let members: [MaskedPerson]
  let home: LeaseDetail?
  let answers: HouseholdAnswers
  /// The next household with this check open.
  let next: CheckListLine?
  /// How many have it open.
  let open: Int
  /// Where the check rests on authorisations: who has given none, and whether it may be answered all the same.
  let unauthorised: [UnauthorisedMember]
  let mayCheckWithout: Bool

  var bureau: Bureau { type.bureau }
  var current: HouseholdAnswers.Answer? { answers.inForce(type, in: round.id) }
  /// What the form has to say it saw.
  var sequence: Int { current?.line.sequence ?? 0 }

  var names: [PersonID: String] {
    Dictionary(
      members.map { ($0.person.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Which check of which round is meant, and within what the next one is looked for.
struct CheckAddress: Sendable {
  var round: ReviewRoundID?
  var type: CheckType?
  var filter = CheckFilter()
  var asOf: Day?

  /// From the address, or from a form's hidden fields.
  init(_ fields: FormFields) throws {
    round = try fields.filterChoice("round")
    type = try fields.filterChoice("check")
    filter.township = try fields.filterChoice("township")
    filter.estate = try fields.filterChoice("estate")
    asOf = fields["as_of"].flatMap { Day(iso: $0) }
  }

  func link(_ household: HouseholdID, _ type: CheckType, in round: ReviewRoundID) -> Link {
    Paths.deskCheck.link(household).query("check", type.rawValue)
      .query("round", round.description).query("township", filter.township?.rawValue)
      .query("estate", filter.estate?.description).query("as_of", asOf?.iso)
  }

  /// The list from which one came.
  func list(_ type: CheckType, in round: ReviewRoundID) -> Link {
    var narrowed = filter
    narrowed.type = type
    return narrowed.link(.own(round: round))
  }
}

private struct FramePlace: RowDecodable {
  let round: ReviewRoundID
  let area: AreaCode
  let estate: Int64

  init(_ row: Row) throws {
    round = try row("round_id")
    area = try row("area")
    estate = try row("estate_id")
  }
}

/// The round in whose frame a household stands: the one that is asked for, else the one that runs,
/// else the last.
private func framePlace(of household: HouseholdID, in round: ReviewRoundID?) -> Query<FramePlace> {
  let asked: SQL = round.map { "f.round_id = \($0)" } ?? "true"
  return Query(
    """
    SELECT f.round_id, f.area, f.estate_id FROM review_households f
    JOIN review_rounds r ON r.id = f.round_id
    WHERE f.household_id = \(household) AND \(asked)
    ORDER BY r.closed_on IS NULL DESC, r.id DESC LIMIT 1
    """)
}

extension Transaction {
  /// - Throws: `WebError.notFound` where the household is in no such frame or lies elsewhere;
  ///   `WebError.refused` for a check of another bureau.
  func checkSheet(
    _ id: HouseholdID, _ address: CheckAddress, for bureau: Bureau, on day: Day, keys: KeyRing
  ) throws -> CheckSheet {
    guard let household = try first(householdDetail(id)),
      let place = try first(framePlace(of: id, in: address.round))
    else { throw WebError.notFound }
    try refuse(address.type, of: bureau)
    let answers = try answers(of: id, keys: keys)
    let type =
      address.type
      ?? bureau.checks.first { answers.inForce($0, in: place.round) == nil } ?? bureau.checks[0]
    let position = FramePosition(area: place.area, estate: place.estate, household: id.rawValue)
    let queue = try queue(type, in: place.round, address.filter)
    return CheckSheet(
      round: try round(place.round), position: position, household: household, type: type,
      members: try all(persons(of: id)).map { MaskedPerson($0, keys: keys) }.filter {
        $0.person.isPresent
      },
      home: try all(leases(of: id)).first { $0.state == .running }, answers: answers,
      next: try next(in: queue, after: position, besides: id), open: queue.count,
      unauthorised: Authorisations.needed.contains(type)
        ? try unauthorisedMembers(of: id, on: day, keys: keys) : [],
      mayCheckWithout: try first(authorisationSetting(of: place.area))?.mayCheckWithout ?? true)
  }
}
