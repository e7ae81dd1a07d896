package import Domain
import Ground
package import Postgres

/// How many answers are owed and there, of whatever is counted together.
package struct AnswerCounts: Hashable, Sendable {
  package var owed = 0
  var clear = 0
  package var hit = 0
  var notFound = 0

  package var answered: Int { clear + hit + notFound }
  package var open: Int { owed - answered }

  static func + (left: AnswerCounts, right: AnswerCounts) -> AnswerCounts {
    AnswerCounts(
      owed: left.owed + right.owed, clear: left.clear + right.clear, hit: left.hit + right.hit,
      notFound: left.notFound + right.notFound)
  }
}

/// How far a check is in a round.
struct CheckCounts: RowDecodable {
  let round: ReviewRoundID
  let type: CheckType
  let counts: AnswerCounts

  init(_ row: Row) throws {
    round = try row("round_id")
    type = try row("check_type")
    counts = AnswerCounts(
      owed: try row("owed"), clear: try row("clear"), hit: try row("hit"),
      notFound: try row("not_found"))
  }
}

/// How far the checks of some rounds are, from what the trigger counted; never from the answers
/// themselves, of which there are ten million.
func checkCounts(of rounds: [ReviewRoundID]) -> Query<CheckCounts> {
  Query(
    """
    SELECT round_id, check_type, sum(households)::bigint AS owed, sum(clear)::bigint AS clear,
      sum(hit)::bigint AS hit, sum(not_found)::bigint AS not_found
    FROM review_progress WHERE round_id = ANY(\(list: rounds))
    GROUP BY round_id, check_type
    """)
}

/// How far an estate is in a round, and how much of it each bureau owes still.
struct EstateCounts: RowDecodable {
  let area: AreaCode
  let township: String
  /// Nil where the households had no home.
  let estate: EstateID?
  let name: String?
  let households: Int
  let counts: AnswerCounts
  let open: [Bureau: Int]

  init(_ row: Row) throws {
    area = try row("area")
    township = try row("township")
    let id: Int64 = try row("estate_id")
    estate = id > 0 ? EstateID(rawValue: id) : nil
    name = try row("estate")
    households = try row("households")
    counts = AnswerCounts(
      owed: try row("owed"), clear: try row("clear"), hit: try row("hit"),
      notFound: try row("not_found"))
    let checks = try row.counts("open_checks", of: CheckType.self)
    open = Dictionary(checks.map { ($0.key.bureau, $0.value) }, uniquingKeysWith: +)
  }
}

/// All estates of a round, by township and name.
func estateCounts(of round: ReviewRoundID) -> Query<EstateCounts> {
  Query(
    """
    SELECT p.area, a.name AS township, p.estate_id, e.name AS estate, p.households, p.owed, p.clear,
      p.hit, p.not_found, p.open_checks
    FROM (
      SELECT area, estate_id, max(households) AS households, sum(households)::bigint AS owed,
        sum(clear)::bigint AS clear, sum(hit)::bigint AS hit, sum(not_found)::bigint AS not_found,
        json_object_agg(check_type, households - clear - hit - not_found)::text AS open_checks
      FROM review_progress WHERE round_id = \(round) GROUP BY area, estate_id) p
    JOIN areas a ON a.code = p.area
    LEFT JOIN estates e ON e.id = p.estate_id
    ORDER BY p.area, e.name, p.estate_id
    """)
}

/// A round and how far its bureaus are.
package struct RoundProgress: Sendable {
  package let round: ReviewRound
  let checks: [CheckType: AnswerCounts]

  init(_ round: ReviewRound, _ counts: [CheckCounts]) {
    self.round = round
    checks = Dictionary(
      counts.filter { $0.round == round.id }.map { ($0.type, $0.counts) },
      uniquingKeysWith: { first, _ in first })
  }

  package subscript(type: CheckType) -> AnswerCounts { checks[type] ?? AnswerCounts() }

  package subscript(bureau: Bureau) -> BureauProgress {
    BureauProgress(
      bureau: bureau, dueOn: round.dues[bureau],
      counts: bureau.checks.map { self[$0] }.reduce(AnswerCounts(), +), endedOn: round.closedOn)
  }

  package var bureaus: [BureauProgress] { Bureau.allCases.map { self[$0] } }
  var total: AnswerCounts { checks.values.reduce(AnswerCounts(), +) }
  /// How many households are in the frame, as far as the reader's area goes.
  package var households: Int { checks.values.map(\.owed).max() ?? 0 }

  func lateBureaus(on today: Day) -> [BureauProgress] { bureaus.filter { $0.isLate(on: today) } }
}

extension Transaction {
  package func progress(of rounds: [ReviewRound]) throws -> [RoundProgress] {
    let counts = try all(checkCounts(of: rounds.map(\.id)))
    return rounds.map { RoundProgress($0, counts) }
  }
}

/// What a bureau owes in a round, and until when.
package struct BureauProgress: Sendable {
  package let bureau: Bureau
  /// Nil in rounds that were opened before bureaus had days.
  package let dueOn: Day?
  package let counts: AnswerCounts
  /// When the round ended; nothing gets later after that.
  let endedOn: Day?

  /// Days past the due day, while something is open.
  package func daysLate(on today: Day) -> Int? {
    guard counts.open > 0, let dueOn else { return nil }
    let late = dueOn.days(until: endedOn ?? today)
    return late > 0 ? late : nil
  }

  func isLate(on today: Day) -> Bool { daysLate(on: today) != nil }
}
