import Domain
import HTML
import Pages
import Postgres
import Web

/// What the form of a home brings.
struct TypedHome: Sendable {
  let building: String
  let unit: String
  let room: String
  let floorArea: Hundredths
  let state: HomeState

  static let largestArea = Hundredths(count: 9_999_999)

  init?(_ checker: inout FormChecker) {
    let building = checker.column("building", "楼栋", max: 40).map(NormalForm.name)
    let unit = checker.column("unit", "单元", max: 40, required: false).map(NormalForm.name)
    let room = checker.column("room", "房号", max: 40).map(NormalForm.name)
    let floorArea = checker.hundredths(
      "floor_area", "建筑面积", in: Hundredths(count: 1)...Self.largestArea)
    let state: HomeState? = checker.choice("state", "状态")
    guard let building, let room, let floorArea, let state else { return nil }
    self.building = building
    self.unit = unit ?? ""
    self.room = room
    self.floorArea = floorArea
    self.state = state
  }

  var place: String { homeText(building: building, unit: unit, room: room) }

  var audited: [String: String] {
    ["place": place, "floor_area": floorArea.text, "state": state.rawValue]
  }
}

/// The fields of a home.
///
/// - Parameter states: those that it may have; a lease decides over the others.
func homeFields(_ view: FormView, _ home: HomeDetail?, states: [HomeState]) -> HTML {
  view.input("building", "楼栋", value: home?.building, hint: "例如 3栋", maxlength: 40)
    + view.input(
      "unit", "单元", value: home?.unit, hint: "例如 1单元", required: false, maxlength: 40)
    + view.input("room", "房号", value: home?.room, hint: "例如 502", maxlength: 40)
    + view.input(
      "floor_area", "建筑面积（m²）", value: home?.floorArea.text, inputmode: "decimal")
    + view.radios(
      "state", "状态", options: states.map { ($0.rawValue, $0.title) },
      value: home?.state.rawValue ?? HomeState.vacant.rawValue,
      hint: "出租和收回由租约的签订和终止带来。")
}

extension HomeState {
  /// The states that somebody may give a home by hand.
  static func choices(isLeased: Bool) -> [HomeState] {
    isLeased ? [.leased, .awaitingRecovery] : [.vacant, .inRepair, .awaitingRecovery]
  }
}

extension Transaction {
  func createHome(in estate: EstateID, _ typed: TypedHome, by editor: Editor) throws -> HomeID {
    guard let found = try first(estateSummary(estate)) else { throw WebError.notFound }
    guard HomeState.choices(isLeased: false).contains(typed.state) else {
      throw EditProblem.field("state", "没有租约的房屋不能是“\(typed.state.title)”")
    }
    try describeChange(action: .createHome, by: editor.principal.displayName)
    let id = try one(
      Query<HomeID>(
        """
        INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
        VALUES (\(found.area), \(estate), \(typed.building), \(typed.unit), \(typed.room),
          \(typed.floorArea), \(typed.state))
        RETURNING id
        """))
    try editor.record(.createHome, .homes, id.rawValue, after: typed.audited, in: self)
    return id
  }

  func changeHome(_ id: HomeID, to typed: TypedHome, version: Int, by editor: Editor) throws {
    try lockHomes([id])
    guard let before = try first(homeDetail(id)) else { throw WebError.notFound }
    let isLeased = try hasRunningLease(id)
    guard typed.state == before.state || HomeState.choices(isLeased: isLeased).contains(typed.state)
    else {
      throw EditProblem.field(
        "state", isLeased ? "这套房有履行中的租约，请先终止租约" : "这套房没有履行中的租约，不能改为“已出租”")
    }
    try editor.record(
      .changeHome, .homes, id.rawValue,
      before: [
        "place": before.place, "floor_area": before.floorArea.text,
        "state": before.state.rawValue,
      ], after: typed.audited, in: self)
    let changed = try execute(
      """
      UPDATE homes SET building = \(typed.building), unit = \(typed.unit), room = \(typed.room),
        floor_area = \(typed.floorArea), state = \(typed.state), version = version + 1
      WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
  }

  /// Keeps others from leasing or changing these homes until the end; always in the same order.
  func lockHomes(_ ids: [HomeID]) throws {
    _ = try all(
      Query<HomeID>(
        "SELECT id FROM homes WHERE id = ANY(\(list: ids)) ORDER BY id FOR UPDATE"))
  }

  func hasRunningLease(_ id: HomeID) throws -> Bool {
    try one(
      Query<Bool>(
        "SELECT EXISTS (SELECT FROM leases WHERE home_id = \(id) AND state = 'running')"))
  }

  /// What a lease does to its home.
  func setState(of home: HomeID, to state: HomeState) throws {
    try execute(
      """
      UPDATE homes SET state = \(state), version = version + 1
      WHERE id = \(home) AND state <> \(state)
      """)
  }
}
