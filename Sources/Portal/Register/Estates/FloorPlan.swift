import Domain

/// The homes of one building as they lie: units beside each other, floors from the top, rooms from the
/// left. What a room's number does not tell is not guessed: such homes stand apart.
struct FloorPlan: Sendable {
  struct Floor: Sendable {
    let number: Int
    /// The homes by the place of their room on the floor.
    let homes: [Int: [PlanHome]]
  }

  struct Unit: Sendable {
    let name: String
    /// The places of rooms on any floor of the unit, in order.
    let places: [Int]
    /// From the top.
    let floors: [Floor]
    /// Homes whose number does not say where they lie.
    let others: [PlanHome]
  }

  let building: String
  let units: [Unit]

  init(building: String, homes: [PlanHome]) {
    self.building = building
    units = Dictionary(grouping: homes, by: \.unit)
      .sorted { isBefore($0.key, $1.key) }
      .map { Self.unit($0.key, $0.value) }
  }

  private static func unit(_ name: String, _ homes: [PlanHome]) -> Unit {
    var floors: [Int: [Int: [PlanHome]]] = [:]
    var others: [PlanHome] = []
    for home in homes {
      if let (floor, place) = position(ofRoom: home.room) {
        floors[floor, default: [:]][place, default: []].append(home)
      } else {
        others.append(home)
      }
    }
    return Unit(
      name: name, places: Set(floors.values.flatMap(\.keys)).sorted(),
      floors: floors.sorted { $0.key > $1.key }.map { Floor(number: $0.key, homes: $0.value) },
      others: others)
  }

  /// `502` and `502室` lie on floor 5 at place 2, `1103` on floor 11 at place 3.
  static func position(ofRoom room: String) -> (floor: Int, place: Int)? {
    let text = room.hasSuffix("室") || room.hasSuffix("号") ? room.dropLast() : room[...]
    guard (3...4).contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(text), number >= 100, number % 100 > 0
    else { return nil }
    return (number / 100, number % 100)
  }
}

/// The order of people: 2栋 before 10栋.
func isBefore(_ left: String, _ right: String) -> Bool {
  let (first, second) = (leadingNumber(left), leadingNumber(right))
  switch (first, second) {
  case (let first?, let second?) where first != second: return first < second
  case (nil, _?): return false
  case (_?, nil): return true
  default: return left < right
  }
}

private func leadingNumber(_ text: String) -> Int? {
  Int(text.prefix { $0.isASCII && $0.isNumber })
}
