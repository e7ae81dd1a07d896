import Domain
import Pages
import Postgres

/// One row of the list of households.
struct HouseholdLine: RowDecodable {
  let id: HouseholdID
  let area: AreaCode
  let number: String
  let category: HouseholdCategory
  let standing: HouseholdStanding
  let township: String
  let applicant: String?
  let members: Int
  /// The members whose names hold the words that were looked for.
  let matches: [String]
  let estate: String?
  let building: String?
  let unit: String?
  let room: String?
  let hasFinding: Bool

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    number = try row("number")
    category = try row("category")
    let isMerged: Bool = try row("is_merged")
    township = try row("township")
    applicant = try row("applicant")
    members = try row("members")
    matches = try row("matches")
    estate = try row("estate")
    building = try row("building")
    unit = try row("unit")
    room = try row("room")
    hasFinding = try row("has_finding")
    standing = isMerged ? .merged : room == nil ? .withoutLease : .renting
  }

  /// Where the household lives; nil without a lease.
  var home: String? {
    guard let room else { return nil }
    return homeText(building: building ?? "", unit: unit ?? "", room: room)
  }
}

/// By area and id, in the columns of whatever leads to them.
private func householdOrder(_ area: SQL, _ id: SQL) -> ListOrder<HouseholdLine> {
  .ascending(.key(area, \.area), .key(id, \.id))
}

/// Which households a list shows, with everything that the words were found to mean.
struct HouseholdSelection: Sendable {
  let filter: HouseholdFilter
  let scope: RegisterScope
  static let order = householdOrder("area", "id")

  /// The homes that the address words mean.
  var places: [PlaceRange] = []
  /// The people whose names are not yet taken into the index of names.
  var backlog: [PersonRange] = []

  init(_ filter: HouseholdFilter, in scope: RegisterScope) {
    self.filter = filter
    self.scope = scope
  }

  /// Keys of households in the order of the list: `area` and `id`, each once.
  fileprivate func keys(from position: ListPosition?, limit: Int?) -> SQL {
    let arms = sources.map { source -> SQL in
      let key: SQL = "\(source.area) AS area, \(source.id) AS id"
      return "(\(arm(source, key, from: position, limit: limit)))"
    }
    guard arms.count > 1 else { return arms[0] }
    return """
      SELECT area, id FROM (\(arms.joined(separator: " UNION "))) found
      ORDER BY \(Self.order.order(from: position)) \(limited(to: limit))
      """
  }

  /// The rows of `households` with these keys; read once where no other table leads to them.
  fileprivate func households(from position: ListPosition?, limit: Int?) -> SQL {
    let sources = sources
    guard sources.count == 1, sources[0].isTable else {
      return householdRows(keys: keys(from: position, limit: limit))
    }
    return arm(sources[0], "h.*", from: position, limit: limit)
  }

  private func arm(
    _ source: Source, _ columns: SQL, from position: ListPosition?, limit: Int?
  ) -> SQL {
    let inArea: SQL =
      filter.township.map { "\(source.area) = \($0)" } ?? scope.holds(source.area)
    let once: SQL = source.isTable ? "" : "GROUP BY 1, 2"
    let order = householdOrder(source.area, source.id)
    return """
      SELECT \(columns) FROM \(source.tables)
      WHERE \(inArea) AND \(filter.condition)
        AND \(order.rows(from: position))
      \(once)
      ORDER BY \(order.order(from: position)) \(limited(to: limit))
      """
  }
}

/// The rows of `households` whose keys (`area` and `id`) a query gives.
private func householdRows(keys: SQL) -> SQL {
  "SELECT h.* FROM (\(keys)) k JOIN households h ON h.id = k.id"
}

/// Households by area and id: one line more than a page shows, so that it is known whether another
/// page follows, or all. People and homes are looked up for these lines only.
func householdLines(
  _ selection: HouseholdSelection, from position: ListPosition?,
  limit: Int? = registerPageSize + 1
) -> Query<HouseholdLine> {
  householdLines(selection.households(from: position, limit: limit), selection)
}

/// The lines of the households whose keys (`area` and `id`) a query gives.
func householdLines(keys: SQL) -> Query<HouseholdLine> {
  householdLines(householdRows(keys: keys), nil)
}

private func householdLines(
  _ households: SQL, _ selection: HouseholdSelection?
) -> Query<HouseholdLine> {
  var matches: SQL = "'{}'::text[]"
  if case .name(let part) = selection?.filter.words {
    matches = """
      ARRAY(SELECT p.name FROM persons p
        WHERE p.household_id = h.id AND strpos(p.name, \(part)) > 0 ORDER BY p.id)
      """
  }
  return Query(
    """
    SELECT h.id, h.area, h.number, h.category, h.merged_into IS NOT NULL AS is_merged,
      a.name AS township, h.applicant, h.members, \(matches) AS matches, e.name AS estate,
      m.building, m.unit, m.room,
      EXISTS (SELECT FROM findings f WHERE f.household_id = h.id AND f.state = 'open')
        AS has_finding
    FROM (\(households)) h
    JOIN areas a ON a.code = h.area
    LEFT JOIN homes m ON m.id = h.home_id
    LEFT JOIN estates e ON e.id = m.estate_id
    ORDER BY h.area, h.id
    """)
}

/// How many there are, up to a limit.
func householdCount(_ selection: HouseholdSelection) -> Query<Int> {
  Query(
    """
    SELECT count(*) FROM (
      \(selection.keys(from: nil, limit: selection.filter.countLimit + 1))) counted
    """)
}

extension HouseholdFilter {
  /// A name that many bear is to be said more fully, not counted.
  var countLimit: Int {
    if case .name = words { return 200 }
    return CappedCount.limit
  }

  func countText(_ counted: Int) -> String {
    counted > countLimit ? "\(grouped(countLimit)) 户以上" : "\(grouped(counted)) 户"
  }
}
