/// The places of the demo county. Names of the county and its townships are real, everything that
/// is said to stand or happen in them is made up.
enum DemoPlaces {
  static let county = (code: "350423", name: "清流县")
  static let above = [("35", "福建省"), ("3504", "三明市")]

  static let townships: [(code: String, name: String)] = [
    ("350423100", "龙津镇"), ("350423101", "嵩溪镇"), ("350423102", "嵩口镇"),
    ("350423103", "灵地镇"), ("350423104", "长校镇"), ("350423105", "赖坊镇"),
    ("350423106", "林畲镇"), ("350423201", "温郊乡"), ("350423202", "余朋乡"),
    ("350423203", "沙芜乡"), ("350423204", "田源乡"), ("350423205", "邓家乡"),
    ("350423206", "里田乡"),
  ]

  struct Estate: Sendable {
    let name: String
    let township: Int
    let address: String
    let isGovernment: Bool
    /// Share of the county's homes, in thousandths.
    let share: Int
    let floors: Int
  }

  static let estates: [Estate] = [
    Estate(
      name: "龙津安居苑", township: 0, address: "龙津镇城东路18号", isGovernment: true, share: 210, floors: 11),
    Estate(
      name: "碧林家园", township: 0, address: "龙津镇碧林路6号", isGovernment: true, share: 180, floors: 18),
    Estate(
      name: "凤翔小区", township: 0, address: "龙津镇凤翔街32号", isGovernment: true, share: 140, floors: 6),
    Estate(
      name: "北山新村", township: 0, address: "龙津镇北山路57号", isGovernment: true, share: 90, floors: 7),
    Estate(
      name: "嵩溪惠民公寓", township: 1, address: "嵩溪镇农贸街9号", isGovernment: true, share: 80, floors: 6),
    Estate(
      name: "嵩口滨江公租房", township: 2, address: "嵩口镇滨江路21号", isGovernment: true, share: 60, floors: 6),
    Estate(
      name: "灵地和谐苑", township: 3, address: "灵地镇工业路3号", isGovernment: true, share: 60, floors: 6),
    Estate(
      name: "长校教师周转楼", township: 4, address: "长校镇文教路1号", isGovernment: true, share: 40, floors: 5),
    Estate(
      name: "赖坊幸福里", township: 5, address: "赖坊镇古街北路12号", isGovernment: true, share: 40, floors: 5),
    Estate(
      name: "林畲红旗公寓", township: 6, address: "林畲镇红旗路8号", isGovernment: true, share: 30, floors: 5),
    Estate(
      name: "温郊林场职工楼", township: 7, address: "温郊乡林场路2号", isGovernment: true, share: 20, floors: 4),
    Estate(
      name: "氟新园区人才公寓", township: 0, address: "龙津镇园区大道88号", isGovernment: false, share: 50,
      floors: 12),
  ]
}
