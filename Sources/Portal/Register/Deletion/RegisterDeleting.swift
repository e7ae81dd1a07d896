import Domain
import FindingLedger
import Pages
import Postgres
import Web

/// Something that is to be deleted, and why.
struct RegisterDeletion: Sendable {
  let entity: RegisterEntity
  let id: Int64
  let reason: String
  let action: RegisterAction
  /// What the log keeps of it: nothing about people.
  let kept: [String: String]
}

extension Transaction {
  func deleteEstate(
    _ id: EstateID, reason: String, version: Int, by editor: Editor
  ) throws {
    let current = try found(
      Query<Int>("SELECT version FROM estates WHERE id = \(id) FOR UPDATE"))
    guard current == version else { throw EditProblem.overtaken }
    let estate = try found(estateSummary(id))
    try delete(
      RegisterDeletion(
        entity: .estates, id: id.rawValue, reason: reason, action: .deleteEstate,
        kept: [
          "name": estate.name, "area": estate.area.rawValue, "address": estate.address,
          "ownership": estate.ownership.rawValue,
        ]), in: estate.area, by: editor
    ) { "DELETE FROM estates WHERE id = \(id)" }
  }

  func deleteHome(_ id: HomeID, reason: String, version: Int, by editor: Editor) throws {
    try lockHomes([id])
    let home = try found(homeDetail(id))
    guard home.version == version else { throw EditProblem.overtaken }
    try delete(
      RegisterDeletion(
        entity: .homes, id: id.rawValue, reason: reason, action: .deleteHome,
        kept: ["name": home.estateName, "place": home.place, "floor_area": home.floorArea.text]),
      in: home.area, by: editor
    ) { "DELETE FROM homes WHERE id = \(id)" }
  }

  /// With its people and all that is kept of them.
  func deleteHousehold(
    _ id: HouseholdID, reason: String, version: Int, by editor: Editor
  ) throws {
    let household = try lockHousehold(id, version: version)
    let members = try all(persons(of: id)).map(\.id)
    try delete(
      RegisterDeletion(
        entity: .households, id: id.rawValue, reason: reason, action: .deleteHousehold,
        kept: [
          "number": household.number, "area": household.area.rawValue,
          "category": household.category.rawValue, "members": String(members.count),
        ]), in: household.area, by: editor
    ) {
      // That one of them stands in another household too is so no more.
      for member in members { try deleteDuplicates(first: member, last: member) }
      try execute("DELETE FROM persons WHERE household_id = \(id)")
      return "DELETE FROM households WHERE id = \(id)"
    }
  }

  /// - Parameter homeState: what its home is then; nil where it had ended.
  func deleteLease(
    _ id: LeaseID, reason: String, homeState: HomeState?, version: Int, by editor: Editor
  ) throws {
    let lease = try lockLease(id, version: version)
    guard (lease.state == .running) == (homeState != nil) else { throw EditProblem.overtaken }
    try delete(
      RegisterDeletion(
        entity: .leases, id: id.rawValue, reason: reason, action: .deleteLease,
        kept: lease.audited.merging(
          ["number": lease.householdNumber, "home": "\(lease.estateName) \(lease.place)"]
        ) { own, _ in own }), in: lease.area, by: editor
    ) { "DELETE FROM leases WHERE id = \(id)" }
    if let homeState { try setState(of: lease.home, to: homeState) }
    try touch(lease.household)
  }

  /// - Parameter statement: deletes what hangs on the row, and says how it is deleted itself.
  private func delete(
    _ deletion: RegisterDeletion, in area: AreaCode, by editor: Editor,
    _ statement: () throws -> SQL
  ) throws {
    try enterRegister(of: area, field: DeletionForms.reason)
    guard try all(registerUses(of: deletion.entity, deletion.id)).isEmpty else {
      throw EditProblem.overtaken
    }
    try editor.record(
      deletion.action, deletion.entity, deletion.id, reason: deletion.reason,
      before: deletion.kept, after: ["reason": deletion.reason], in: self)
    let row = "\(deletion.entity.rawValue):\(deletion.id)"
    try execute("SELECT set_config('portal.deletion', \(row), true)")
    do {
      try execute(try statement())
    } catch let error as PostgresError where error.isForeignKeyViolation() {
      throw EditProblem.field(
        DeletionForms.reason, "刚才有别的记录用到了它，没有删除；请刷新页面，看是什么用到它")
    }
    try execute("SELECT set_config('portal.deletion', '', true)")
  }
}
