import Testing

@testable import Register

@Suite struct FloorPlanTests {
  @Test(arguments: [
    ("502", 5, 2), ("502室", 5, 2), ("1103", 11, 3), ("101号", 1, 1),
  ])
  func aRoomsNumberSaysItsFloorAndItsPlace(_ room: String, _ floor: Int, _ place: Int) {
    let position = FloorPlan.position(ofRoom: room)
    #expect(position?.floor == floor && position?.place == place)
  }

  @Test(arguments: ["", "5", "A02", "500", "门面1", "12345", "５０２"])
  func whatARoomsNumberDoesNotSayIsNotGuessed(_ room: String) {
    #expect(FloorPlan.position(ofRoom: room) == nil)
  }

  @Test func buildingsStandInTheOrderOfPeople() {
    let names = ["10栋", "东楼", "2栋", "1栋"]
    #expect(names.sorted(by: isBefore) == ["1栋", "2栋", "10栋", "东楼"])
  }
}
