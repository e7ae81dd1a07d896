import Domain
import Pages
import Postgres
import Web

/// How a lease ends, and what becomes of its home.
struct TypedEnding: Sendable {
  let day: Day
  let reason: String
  let homeState: HomeState
}

extension HomeState {
  /// What a home may be once its lease has ended.
  static let afterLease: [HomeState] = [.vacant, .inRepair, .awaitingRecovery]
}

extension Transaction {
  /// The lease with its household and home kept from other edits until the end.
  func lockLease(_ id: LeaseID, version: Int) throws -> LeaseDetail {
    guard let found = try first(leaseDetail(id)) else { throw WebError.notFound }
    _ = try lockHousehold(found.household)
    try lockHomes([found.home])
    guard let lease = try first(leaseDetail(id)) else { throw WebError.notFound }
    guard lease.version == version else { throw EditProblem.overtaken }
    return lease
  }

  func createLease(
    of id: HouseholdID, _ terms: LeaseTerms, at place: TypedPlace, by editor: Editor
  ) throws -> LeaseID {
    _ = try lockHousehold(id)
    let home = try vacantHome(at: place)
    try refuseOverlap(home: home.id, household: id, terms, until: nil)
    try describeChange(action: .createLease, by: editor.principal.displayName)
    let lease = try insertLease(of: id, in: home, terms)
    try touch(id)
    var after = terms.audited
    after["home"] = home.place
    try editor.record(.createLease, .leases, lease.rawValue, after: after, in: self)
    return lease
  }

  /// The home that is meant, locked, if somebody may move in.
  func vacantHome(at place: TypedPlace) throws -> HomeDetail {
    let meant = try home(at: place)
    try lockHomes([meant.id])
    let home = try found(homeDetail(meant.id))
    guard home.state != .inRepair, home.state != .awaitingRecovery else {
      throw EditProblem.field("room", "这套房现在是“\(home.state.title)”，不能出租；先修改房屋状态")
    }
    return home
  }

  func insertLease(
    of household: HouseholdID, in home: HomeDetail, _ terms: LeaseTerms
  ) throws -> LeaseID {
    let id = try one(
      Query<LeaseID>(
        """
        INSERT INTO leases (area, home_id, household_id, contract_number, contract_version,
          starts_on, ends_on, monthly_rent, deposit, state)
        VALUES (\(home.area), \(home.id), \(household), \(terms.contractNumber),
          \(terms.contractVersion), \(terms.startsOn), \(terms.endsOn), \(terms.monthlyRent),
          \(terms.deposit), 'running')
        RETURNING id
        """))
    try setState(of: home.id, to: .leased)
    return id
  }

  /// Names the lease that is in the way.
  func refuseOverlap(
    home: HomeID, household: HouseholdID, _ terms: LeaseTerms, until lastDay: Day?,
    besides own: LeaseID? = nil
  ) throws {
    let found = try all(
      overlappingLeases(
        home: home, household: household, from: terms.startsOn, until: lastDay, besides: own))
    guard let other = found.first else { return }
    let end = other.endedOn.map { "至 \($0.iso)" } ?? "起，尚未终止"
    let term = "租约 \(other.contractNumber)（\(other.startsOn.iso) \(end)）"
    if other.home == home {
      throw EditProblem.field("starts_on", "这套房在这段时间已有\(term)，租期不能重叠")
    }
    throw EditProblem.field(
      "starts_on", "这个家庭在这段时间已租住 \(other.estateName) \(other.place)，\(term)，租期不能重叠")
  }

  func changeLease(
    _ id: LeaseID, to terms: LeaseTerms, endedOn: Day?, version: Int, by editor: Editor
  ) throws {
    let before = try lockLease(id, version: version)
    let lastDay = before.state == .running ? nil : endedOn ?? before.endedOn
    if let lastDay, lastDay < terms.startsOn {
      throw EditProblem.field("ended_on", "终止日期不能早于起租日")
    }
    try refuseOverlap(
      home: before.home, household: before.household, terms, until: lastDay, besides: id)
    try editor.record(
      .changeLease, .leases, id.rawValue, before: before.audited, after: terms.audited, in: self)
    try execute(
      """
      UPDATE leases SET contract_number = \(terms.contractNumber),
        contract_version = \(terms.contractVersion), starts_on = \(terms.startsOn),
        ends_on = \(terms.endsOn), monthly_rent = \(terms.monthlyRent),
        deposit = \(terms.deposit), ended_on = \(optional: lastDay), version = version + 1
      WHERE id = \(id)
      """)
    try touch(before.household)
  }

  func endLease(
    _ id: LeaseID, _ ending: TypedEnding, version: Int, by editor: Editor
  ) throws -> LeaseDetail {
    let lease = try lockLease(id, version: version)
    guard lease.state == .running else { throw EditProblem.overtaken }
    guard ending.day >= lease.startsOn else {
      throw EditProblem.field("ended_on", "终止日期不能早于起租日 \(lease.startsOn.iso)")
    }
    try editor.record(
      .endLease, .leases, id.rawValue, reason: ending.reason,
      after: ["ended_on": ending.day.iso, "home_state": ending.homeState.rawValue], in: self)
    try close(lease, ending)
    try touch(lease.household)
    return lease
  }

  func close(_ lease: LeaseDetail, _ ending: TypedEnding) throws {
    try execute(
      """
      UPDATE leases SET state = 'ended', ended_on = \(ending.day),
        ended_reason = \(ending.reason), version = version + 1
      WHERE id = \(lease.id)
      """)
    try setState(of: lease.home, to: ending.homeState)
  }

  /// Takes an ending back, as long as neither home nor household has gone on since.
  func reopenLease(_ id: LeaseID, version: Int, by editor: Editor) throws -> LeaseDetail {
    let lease = try lockLease(id, version: version)
    guard lease.state == .ended else { throw EditProblem.overtaken }
    let others = try all(
      overlappingLeases(
        home: lease.home, household: lease.household, from: lease.startsOn, until: nil,
        besides: id))
    if let other = others.first {
      throw EditProblem.field("reason", "之后已有租约 \(other.contractNumber)，不能撤销终止")
    }
    try editor.record(
      .reopenLease, .leases, id.rawValue, before: ["ended_on": lease.endedOn?.iso ?? ""],
      in: self)
    try execute(
      """
      UPDATE leases SET state = 'running', ended_on = NULL, ended_reason = NULL,
        version = version + 1
      WHERE id = \(id)
      """)
    try setState(of: lease.home, to: .leased)
    try touch(lease.household)
    return lease
  }
}
