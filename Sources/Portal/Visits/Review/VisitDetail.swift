import Domain
import Foundation
import Ground
import Postgres
import Register

/// A visit as it is shown: what was written, by whom, and where it stands. Demonstrations and old registers may know no
/// more of one than its day and what was seen.
struct VisitDetail: RowDecodable {
  let id: VisitID
  let area: AreaCode
  let household: HouseholdID
  let householdNumber: String
  let applicant: String?
  let entry: RosterEntryID?
  let home: HomeID?
  let place: String
  let visitedOn: Day
  let visitedAt: Date?
  let slot: VisitSlot?
  let startedAt: Date?
  let recordedAt: Date?
  let recordedBy: AccountID?
  let recordedByName: String?
  let second: AccountID?
  let secondName: String?
  let confirmedAt: Date?
  let met: VisitMet
  let use: VisitUse?
  let isIDChecked: Bool?
  let occupants: Int?
  let emptySince: Day?
  let emptyReason: VacancyReason?
  let water: Hundredths?
  let electricity: Hundredths?
  let gas: Hundredths?
  let isRedecorated: Bool?
  let recordingNumber: String?
  let renews: Bool?
  let arrears: Hundredths?
  let arrearsBy: Day?
  let isLocated: Bool
  let photosTaken: Int
  let photosArrived: Int
  let state: VisitState
  let version: Int
  private let personalSealed: [UInt8]?

  init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    household = try row("household_id")
    householdNumber = try row("number")
    applicant = try row("applicant")
    entry = try row("entry_id")
    home = try row("home_id")
    place = try row("place")
    visitedOn = try row("visited_on")
    visitedAt = try row("visited_at")
    slot = try row("slot")
    startedAt = try row("started_at")
    recordedAt = try row("recorded_at")
    recordedBy = try row("recorded_by")
    recordedByName = try row("recorded_by_name")
    second = try row("second_id")
    secondName = try row("second_name")
    confirmedAt = try row("confirmed_at")
    met = try row("met")
    use = try row("home_use")
    isIDChecked = try row("id_checked")
    occupants = try row("occupants")
    emptySince = try row("empty_since")
    emptyReason = try row("empty_reason")
    water = try row("water")
    electricity = try row("electricity")
    gas = try row("gas")
    isRedecorated = try row("is_redecorated")
    recordingNumber = try row("recording_number")
    renews = try row("renews")
    arrears = try row("arrears_fen", as: Int?.self).map { Hundredths(count: $0) }
    arrearsBy = try row("arrears_by")
    isLocated = try row("is_located")
    photosTaken = try row("photos_taken")
    photosArrived = try row("photos_arrived")
    state = try row("state")
    version = try row("version")
    personalSealed = try row("personal_sealed")
  }

  /// What names people, opened.
  func personal(_ keys: KeyRing) throws -> VisitPersonal {
    guard let personalSealed else { return VisitPersonal() }
    let plain = try keys.open(personalSealed, for: .visitPersonal, of: household)
    return try JSONDecoder().decode(VisitPersonal.self, from: Data(plain))
  }

  /// How many of the photos that its phone has taken did not arrive yet.
  var photosMissing: Int { max(0, photosTaken - photosArrived) }
}

func visitDetail(_ id: VisitID) -> Query<VisitDetail> {
  Query(
    """
    SELECT v.id, v.area, v.household_id, h.number, h.applicant, v.entry_id, v.home_id,
      coalesce(e.name || ' ' || m.building || '-' || m.unit || '-' || m.room, '') AS place,
      v.visited_on, v.visited_at, v.slot, v.started_at, v.recorded_at, v.recorded_by, v.recorded_by_name,
      v.second_id, v.second_name, v.confirmed_at, v.met, v.home_use, v.id_checked, v.occupants,
      v.empty_since, v.empty_reason, v.water, v.electricity, v.gas, v.is_redecorated, v.recording_number,
      v.renews, v.arrears_fen, v.arrears_by, v.latitude IS NOT NULL AS is_located,
      cardinality(v.photos_taken) AS photos_taken,
      (SELECT count(*) FROM files f WHERE f.visit_id = v.id AND f.original_sha256 = ANY(v.photos_taken))
        AS photos_arrived,
      v.state, v.version, v.personal_sealed
    FROM visits v JOIN households h ON h.id = v.household_id
    LEFT JOIN homes m ON m.id = v.home_id LEFT JOIN estates e ON e.id = m.estate_id
    WHERE v.id = \(id)
    """)
}

/// A mark of a visit.
struct MarkedVisit: RowDecodable {
  let mark: VisitMark
  let details: String?

  init(_ row: Row) throws {
    mark = try row("mark")
    details = try row("details")
  }
}

func visitMarks(of id: VisitID) -> Query<MarkedVisit> {
  Query("SELECT mark, details FROM visit_marks WHERE visit_id = \(id) ORDER BY mark")
}
