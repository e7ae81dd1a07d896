package import Domain
package import Pages
package import Postgres

extension Transaction {
  /// The household has handed its home back: its lease ends, and the home is what it is to be.
  ///
  /// - Returns: the lease that ended; nil where none was running any more.
  /// - Throws: `EditProblem` at the field `vacated_on` where the day does not go with the lease.
  @discardableResult
  package func returnHome(
    _ home: HomeID, of household: HouseholdID, on day: Day, reason: String,
    becoming state: HomeState,
    by editor: Editor
  ) throws -> LeaseID? {
    guard let lease = try runningLease(of: household, in: home) else { return nil }
    do {
      _ = try endLease(
        lease.id, TypedEnding(day: day, reason: reason, homeState: state), version: lease.version,
        by: editor)
    } catch EditProblem.field(_, let message) {
      throw EditProblem.field("vacated_on", message)
    }
    return lease.id
  }

  /// Takes that back, as long as neither home nor household has gone on since.
  ///
  /// - Throws: `EditProblem` at the field `facts` where they have.
  package func takeBackReturn(
    of home: HomeID, by household: HouseholdID, on day: Day, by editor: Editor
  ) throws {
    let ended = try first(
      Query(
        """
        SELECT id, version FROM leases
        WHERE household_id = \(household) AND home_id = \(home) AND state = 'ended' AND ended_on = \(day)
        ORDER BY id DESC LIMIT 1
        """
      ) { (id: try $0("id", as: LeaseID.self), version: try $0("version", as: Int.self)) })
    guard let ended else { return }
    do {
      _ = try reopenLease(ended.id, version: ended.version, by: editor)
    } catch EditProblem.field(_, let message) {
      throw EditProblem.field("facts", message)
    }
  }

  /// Says that a let home is to come back, or that it is not: 待收回 or 已出租.
  package func expectHome(_ home: HomeID, back isAwaited: Bool, by editor: Editor) throws {
    let (from, to): (HomeState, HomeState) =
      isAwaited ? (.leased, .awaitingRecovery) : (.awaitingRecovery, .leased)
    try lockHomes([home])
    guard try one(homeDetail(home)).state == from, try hasRunningLease(home) else { return }
    try editor.record(
      .changeHome, .homes, home.rawValue, before: ["state": from.rawValue],
      after: ["state": to.rawValue], in: self)
    try setState(of: home, to: to)
  }

  private func runningLease(
    of household: HouseholdID, in home: HomeID
  ) throws -> (id: LeaseID, version: Int)? {
    try first(
      Query(
        """
        SELECT id, version FROM leases
        WHERE household_id = \(household) AND home_id = \(home) AND state = 'running'
        """
      ) { (id: try $0("id", as: LeaseID.self), version: try $0("version", as: Int.self)) })
  }
}
